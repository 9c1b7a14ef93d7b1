package dev.mlk.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProxyTest {
  private static String to(String server, String variable, String proxy) {
    return Proxy.to(URI.create(server), "", Map.of(variable, proxy))
        .map(URI::toString)
        .orElse("none");
  }

  private static String without(String server, String exceptions) {
    return Proxy.to(
            URI.create(server), "", Map.of("HTTPS_PROXY", "proxy:3128", "no_proxy", exceptions))
        .map(URI::toString)
        .orElse("none");
  }

  @Test
  void theSchemeChoosesTheVariable() {
    assertThat(to("https://kube.example:6443", "HTTPS_PROXY", "http://proxy:3128"))
        .isEqualTo("http://proxy:3128");
    assertThat(to("https://kube.example:6443", "https_proxy", "proxy:3128"))
        .isEqualTo("http://proxy:3128");
    assertThat(to("https://kube.example:6443", "HTTP_PROXY", "http://proxy:3128"))
        .isEqualTo("none");
    assertThat(to("http://kube.example:8080", "HTTP_PROXY", "http://proxy:3128"))
        .isEqualTo("http://proxy:3128");
  }

  @Test
  void thisMachineNeedsNoProxy() {
    assertThat(to("https://127.0.0.1:6443", "HTTPS_PROXY", "http://proxy:3128")).isEqualTo("none");
    assertThat(to("https://localhost:6443", "HTTPS_PROXY", "http://proxy:3128")).isEqualTo("none");
  }

  @Test
  void exceptionsAreNamesSuffixesPortsAndNetworks() {
    assertThat(without("https://kube.example:6443", "other, kube.example")).isEqualTo("none");
    assertThat(without("https://kube.example:6443", "example")).isEqualTo("none");
    assertThat(without("https://kube.example:6443", ".example")).isEqualTo("none");
    assertThat(without("https://kube.example:6443", "*.example")).isEqualTo("none");
    assertThat(without("https://kube.example:6443", "*")).isEqualTo("none");
    assertThat(without("https://kube.example:6443", "kube.example:6443")).isEqualTo("none");
    assertThat(without("https://kube.example:6443", "kube.example:443")).startsWith("http");
    assertThat(without("https://kube.example:6443", "ample")).startsWith("http");
    assertThat(without("https://10.1.2.3:6443", "10.0.0.0/8")).isEqualTo("none");
    assertThat(without("https://10.1.2.3:6443", "192.168.0.0/16")).startsWith("http");
    assertThat(without("https://kube.example:6443", "10.0.0.0/8")).startsWith("http");
  }

  @Test
  void theKubeconfigsProxyComesFirst() {
    assertThat(
            Proxy.to(
                URI.create("https://127.0.0.1:6443"),
                "socks5://other:1080",
                Map.of("HTTPS_PROXY", "http://proxy:3128")))
        .contains(URI.create("socks5://other:1080"));
  }
}
