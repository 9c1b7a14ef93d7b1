package dev.mlk.practice.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.PracticeCluster;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

final class ListenersTest {
  @Test
  void theServerChoosesTheCipherThatItIsQuickAtAndTakesOthersToo()
      throws IOException, GeneralSecurityException {
    try (PracticeCluster cluster = PracticeCluster.start(config -> config.nodes(0))) {
      assertThat(cipher(cluster, "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"))
          .isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
      assertThat(cipher(cluster, "TLS_AES_128_GCM_SHA256")).isEqualTo("TLS_AES_128_GCM_SHA256");
    }
  }

  private static String cipher(PracticeCluster cluster, String... offered)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new AnyServer()}, null);
    URI server = URI.create(cluster.server());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
      socket.setEnabledCipherSuites(offered);
      socket.startHandshake();
      return socket.getSession().getCipherSuite();
    }
  }

  /** What the server is does not matter here. */
  private static final class AnyServer implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
