package dev.mlk.practice.security;

import dev.mlk.practice.PracticeCluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Credentials that a test takes from a cluster's folder. */
final class Keys {
  private Keys() {}

  /** The owner's bearer token. */
  static String token(PracticeCluster cluster) throws IOException {
    return Files.readString(pki(cluster).resolve("owner.token")).strip();
  }

  /** The client's side of TLS with one of the cluster's certificates: owner, server, ca. */
  static KeyManager[] of(PracticeCluster cluster, String name) throws Exception {
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(Files.readAllBytes(pki(cluster).resolve(name + ".crt"))));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "me",
        key(pki(cluster).resolve(name + ".key")),
        new char[0],
        new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, new char[0]);
    return keys.getKeyManagers();
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file).replaceAll("-----[^-]+-----|\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
  }

  private static Path pki(PracticeCluster cluster) {
    return cluster.kubeconfigFile().resolveSibling("pki");
  }
}
