package dev.mlk.practice.api.http;

import dev.mlk.practice.stream.Upgrade;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** A connection that has left HTTP behind. */
final class UpgradedConnection implements ServerConnection {
  private final ConnectionContext connection;
  private final Upgrade upgrade;
  private volatile Thread serving;

  UpgradedConnection(ConnectionContext connection, Upgrade upgrade) {
    this.connection = connection;
    this.upgrade = upgrade;
  }

  @Override
  public void handle(Limit limit) {
    serving = Thread.currentThread();
    connection.dataWriter().writeNow(BufferData.create(head().getBytes(StandardCharsets.US_ASCII)));
    try {
      upgrade.serve(new Input(connection.dataReader()), new Output(connection.dataWriter()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloseConnectionException("the server stops", e);
    } catch (IOException | RuntimeException e) {
      // No HTTP error can be told any more: the client speaks another protocol now.
      throw new CloseConnectionException("the stream to a pod broke", e);
    }
    throw new CloseConnectionException("the stream to a pod has ended");
  }

  private String head() {
    StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
    for (Map.Entry<String, String> header : upgrade.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  /** Never idle: a shell may wait for its user for hours. */
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    Thread thread = serving;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** The rest of what the client sends. */
  private static final class Input extends InputStream {
    private final DataReader reader;

    Input(DataReader reader) {
      this.reader = reader;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      try {
        reader.ensureAvailable();
      } catch (DataReader.InsufficientDataAvailableException e) {
        return -1;
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      int count = Math.min(length, reader.available());
      return reader.readBuffer(count).read(target, from, count);
    }
  }

  /** What the client gets. */
  private static final class Output extends OutputStream {
    private final DataWriter writer;

    Output(DataWriter writer) {
      this.writer = writer;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        writer.writeNow(BufferData.create(bytes.clone(), from, length));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }
}
