package dev.mlk.kube;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * An answer whose body is still to be read; whoever asked closes it.
 *
 * @param status the HTTP status code
 * @param headers headers with names in lower case
 * @param body the body, without any transfer coding; a watch or a followed log goes on until it is
 *     closed
 */
public record Reply(int status, Map<String, String> headers, InputStream body)
    implements AutoCloseable {
  /** Whether the status says that it went well. */
  public boolean ok() {
    return status / 100 == 2;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
