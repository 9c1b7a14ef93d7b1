package dev.mlk.practice;

import dev.mlk.practice.pki.Pki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** The owner's kubeconfig. */
final class Kubeconfig {
  private final String text;
  private final String authority;

  Kubeconfig(String name, int port, Path socket, Pki pki)
      throws IOException, GeneralSecurityException {
    String context = "mlk-" + name;
    this.authority = pki.authorityPem();
    this.text =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: %1$s
          cluster:
            server: https://127.0.0.1:%2$d
            certificate-authority-data: %3$s
            extensions:
            - name: mlk.dev/practice
              extension:
                cluster: %4$s
                socket: %5$s
        users:
        - name: %1$s
          user:
            client-certificate-data: %6$s
            client-key-data: %7$s
        contexts:
        - name: %1$s
          context:
            cluster: %1$s
            user: %1$s
            namespace: default
        current-context: %1$s
        """
            .formatted(
                context,
                port,
                base64(authority),
                name,
                "\"" + socket.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"",
                base64(pki.ownerCertificatePem()),
                base64(pki.ownerKeyPem()));
  }

  String text() {
    return text;
  }

  /** The authority's certificate as PEM. */
  String authority() {
    return authority;
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }
}
