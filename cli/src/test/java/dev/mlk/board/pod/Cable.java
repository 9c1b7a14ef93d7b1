package dev.mlk.board.pod;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a Unix socket that can be cut and mended. */
final class Cable implements AutoCloseable {
  private final Path to;
  private final ServerSocketChannel listener;
  private final List<SocketChannel> ends = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean cut;

  Cable(Path from, Path to) throws IOException {
    this.to = to;
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(from));
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel near = listener.accept();
        if (cut) {
          near.close();
          refused.incrementAndGet();
          continue;
        }
        SocketChannel far = SocketChannel.open(UnixDomainSocketAddress.of(to));
        ends.addAll(List.of(near, far));
        Thread.ofVirtual().start(() -> pass(near, far));
        Thread.ofVirtual().start(() -> pass(far, near));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private static void pass(SocketChannel from, SocketChannel to) {
    try (from;
        to;
        OutputStream out = Channels.newOutputStream(to)) {
      Channels.newInputStream(from).transferTo(out);
    } catch (IOException e) {
      // Cut, or one of them has left.
    }
  }

  void cut() throws IOException {
    cut = true;
    for (SocketChannel one : ends) {
      one.close();
    }
  }

  void mend() {
    cut = false;
  }

  /** How many have tried in vain. */
  int refused() {
    return refused.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
