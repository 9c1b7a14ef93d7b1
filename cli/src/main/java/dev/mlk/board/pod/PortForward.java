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
 * is, and tries again for a while until the pod has answered, so a pod that is replaced, a program
 * that starts again, or an API server that is away for a moment, costs a wait and no more.
 */
final class PortForward implements AutoCloseable {
  private static final String PROTOCOL = "v4.channel.k8s.io";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
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
   * Serves whoever connects.
   *
   * @param pod the pod at the moment; empty while there is none
   * @param remote the pod's port
   * @param listener see {@link #listen}; closed with this
   */
  static PortForward start(
      ApiClient client,
      String namespace,
      Supplier<Optional<String>> pod,
      int remote,
      ServerSocket listener) {
    PortForward forward = new PortForward(client, namespace, pod, remote, listener);
    Thread.ofVirtual().name("port-forward").start(forward::accept);
    return forward;
  }

  /**
   * A port of loopback.
   *
   * @param usual the port that is tried first
   * @param port the port; 0 for the usual or, where that is taken, any
   * @throws BindException when the port is taken
   */
  static ServerSocket listen(int usual, int port) throws IOException {
    try {
      return listen(port == 0 ? usual : port);
    } catch (BindException e) {
      if (port != 0) {
        throw e;
      }
      return listen(0);
    }
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
    try (socket) {
      Question question = new Question(socket.getInputStream());
      // Browsers open connections in stock: only one that asks something gets a tunnel.
      if (!question.begin()) {
        return;
      }
      Thread.ofVirtual().start(question::readOn);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!question.done() && System.nanoTime() < deadline) {
        answer(question, socket.getOutputStream());
        if (!question.done()) {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    } catch (IOException e) {
      // The browser has gone.
    }
  }

  /** One try: what is asked goes to the pod, what it says comes back. */
  private void answer(Question question, OutputStream out) {
    try {
      Optional<String> name = pod.get();
      if (name.isEmpty()) {
        return;
      }
      String path = Resources.PODS.path(namespace, name.get(), "portforward");
      List<Map.Entry<String, String>> query = List.of(Map.entry("ports", Integer.toString(remote)));
      try (WebSocket tunnel = client.connect(path, query, PROTOCOL)) {
        question.goesTo(tunnel);
        down(tunnel, question, out);
      }
    } catch (IOException | UncheckedIOException | ApiException e) {
      // Tried again; or the browser sees a closed connection, and asks again.
    }
  }

  /** Each channel begins with two bytes: the port's number. */
  private static void down(WebSocket tunnel, Question question, OutputStream out)
      throws IOException {
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
      if (message.length > from) {
        if (channel != DATA) {
          byte[] why = Arrays.copyOfRange(message, from, message.length);
          throw new IOException(new String(why, StandardCharsets.UTF_8));
        }
        question.answered();
        out.write(message, from, message.length - from);
        out.flush();
      }
      next = tunnel.read();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** What a browser sends: kept until the pod has begun to answer, so that it can be sent again. */
  private static final class Question {
    private static final int MOST_KEPT = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[16 << 10];
    private byte[] kept = new byte[0];
    private Optional<WebSocket> tunnel = Optional.empty();
    private boolean done;

    private Question(InputStream in) {
      this.in = in;
    }

    /** Waits for its first bytes; false when none come. */
    boolean begin() throws IOException {
      int count = in.read(buffer);
      take(count);
      return count > 0;
    }

    void readOn() {
      try {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          take(count);
        }
      } catch (IOException e) {
        // As if it had ended: nobody waits for an answer.
      }
      end();
    }

    private synchronized void take(int count) throws IOException {
      if (!done) {
        int before = kept.length;
        kept = Arrays.copyOf(kept, before + Math.max(count, 0));
        System.arraycopy(buffer, 0, kept, before, kept.length - before);
        done = kept.length > MOST_KEPT;
      }
      if (tunnel.isEmpty() || count <= 0) {
        return;
      }
      try {
        send(tunnel.get(), Arrays.copyOf(buffer, count));
      } catch (IOException e) {
        // Until it has answered there may be another one, which gets all of it.
        if (done) {
          throw e;
        }
      }
    }

    private static void send(WebSocket tunnel, byte[] bytes) throws IOException {
      byte[] message = new byte[bytes.length + 1];
      message[0] = DATA;
      System.arraycopy(bytes, 0, message, 1, bytes.length);
      tunnel.write(message);
    }

    synchronized void goesTo(WebSocket next) throws IOException {
      tunnel = Optional.of(next);
      send(next, kept);
    }

    synchronized void answered() {
      done = true;
      kept = new byte[0];
    }

    private synchronized void end() {
      done = true;
      tunnel.ifPresent(WebSocket::close);
    }

    /** Whether there is nothing to try again: it was answered, or nobody asks any more. */
    synchronized boolean done() {
      return done;
    }
  }
}
