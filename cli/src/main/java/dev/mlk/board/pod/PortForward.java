package dev.mlk.board.pod;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.kube.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A port of this machine that leads to a port of a pod. Every connection asks anew which pod that
 * is and tries for a while, so a pod that is replaced, or an API server that is away for a moment,
 * costs a wait and no more.
 */
final class PortForward implements AutoCloseable {
  private static final String PROTOCOL = "v4.channel.k8s.io";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final int DATA = 0;

  private final ApiClient client;
  private final String namespace;
  private final Supplier<Optional<String>> pod;
  private final int remote;
  private final ServerSocket listener;

  private PortForward(
      ApiClient client,
      String namespace,
      Supplier<Optional<String>> pod,
      int remote,
      ServerSocket listener) {
    this.client = client;
    this.namespace = namespace;
    this.pod = pod;
    this.remote = remote;
    this.listener = listener;
  }

  /**
   * Starts to listen on loopback.
   *
   * @param pod the pod at the moment; empty while there is none
   * @param remote the pod's port
   * @param usual the port of this machine that is tried first
   * @param port the port of this machine; 0 for the usual or, where that is taken, any
   * @throws BindException when the port is taken
   */
  static PortForward start(
      ApiClient client,
      String namespace,
      Supplier<Optional<String>> pod,
      int remote,
      int usual,
      int port)
      throws IOException {
    ServerSocket listener;
    try {
      listener = listen(port == 0 ? usual : port);
    } catch (BindException e) {
      if (port != 0) {
        throw e;
      }
      listener = listen(0);
    }
    PortForward forward = new PortForward(client, namespace, pod, remote, listener);
    Thread.ofVirtual().name("port-forward").start(forward::accept);
    return forward;
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed: the board is over.
    }
  }

  private void serve(Socket socket) {
    try (socket;
        WebSocket tunnel = dial()) {
      Thread up = Thread.ofVirtual().start(() -> up(socket, tunnel));
      down(tunnel, socket);
      up.interrupt();
    } catch (IOException | UncheckedIOException | ApiException e) {
      // The browser sees a closed connection and asks again.
    }
  }

  private WebSocket dial() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        Optional<String> name = pod.get();
        if (name.isPresent()) {
          String path = Resources.PODS.path(namespace, name.get(), "portforward");
          return client.connect(
              path, List.of(Map.entry("ports", Integer.toString(remote))), PROTOCOL);
        }
      } catch (ApiException | UncheckedIOException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("no pod within " + PATIENCE.toSeconds() + " s");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static void up(Socket socket, WebSocket tunnel) {
    byte[] buffer = new byte[16 << 10];
    try {
      InputStream in = socket.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        byte[] message = new byte[count + 1];
        message[0] = DATA;
        System.arraycopy(buffer, 0, message, 1, count);
        tunnel.write(message);
      }
    } catch (IOException e) {
      // The other side is told by the close below.
    }
    tunnel.close();
  }

  /** Each channel begins with two bytes: the port's number. */
  private static void down(WebSocket tunnel, Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    boolean[] begun = new boolean[2];
    Optional<byte[]> next = tunnel.read();
    while (next.isPresent()) {
      byte[] message = next.get();
      int channel = message.length == 0 ? -1 : message[0];
      if (channel < 0 || channel > 1) {
        throw new IOException("a channel that nobody opened");
      }
      int from = 1;
      if (!begun[channel]) {
        begun[channel] = true;
        from = Math.min(3, message.length);
      }
      if (channel == DATA) {
        out.write(message, from, message.length - from);
        out.flush();
      } else if (message.length > from) {
        byte[] why = Arrays.copyOfRange(message, from, message.length);
        throw new IOException(new String(why, StandardCharsets.UTF_8));
      }
      next = tunnel.read();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
