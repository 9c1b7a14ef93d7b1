package dev.mlk.practice.node.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/** Listens on one address and passes each connection on to another. */
final class Relay implements AutoCloseable {
  /** Connects to where a new connection is to go. */
  @FunctionalInterface
  interface Target {
    Socket connect() throws IOException;
  }

  private final ServerSocket listener;
  private final ExecutorService executor;
  private final Target target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocket listener, ExecutorService executor, Target target) {
    this.listener = listener;
    this.executor = executor;
    this.target = target;
  }

  /** Listens on the address, or on a free port of the loopback address where that cannot be. */
  static Relay open(String address, int port, ExecutorService executor, Target target)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    try {
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    } catch (IOException e) {
      listener.close();
      listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
    Relay relay = new Relay(listener, executor, target);
    executor.execute(relay::accept);
    return relay;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        executor.execute(() -> pass(client));
      } catch (IOException e) {
        // Closed, or out of file handles: in the latter case the next one may go well.
        Thread.onSpinWait();
      }
    }
  }

  private void pass(Socket client) {
    try (client;
        Socket server = target.connect()) {
      open.add(server);
      executor.execute(() -> copy(server, client));
      copy(client, server);
      open.remove(server);
    } catch (IOException e) {
      // Nobody there: the client sees its connection closed, as behind a real proxy.
      open.remove(client);
    } finally {
      open.remove(client);
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      try {
        to.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      System.getLogger(Relay.class.getName()).log(System.Logger.Level.DEBUG, "closing", e);
    }
  }
}
