package dev.mlk.kube;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One connection, used by one exchange at a time. Closing it from another thread, or interrupting
 * the thread that waits on it, ends the wait at once.
 */
final class Connection implements AutoCloseable {
  /** The first part of an answer. */
  record Head(int version, int status, Map<String, String> headers) {}

  private static final int LONGEST_LINE = 64 * 1024;
  private final SocketChannel channel;
  private InputStream in;
  private OutputStream out;
  private final byte[] buffer = new byte[16 * 1024];
  private int next;
  private int end;

  /** Nanoseconds of the transport's timer when it was last put back. */
  long idleSince;

  private Connection(SocketChannel channel) {
    this.channel = channel;
  }

  /** An open channel that is not connected yet, so that a deadline can close it. */
  static Connection prepare(Endpoint endpoint) throws IOException {
    return new Connection(
        endpoint.isUnix() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open());
  }

  void connect(Endpoint endpoint, Tls tls) throws IOException {
    if (endpoint.isUnix()) {
      channel.connect(UnixDomainSocketAddress.of(endpoint.socket()));
      in = Channels.newInputStream(channel);
      out = Channels.newOutputStream(channel);
      return;
    }
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // A watch may be silent for minutes: the system finds out when the other side is gone.
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    InetSocketAddress target = new InetSocketAddress(endpoint.host(), endpoint.port());
    if (endpoint.proxy().isPresent()) {
      URI proxy = endpoint.proxy().get();
      target = new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort());
    }
    channel.connect(target);
    Socket socket = channel.socket();
    use(socket);
    if (endpoint.proxy().isPresent()) {
      tunnel(endpoint);
    }
    if (tls != null) {
      use(tls.over(socket));
    }
  }

  private void use(Socket socket) throws IOException {
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  private void tunnel(Endpoint endpoint) throws IOException {
    String target = endpoint.server().getHost() + ":" + endpoint.port();
    String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
    write(request.getBytes(StandardCharsets.ISO_8859_1));
    Head head = readHead();
    if (head.status() / 100 != 2) {
      throw new IOException("the proxy answered " + head.status() + " for " + target);
    }
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Reads status line and headers, passing over interim answers. */
  Head readHead() throws IOException {
    while (true) {
      String line = readLine();
      if (!line.startsWith("HTTP/1.") || line.length() < 12) {
        throw new IOException("not an HTTP answer: " + line);
      }
      int status;
      try {
        status = Integer.parseInt(line.substring(9, 12));
      } catch (NumberFormatException e) {
        throw new IOException("not an HTTP answer: " + line, e);
      }
      Map<String, String> headers = new HashMap<>();
      for (String header = readLine(); !header.isEmpty(); header = readLine()) {
        int colon = header.indexOf(':');
        if (colon <= 0) {
          throw new IOException("not an HTTP header: " + header);
        }
        headers.merge(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip(),
            (a, b) -> a + ", " + b);
      }
      if (status >= 200 || status == 101) {
        return new Head(line.charAt(7) - '0', status, headers);
      }
    }
  }

  /** One line without its end. */
  String readLine() throws IOException {
    StringBuilder line = new StringBuilder(64);
    while (true) {
      if (next == end) {
        fill();
      }
      byte b = buffer[next++];
      if (b == '\n') {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
          line.setLength(last);
        }
        return line.toString();
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException("a line of the answer is too long");
      }
      line.append((char) (b & 0xff));
    }
  }

  private void fill() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    next = 0;
    end = count;
  }

  /** Reads at least one byte of a body, or returns -1 at the connection's end. */
  int read(byte[] bytes, int offset, int length) throws IOException {
    if (next == end) {
      if (length >= buffer.length) {
        return in.read(bytes, offset, length);
      }
      int count = in.read(buffer, 0, buffer.length);
      if (count < 0) {
        return -1;
      }
      next = 0;
      end = count;
    }
    int count = Math.min(length, end - next);
    System.arraycopy(buffer, next, bytes, offset, count);
    next += count;
    return count;
  }

  /** Bytes that have arrived already. */
  int buffered() {
    return end - next;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Closes the channel at once, without TLS's farewell: nobody waits for it. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
