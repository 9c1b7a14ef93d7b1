package dev.mlk.kube;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers each request with bytes that the test wrote by hand. */
final class RawServer implements AutoCloseable {
  /** Answers one request; returns whether to go on with this connection. */
  @FunctionalInterface
  interface Answer {
    boolean to(String request, OutputStream out) throws IOException, InterruptedException;
  }

  final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocketChannel listener;
  private final Answer answer;

  private RawServer(ServerSocketChannel listener, SocketAddress address, Answer answer)
      throws IOException {
    this.listener = listener.bind(address);
    this.answer = answer;
    Thread.ofVirtual().start(this::accept);
  }

  static RawServer tcp(Answer answer) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new RawServer(ServerSocketChannel.open(), address, answer);
  }

  static RawServer unix(Path socket, Answer answer) throws IOException {
    return new RawServer(
        ServerSocketChannel.open(StandardProtocolFamily.UNIX),
        UnixDomainSocketAddress.of(socket),
        answer);
  }

  URI address() throws IOException {
    return URI.create(
        "http://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort());
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = listener.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(channel));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      var in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.ISO_8859_1));
      OutputStream out = Channels.newOutputStream(channel);
      while (true) {
        StringBuilder request = new StringBuilder();
        int length = 0;
        for (String line = in.readLine(); ; line = in.readLine()) {
          if (line == null) {
            return;
          }
          if (line.isEmpty()) {
            break;
          }
          if (line.startsWith("Content-Length: ")) {
            length = Integer.parseInt(line.substring(16));
          }
          request.append(line).append('\n');
        }
        char[] body = new char[length];
        for (int read = 0; read < length; ) {
          read += in.read(body, read, length - read);
        }
        byte[] bytes = new String(body).getBytes(StandardCharsets.ISO_8859_1);
        request.append(new String(bytes, StandardCharsets.UTF_8));
        requests.add(request.toString());
        if (!answer.to(request.toString(), out)) {
          return;
        }
      }
    } catch (IOException e) {
      // The client went away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
