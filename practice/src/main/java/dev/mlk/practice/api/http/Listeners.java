package dev.mlk.practice.api.http;

import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Credentials;
import dev.mlk.practice.api.wire.Handler;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Pieces;
import dev.mlk.practice.status.ApiError;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.http.Header;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.Http1ConnectionSelectorConfig;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** The listening sockets: TLS on loopback for everybody, a Unix socket for the owner. */
public final class Listeners implements AutoCloseable {
  private static final Pattern API_STREAMS =
      Pattern.compile("/api/v1/namespaces/[^/]+/pods/[^/]+/(exec|attach|portforward)");

  private static final String OWNER_SOCKET = "owner";

  /** Smaller answers are not worth compressing. */
  private static final int GZIP_FROM = 128 << 10;

  private static final int CHUNK = 16 << 10;
  private static final int TOO_MANY = 429;

  private final WebServer server;

  /** Who answers, and what is kept of the questions meanwhile. */
  private record Door(Handler handler, RequestBodies bodies) {}

  private Listeners(WebServer server) {
    this.server = server;
  }

  /**
   * Opens the sockets.
   *
   * @param port the TLS port, 0 for any free one
   * @param socket where the Unix socket is made
   * @throws IOException when one of them cannot be had
   */
  public static Listeners open(Handler handler, SSLContext tls, int port, Path socket)
      throws IOException {
    Room room = Room.DEFAULT;
    Door door = new Door(handler, new RequestBodies(room));
    WebServer server =
        tls(port, tls, room)
            .addConnectionSelector(protocols(handler, room, API_STREAMS, false))
            .routing(routing -> route(routing, door, false))
            .putSocket(
                OWNER_SOCKET,
                listener ->
                    listener
                        .protocolsDiscoverServices(false)
                        .addConnectionSelector(protocols(handler, room, API_STREAMS, true))
                        .bindAddress(UnixDomainSocketAddress.of(socket))
                        .maxTcpConnections(room.accepted())
                        .shutdownGracePeriod(Duration.ofMillis(200))
                        .routing(routing -> route(routing, door, true)))
            .build();
    server.start();
    if (!server.isRunning()) {
      throw new IOException("cannot listen on 127.0.0.1:" + port + " and " + socket);
    }
    if (socket.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    }
    return new Listeners(server);
  }

  /**
   * Opens a TLS port and nothing else.
   *
   * @param port the port on loopback, 0 for any free one
   * @param streams the paths of calls whose connection may be upgraded
   */
  public static Listeners tlsOnly(Handler handler, SSLContext tls, int port, Pattern streams) {
    return tlsOnly(handler, tls, port, streams, Room.DEFAULT);
  }

  static Listeners tlsOnly(Handler handler, SSLContext tls, int port, Pattern streams, Room room) {
    Door door = new Door(handler, new RequestBodies(room));
    WebServer server =
        tls(port, tls, room)
            .addConnectionSelector(protocols(handler, room, streams, false))
            .routing(routing -> route(routing, door, false))
            .build();
    server.start();
    return new Listeners(server);
  }

  private static WebServerConfig.Builder tls(int port, SSLContext context, Room room) {
    return WebServer.builder()
        .shutdownHook(false)
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false)
        .host("127.0.0.1")
        .port(port)
        .maxTcpConnections(room.accepted())
        .idleConnectionTimeout(room.silence())
        .idleConnectionPeriod(room.silence().dividedBy(9))
        .shutdownGracePeriod(Duration.ofMillis(200))
        // An answer is more than one write: without this its end waits for the client to say that
        // it
        // has the beginning, which clients put off for 40 ms.
        .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
        .tls(
            Tls.builder()
                .sslContext(context)
                .clientAuth(TlsClientAuth.OPTIONAL)
                .sslParameters(parameters(context))
                .build());
  }

  /**
   * ChaCha20 before AES: the background process compiles with C1, which has AES in Java only, and
   * that takes four times as long.
   */
  private static SSLParameters parameters(SSLContext context) {
    SSLParameters parameters = context.getDefaultSSLParameters();
    List<String> ciphers = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String cipher : parameters.getCipherSuites()) {
      (cipher.contains("CHACHA20") ? ciphers : others).add(cipher);
    }
    ciphers.addAll(others);
    parameters.setCipherSuites(ciphers.toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    parameters.setWantClientAuth(true);
    return parameters;
  }

  /** The TLS port. */
  public int port() {
    return server.port();
  }

  /** HTTP/1.1 and what its connections can be upgraded to. */
  private static ServerConnectionSelector protocols(
      Handler handler, Room room, Pattern streams, boolean owner) {
    Http1Config http =
        Http1Config.builder().maxHeadersSize(64 << 10).maxPrologueLength(16 << 10).build();
    Http1ConnectionSelectorConfig.Builder selector = Http1ConnectionSelector.builder().config(http);
    for (String protocol : List.of("websocket", "WebSocket", "SPDY/3.1")) {
      selector.addUpgrader(new StreamUpgrader(protocol, handler, streams, owner));
    }
    return new BoundedConnections(selector.build(), room.connections());
  }

  private static void route(HttpRouting.Builder routing, Door door, boolean owner) {
    routing.any((request, response) -> serve(door, owner, request, response));
  }

  private static void serve(
      Door door, boolean owner, ServerRequest request, ServerResponse response) {
    RequestBodies.Body body;
    try {
      body = door.bodies().read(request);
    } catch (ApiError refusal) {
      refuse(refusal, response);
      return;
    }
    BoundedConnections.answering();
    try {
      Call call = call(owner, request, body.bytes());
      send(call, handled(door, call, body), response);
    } finally {
      BoundedConnections.answered();
    }
  }

  private static Answer handled(Door door, Call call, RequestBodies.Body body) {
    try {
      return door.handler().handle(call);
    } finally {
      door.bodies().done(body);
    }
  }

  private static void send(Call call, Answer answer, ServerResponse response) {
    response.status(Status.create(answer.status()));
    if (!answer.type().isEmpty()) {
      response.header("Content-Type", answer.type());
    }
    if (!answer.warnings().isEmpty()) {
      response.header("Warning", answer.warningHeader());
    }
    answer
        .headers()
        .forEach((name, values) -> response.header(name, values.toArray(String[]::new)));
    boolean zips = call.wholeHeader("accept-encoding").contains("gzip");
    if (call.method().equals("HEAD")) {
      answer.stream().ifPresent(Listeners::close);
      response.send();
    } else if (answer.stream().orElse(null) instanceof Pieces pieces) {
      send(pieces, zips, response);
    } else if (answer.stream().isPresent()) {
      stream(answer.stream().get(), response);
    } else if (zips && answer.body().length >= GZIP_FROM) {
      response.header("Content-Encoding", "gzip");
      response.send(zipped(answer.body()));
    } else {
      response.send(answer.body());
    }
  }

  /** Answers without having read the body, which also ends the connection. */
  private static void refuse(ApiError refusal, ServerResponse response) {
    response.status(Status.create(refusal.code()));
    response.header("Content-Type", "application/json");
    response.header("Connection", "close");
    if (refusal.code() == TOO_MANY) {
      response.header("Retry-After", "1");
    }
    response.send(Json.write(refusal.status()));
    throw new CloseConnectionException("the rest of the body is not wanted");
  }

  private static void send(Pieces pieces, boolean zips, ServerResponse response) {
    boolean zipped = zips && pieces.length() >= GZIP_FROM;
    if (zipped) {
      response.header("Content-Encoding", "gzip");
    } else {
      response.contentLength(pieces.length());
    }
    try (OutputStream out = response.outputStream();
        OutputStream to = zipped ? new QuickGzip(out) : out) {
      pieces.transferTo(to);
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the client has left", e);
    }
  }

  /** Sends a stream as it comes, its head at once: clients wait for that of a watch or a log. */
  private static void stream(InputStream stream, ServerResponse response) {
    response.header("Connection", "close");
    try (stream;
        OutputStream out = response.outputStream()) {
      BoundedConnections.interruptWhenClientLeaves();
      if (stream.available() == 0) {
        response.sink(HeadFirst.TYPE);
      }
      byte[] chunk = new byte[CHUNK];
      int count = stream.read(chunk);
      while (count >= 0) {
        out.write(chunk, 0, count);
        if (stream.available() == 0) {
          out.flush();
        }
        count = stream.read(chunk);
      }
    } catch (IOException | UncheckedIOException e) {
      // The client left, or the server stops: nobody is there to be told.
      throw new CloseConnectionException("the stream has broken off", e);
    }
    if (response instanceof RoutingResponse answer) {
      // The end of the last chunk, which else is sent when the handler has returned.
      answer.commit();
    }
    // Who waits for the client to leave reads from the connection: two readers would spoil it.
    throw new CloseConnectionException("a stream is the last answer on its connection");
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zipped(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 8);
    try (OutputStream zip = new QuickGzip(bytes)) {
      zip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Compresses as the real API server does: little time before little size. */
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream out) throws IOException {
      super(out, CHUNK);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private static Call call(boolean owner, ServerRequest request, byte[] body) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String name : request.query().names()) {
      query.put(name, request.query().all(name));
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : request.headers()) {
      headers.put(header.name().toLowerCase(Locale.ROOT), header.allValues());
    }
    return new Call(
        request.prologue().method().text(),
        request.prologue().uriPath().rawPathNoParams(),
        query,
        headers,
        body,
        owner ? new Credentials.Owner() : credentials(request.remotePeer()));
  }

  static Credentials credentials(PeerInfo peer) {
    return peer.tlsCertificates()
        .filter(chain -> chain.length > 0 && chain[0] instanceof X509Certificate)
        .<Credentials>map(chain -> new Credentials.Certificate((X509Certificate) chain[0]))
        .orElseGet(Credentials.None::new);
  }

  @Override
  public void close() {
    server.stop();
  }
}
