package dev.mlk.practice.security;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A TLS connection on which a test writes whatever bytes it likes. */
final class Wire implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(10);
  private final SSLSocket socket;

  /** An answer, its head and body as they came. */
  record Reply(int status, List<String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
      String begin = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begin))
          .map(line -> line.substring(begin.length()).strip())
          .findFirst()
          .orElse("");
    }
  }

  private Wire(SSLSocket socket) {
    this.socket = socket;
  }

  /** A connection without a client certificate. */
  static Wire to(String server) throws IOException {
    return to(server, new KeyManager[0], List.of());
  }

  /**
   * A connection.
   *
   * @param protocols what is offered by ALPN
   */
  static Wire to(String server, KeyManager[] keys, List<String> protocols) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {new AnyServer()}, new SecureRandom());
      URI uri = URI.create(server);
      Socket plain = new Socket();
      plain.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, uri.getHost(), uri.getPort(), true);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(protocols.toArray(String[]::new));
      socket.setSSLParameters(parameters);
      return new Wire(socket);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  SSLSocket socket() {
    return socket;
  }

  Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  Wire send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Sends a request with a body of known length. */
  Wire request(String line, List<String> headers, byte[] body) throws IOException {
    StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\nHost: localhost\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    return send(whole);
  }

  /** The next answer's head, where no body follows. */
  Reply head() throws IOException {
    return head(socket.getInputStream());
  }

  /** The next answer; an {@link EOFException} when the server hung up instead. */
  Reply reply() throws IOException {
    InputStream in = socket.getInputStream();
    Reply head = head(in);
    byte[] body =
        head.status == 204 || head.status == 304 || head.status == 101
            ? new byte[0]
            : head.header("transfer-encoding").equals("chunked")
                ? chunks(in)
                : exactly(in, Integer.parseInt("0" + head.header("content-length")));
    return new Reply(head.status, head.headers, body);
  }

  private static Reply head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    if (lines.isEmpty() || !lines.getFirst().startsWith("HTTP/1.1 ")) {
      throw new IOException("no answer of HTTP: " + lines);
    }
    int status = Integer.parseInt(lines.getFirst().substring(9, 12));
    return new Reply(status, lines.subList(1, lines.size()), new byte[0]);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(line(in).strip(), 16);
      all.write(exactly(in, length));
      line(in);
      if (length == 0) {
        return all.toByteArray();
      }
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer broke off");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int one = in.read(); one != '\n'; one = in.read()) {
      if (one < 0) {
        throw new EOFException("the server hung up");
      }
      line.write(one);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
