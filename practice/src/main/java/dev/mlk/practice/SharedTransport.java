package dev.mlk.practice;

import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Transport;
import java.io.IOException;

/**
 * A transport that others may close without ending it for everybody.
 *
 * @param shared the transport, which its owner closes
 */
record SharedTransport(Transport shared) implements Transport {
  @Override
  public Reply send(Request request) throws IOException {
    return shared.send(request);
  }

  @Override
  public void close() {
    // Its owner closes it.
  }
}
