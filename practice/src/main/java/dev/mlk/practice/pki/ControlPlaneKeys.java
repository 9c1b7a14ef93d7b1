package dev.mlk.practice.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;

/**
 * The further keys of a control plane whose parts are processes of their own: what each shows to
 * the others. etcd and the front proxy have authorities of their own, because whoever may approve
 * certificate requests hands out certificates of the cluster's.
 */
public final class ControlPlaneKeys {
  private static final String MADE = "control-plane.made";
  private final Path folder;
  private final Certificates certificates = new Certificates();
  private final InstantSource clock;

  private ControlPlaneKeys(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * The keys beside those of a cluster, made when they are not all there.
   *
   * @param pki the cluster's own keys
   * @throws IOException when the folder cannot be read or written
   */
  public static ControlPlaneKeys openOrCreate(Pki pki, InstantSource clock) throws IOException {
    ControlPlaneKeys keys = new ControlPlaneKeys(pki.folder(), clock);
    if (!Files.exists(keys.folder.resolve(MADE))) {
      try {
        keys.create(pki);
      } catch (GeneralSecurityException e) {
        throw new IOException("cannot make keys: " + e.getMessage(), e);
      }
      // Written last: when it is there, everything is.
      PrivateFile.write(keys.folder.resolve(MADE), "");
    }
    return keys;
  }

  private void create(Pki pki) throws IOException, GeneralSecurityException {
    Certificates.Issued cluster = pki.issuer();
    // One client for all controllers, where Kubernetes can also make an account for each: all
    // rights.
    client(
        "controller-manager", cluster, "system:kube-controller-manager", List.of("system:masters"));
    client("scheduler", cluster, "system:kube-scheduler", List.of());
    client("kubelet-client", cluster, "kube-apiserver-kubelet-client", List.of("system:masters"));
    Certificates.Issued proxies = authority("front-proxy-ca");
    client("front-proxy", proxies, "front-proxy", List.of());
    Certificates.Issued store = authority("etcd-ca");
    client("etcd-client", store, "kube-apiserver-etcd-client", List.of());
    write("etcd", certificates.peer(store, "etcd", List.of("localhost"), clock.instant()));
  }

  private Certificates.Issued authority(String name) throws IOException, GeneralSecurityException {
    Certificates.Issued issued = certificates.authority("mlk-practice-" + name, clock.instant());
    write(name, issued);
    return issued;
  }

  private void client(String file, Certificates.Issued by, String name, List<String> groups)
      throws IOException, GeneralSecurityException {
    write(file, certificates.client(by, new Certificates.Subject(name, groups), clock.instant()));
  }

  private void write(String name, Certificates.Issued issued)
      throws IOException, GeneralSecurityException {
    PrivateFile.write(
        certificate(name), Pem.encode("CERTIFICATE", issued.certificate().getEncoded()));
    PrivateFile.write(key(name), Pem.encode("PRIVATE KEY", issued.key().getEncoded()));
  }

  /** The authority of the client by which the API server calls servers of aggregated APIs. */
  public X509Certificate frontProxyAuthority() throws IOException, GeneralSecurityException {
    byte[] der =
        Pem.decode(Files.readString(certificate("front-proxy-ca"), StandardCharsets.US_ASCII));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** The file of a certificate. */
  public Path certificate(String name) {
    return folder.resolve(name + ".crt");
  }

  /** The file of a private key. */
  public Path key(String name) {
    return folder.resolve(name + ".key");
  }

  /** Writes a private file into the folder. */
  public void write(String name, String content) throws IOException {
    PrivateFile.write(folder.resolve(name), content);
  }

  /** Another file of the folder, such as the public key of service account tokens. */
  public Path file(String name) {
    return folder.resolve(name);
  }
}
