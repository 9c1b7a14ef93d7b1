package dev.mlk.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  @TempDir private static Path folder;
  private static KeyStore server;
  private static KeyStore client;
  private HttpsServer https;

  @BeforeAll
  static void makeKeys() throws Exception {
    server = pair("server", "EC", "secp256r1", "SAN=ip:127.0.0.1,dns:cluster.example");
    client = pair("client", "RSA", "2048", "KU=digitalSignature");
  }

  @BeforeEach
  void start() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(server, PASSWORD);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("client", client.getCertificate("client"));
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = context.getDefaultSSLParameters();
            wanted.setWantClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    https.createContext(
        "/",
        exchange -> {
          var session = ((HttpsExchange) exchange).getSSLSession();
          String who;
          try {
            who = session.getPeerPrincipal().getName();
          } catch (SSLPeerUnverifiedException e) {
            who = "nobody";
          }
          byte[] body = who.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    https.start();
  }

  @AfterEach
  void stop() {
    https.stop(0);
  }

  @Test
  void itTrustsTheGivenAuthorityAndShowsItsCertificate() throws Exception {
    byte[] key = pem("PRIVATE KEY", privateKey().getEncoded());
    Endpoint endpoint = at().trusting(certificate(server, "server"));
    assertThat(ask(endpoint)).isEqualTo("nobody");
    assertThat(ask(endpoint.identity(certificate(client, "client"), key))).isEqualTo("CN=client");
  }

  @Test
  void aStrangersCertificateIsRefused() throws Exception {
    assertThatThrownBy(() -> ask(at().trusting(certificate(client, "client"))))
        .isInstanceOf(SSLHandshakeException.class);
    assertThatThrownBy(() -> ask(at())).isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void aWrongHostNameIsRefusedUnlessAnotherOneIsExpected() throws Exception {
    URI localhost = URI.create("https://localhost:" + https.getAddress().getPort());
    Endpoint endpoint = Endpoint.at(localhost).trusting(certificate(server, "server"));
    assertThatThrownBy(() -> ask(endpoint)).isInstanceOf(SSLHandshakeException.class);
    assertThat(ask(endpoint.serverName("cluster.example"))).isEqualTo("nobody");
    assertThatThrownBy(() -> ask(endpoint.serverName("other.example")))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void anybodyIsBelievedOnRequestOnly() throws Exception {
    assertThat(ask(at().insecure())).isEqualTo("nobody");
  }

  @Test
  void keysOfAllFormsAreRead() throws Exception {
    PrivateKey rsa = privateKey();
    assertThat(Pem.key(pem("PRIVATE KEY", rsa.getEncoded()))).isEqualTo(rsa);
    assertThat(Pem.key(pem("RSA PRIVATE KEY", inner(rsa.getEncoded())))).isEqualTo(rsa);
    ECPrivateKey ec = (ECPrivateKey) server.getKey("server", PASSWORD);
    assertThat(Pem.key(pem("PRIVATE KEY", ec.getEncoded()))).isEqualTo(ec);
    PrivateKey sec1 = Pem.key(pem("EC PRIVATE KEY", withCurve(inner(ec.getEncoded()))));
    assertThat(((ECPrivateKey) sec1).getS()).isEqualTo(ec.getS());
  }

  @Test
  void keysThatCannotBeReadSayWhy() {
    byte[] sealed = pem("ENCRYPTED PRIVATE KEY", new byte[] {1});
    assertThatThrownBy(() -> Pem.key(sealed)).hasMessage("the private key is encrypted");
    assertThatThrownBy(() -> Pem.key(new byte[] {'x'}))
        .hasMessage("no private key in the PEM text");
    assertThatThrownBy(() -> Pem.key(pem("EC PRIVATE KEY", new byte[] {0x30})))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("cut off");
    assertThatThrownBy(() -> Pem.certificates(new byte[0]))
        .hasMessage("no certificate in the PEM text");
  }

  private static PrivateKey privateKey() throws GeneralSecurityException {
    return (PrivateKey) client.getKey("client", PASSWORD);
  }

  private Endpoint at() {
    return Endpoint.at(URI.create("https://127.0.0.1:" + https.getAddress().getPort()));
  }

  private static String ask(Endpoint endpoint) throws IOException {
    try (HttpTransport transport = new HttpTransport(endpoint);
        Reply reply = transport.send(Request.of("GET", "/"))) {
      return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] certificate(KeyStore store, String name) throws GeneralSecurityException {
    return pem("CERTIFICATE", store.getCertificate(name).getEncoded());
  }

  private static byte[] pem(String type, byte[] der) {
    String text = Base64.getMimeEncoder().encodeToString(der);
    return ("-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The key inside PKCS 8: the last element, an octet string with a two-byte or longer head. */
  private static byte[] inner(byte[] pkcs8) {
    for (int at = 10; at < pkcs8.length; at++) {
      if (pkcs8[at] == 4) {
        int first = pkcs8[at + 1] & 0xff;
        int size = first < 0x80 ? 0 : first & 0x7f;
        int length = first;
        for (int i = 0; i < size; i++) {
          length = (i == 0 ? 0 : length << 8) | (pkcs8[at + 2 + i] & 0xff);
        }
        if (at + 2 + size + length == pkcs8.length) {
          return Arrays.copyOfRange(pkcs8, at + 2 + size, pkcs8.length);
        }
      }
    }
    throw new IllegalStateException("no key inside");
  }

  /** OpenSSL writes the curve (prime256v1) into the key; the JDK leaves it out there. */
  private static byte[] withCurve(byte[] sec1) {
    byte[] curve = HexFormat.of().parseHex("a00a06082a8648ce3d030107");
    var out = new ByteArrayOutputStream();
    out.write(0x30);
    out.write(3 + 34 + curve.length);
    out.write(sec1, 2, 3 + 34);
    out.writeBytes(curve);
    return out.toByteArray();
  }

  private static KeyStore pair(String name, String algorithm, String size, String extension)
      throws Exception {
    Path file = folder.resolve(name + ".p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    name,
                    "-keyalg",
                    algorithm,
                    algorithm.equals("EC") ? "-groupname" : "-keysize",
                    size,
                    "-dname",
                    "CN=" + name,
                    "-ext",
                    extension,
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    new String(PASSWORD),
                    "-validity",
                    "2"))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(process.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }
}
