package dev.mlk.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bad line to a server: it passes bytes on until a test cuts it, and may stay dead for a while.
 */
final class BadLine implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean dead;

  /** A line to a port of this machine. */
  BadLine(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /**
   * Cuts all connections in mid-stream.
   *
   * @return how many there were
   */
  int cut() {
    int count = 0;
    for (Socket socket : open) {
      count++;
      close(socket);
    }
    return count;
  }

  /** Cuts all connections and lets none through until {@link #mend}. */
  void die() {
    dead = true;
    cut();
  }

  void mend() {
    dead = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> connect(client));
      }
    } catch (IOException e) {
      // Closed: the test is over.
      dead = true;
    }
  }

  private void connect(Socket client) {
    if (dead) {
      close(client);
      return;
    }
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(client);
      open.add(server);
      Thread.ofVirtual().start(() -> pass(client, server));
      pass(server, client);
    } catch (IOException e) {
      close(client);
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Cut, or left by one side: the other one is to know.
      close(from);
    } finally {
      close(to);
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    dead = true;
    listener.close();
    cut();
  }
}
