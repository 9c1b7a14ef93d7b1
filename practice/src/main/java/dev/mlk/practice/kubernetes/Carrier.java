package dev.mlk.practice.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** Carries bytes between a client and a server until both have said all. */
final class Carrier {
  private static final int CHUNK = 16 << 10;
  private static final System.Logger LOG = System.getLogger(Carrier.class.getName());

  private Carrier() {}

  /** Carries both ways; the client is closed once the server has ended its answer. */
  static void carry(SocketChannel client, Socket server) throws IOException, InterruptedException {
    Thread answers =
        Thread.ofVirtual()
            .start(
                () -> {
                  copy(server::getInputStream, () -> Channels.newOutputStream(client));
                  close(client);
                });
    copy(() -> Channels.newInputStream(client), server::getOutputStream);
    server.shutdownOutput();
    answers.join();
  }

  private interface Source<T> {
    T open() throws IOException;
  }

  private static void copy(Source<InputStream> from, Source<OutputStream> to) {
    try {
      InputStream in = from.open();
      OutputStream out = to.open();
      byte[] chunk = new byte[CHUNK];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        out.write(chunk, 0, count);
        out.flush();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "one side is gone", e);
    }
  }

  /** Closes a connection that may be closed already. */
  static void close(SocketChannel connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing a connection", e);
    }
  }
}
