package dev.mlk.practice.pki;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An HTTPS server on loopback with an authority of its own. */
public final class TestServer implements AutoCloseable {
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Certificates.Issued authority;

  private TestServer(HttpHandler handler, String... names)
      throws IOException, GeneralSecurityException {
    Certificates certificates = new Certificates();
    Instant now = Instant.now();
    authority = certificates.authority("test", now);
    Certificates.Issued own = certificates.server(authority, "test", List.of(names), now);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", own.key(), new char[0], new Certificate[] {own.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
  }

  /** A server for 127.0.0.1 and those names. */
  public static TestServer start(HttpHandler handler, String... names)
      throws IOException, GeneralSecurityException {
    return new TestServer(handler, names);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "https://127.0.0.1:" + port();
  }

  /** Its authority as configurations have it: PEM in base64. */
  public String bundle() throws GeneralSecurityException {
    String pem = Pem.encode("CERTIFICATE", authority.certificate().getEncoded());
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
