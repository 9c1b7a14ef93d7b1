package dev.mlk.practice.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Keys and certificates of one cluster: its authority, the server's certificate, the owner's client
 * certificate and token, and the key that signs service account tokens.
 */
public final class Pki {
  /** The cluster IP of the Service {@code kubernetes}: the first of the range, as in Kubernetes. */
  public static final String SERVICE_ADDRESS = "127.96.0.1";

  private static final List<String> SERVER_NAMES =
      List.of(
          "localhost",
          "kubernetes",
          "kubernetes.default",
          "kubernetes.default.svc",
          "kubernetes.default.svc.cluster.local");

  /** The size of a private key on the curve P-256. */
  private static final int KEY_BYTES = 32;

  private static final int TOKEN_BYTES = 24;
  private final Path folder;

  private Pki(Path folder) {
    this.folder = folder;
  }

  /**
   * The keys in a folder, made when they are not all there.
   *
   * @throws IOException when the folder cannot be read or written
   */
  public static Pki openOrCreate(Path folder, InstantSource clock) throws IOException {
    Pki pki = new Pki(folder);
    Files.createDirectories(folder);
    // The owner's token is written last: when it is there, everything is.
    try {
      if (!Files.exists(folder.resolve("owner.token"))) {
        pki.create(clock);
      } else if (!pki.namesService()) {
        // Of a cluster that was made before its API server had a Service.
        pki.createServer(new Certificates(), pki.issuer(), clock);
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make keys: " + e.getMessage(), e);
    }
    return pki;
  }

  private boolean namesService() throws IOException, GeneralSecurityException {
    for (List<?> name : certificate("server").getSubjectAlternativeNames()) {
      if (name.contains(SERVICE_ADDRESS)) {
        return true;
      }
    }
    return false;
  }

  private void createServer(
      Certificates certificates, Certificates.Issued authority, InstantSource clock)
      throws GeneralSecurityException, IOException {
    write(
        "server", certificates.server(authority, "kube-apiserver", SERVER_NAMES, clock.instant()));
  }

  private void create(InstantSource clock) throws GeneralSecurityException, IOException {
    Certificates certificates = new Certificates();
    Certificates.Issued authority = certificates.authority("mlk-practice-ca", clock.instant());
    write("ca", authority);
    createServer(certificates, authority, clock);
    write(
        "owner",
        certificates.client(
            authority,
            new Certificates.Subject("kubernetes-admin", List.of("system:masters")),
            clock.instant()));
    KeyPair tokens = certificates.keys();
    write("service-accounts.key", Pem.encode("PRIVATE KEY", tokens.getPrivate().getEncoded()));
    write("service-accounts.pub", Pem.encode("PUBLIC KEY", tokens.getPublic().getEncoded()));
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    write("owner.token", Base64.getUrlEncoder().withoutPadding().encodeToString(token));
  }

  private void write(String name, Certificates.Issued issued)
      throws GeneralSecurityException, IOException {
    write(name + ".crt", Pem.encode("CERTIFICATE", issued.certificate().getEncoded()));
    write(name + ".key", Pem.encode("PRIVATE KEY", issued.key().getEncoded()));
  }

  private void write(String name, String content) throws IOException {
    PrivateFile.write(folder.resolve(name), content);
  }

  Path folder() {
    return folder;
  }

  /** The authority with its key, to issue certificates. */
  Certificates.Issued issuer() throws IOException, GeneralSecurityException {
    return new Certificates.Issued(certificate("ca"), key("ca"));
  }

  /** The authority's certificate as PEM. */
  public String authorityPem() throws IOException {
    return Files.readString(folder.resolve("ca.crt"));
  }

  /** The owner's client certificate as PEM. */
  public String ownerCertificatePem() throws IOException {
    return Files.readString(folder.resolve("owner.crt"));
  }

  /**
   * The owner's private key as PEM in the form of RFC 5915: fabric8 takes any other for an RSA key.
   */
  public String ownerKeyPem() throws IOException, GeneralSecurityException {
    return keyPem((ECPrivateKey) key("owner"));
  }

  private static String keyPem(ECPrivateKey key) {
    byte[] number = key.getS().toByteArray();
    byte[] fixed = new byte[KEY_BYTES];
    int length = Math.min(number.length, KEY_BYTES);
    System.arraycopy(number, number.length - length, fixed, KEY_BYTES - length, length);
    byte[] curve = Der.of(0xa0, Der.id("1.2.840.10045.3.1.7"));
    return Pem.encode(
        "EC PRIVATE KEY", Der.sequence(Der.integer(BigInteger.ONE), Der.octets(fixed), curve));
  }

  /**
   * What proves who somebody is.
   *
   * @param certificate the certificate, PEM
   * @param key its private key, PEM
   */
  public record Client(String certificate, String key) {}

  /** Issues a certificate to a user with those groups. */
  public Client client(String user, List<String> groups, InstantSource clock)
      throws IOException, GeneralSecurityException {
    Certificates.Issued issued =
        new Certificates()
            .client(issuer(), new Certificates.Subject(user, groups), clock.instant());
    return new Client(
        Pem.encode("CERTIFICATE", issued.certificate().getEncoded()),
        keyPem((ECPrivateKey) issued.key()));
  }

  /** The owner's bearer token. */
  public String ownerToken() throws IOException {
    return Files.readString(folder.resolve("owner.token")).strip();
  }

  /** The authority's certificate. */
  public X509Certificate authority() throws IOException, GeneralSecurityException {
    return certificate("ca");
  }

  /** The keys that sign and check service account tokens. */
  public KeyPair tokenKeys() throws IOException, GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("EC");
    byte[] publicKey = Pem.decode(Files.readString(folder.resolve("service-accounts.pub")));
    PublicKey checks = factory.generatePublic(new X509EncodedKeySpec(publicKey));
    return new KeyPair(checks, key("service-accounts"));
  }

  /**
   * The server's side of TLS. Client certificates of any authority are let through: whose they are
   * is for authentication to find out, which answers strangers with a 401 rather than a broken
   * connection.
   */
  public SSLContext serverContext() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity("server"), new TrustManager[] {new AnyClient()}, null);
    return context;
  }

  /** The same for another server of the cluster, with a new certificate for that name. */
  public SSLContext serverContext(String dnsName, InstantSource clock)
      throws IOException, GeneralSecurityException {
    Certificates.Issued issued =
        new Certificates().server(issuer(), dnsName, List.of(dnsName), clock.instant());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity(issued), new TrustManager[] {new AnyClient()}, null);
    return context;
  }

  /** The owner's side of TLS: their certificate, and no trust but in the cluster's authority. */
  public SSLContext ownerContext() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificate("ca"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity("owner"), trust.getTrustManagers(), null);
    return context;
  }

  private KeyManager[] identity(String name) throws IOException, GeneralSecurityException {
    return identity(new Certificates.Issued(certificate(name), key(name)));
  }

  private KeyManager[] identity(Certificates.Issued issued)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = new char[0];
    Certificate[] chain = {issued.certificate(), certificate("ca")};
    store.setKeyEntry("own", issued.key(), password, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, password);
    return keys.getKeyManagers();
  }

  private X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
    byte[] der =
        Pem.decode(Files.readString(folder.resolve(name + ".crt"), StandardCharsets.US_ASCII));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private PrivateKey key(String name) throws IOException, GeneralSecurityException {
    byte[] der = Pem.decode(Files.readString(folder.resolve(name + ".key")));
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
