package dev.mlk.practice.pki;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes keys on the curve P-256 and X.509 certificates (RFC 5280) for them. */
final class Certificates {
  /** {@link Pki#SERVICE_ADDRESS}. */
  private static final byte[] SERVICE = {127, 96, 0, 1};

  private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final Duration LIFETIME = Duration.ofDays(3650);
  private static final Duration SKEW = Duration.ofHours(1);

  private final SecureRandom random = new SecureRandom();

  /** A certificate with its private key. */
  record Issued(X509Certificate certificate, PrivateKey key) {}

  /** Whom a certificate names: common name and organisations (Kubernetes' groups). */
  record Subject(String name, List<String> groups) {
    Subject {
      groups = List.copyOf(groups);
    }

    byte[] der() {
      List<byte[]> parts = new ArrayList<>();
      groups.forEach(group -> parts.add(part("2.5.4.10", group)));
      parts.add(part("2.5.4.3", name));
      return Der.sequence(parts.toArray(byte[][]::new));
    }

    private static byte[] part(String id, String value) {
      return Der.set(Der.sequence(Der.id(id), Der.text(value)));
    }
  }

  /** A key pair on P-256. */
  KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  /** A certificate authority that signs itself. */
  Issued authority(String name, Instant now) throws GeneralSecurityException {
    KeyPair keys = keys();
    byte[] self = new Subject(name, List.of()).der();
    byte[] keyId = keyId(keys.getPublic());
    byte[] extensions =
        Der.sequence(
            extension("2.5.29.19", true, Der.sequence(Der.yes())),
            // keyCertSign, cRLSign, digitalSignature
            extension("2.5.29.15", true, Der.bits(1, (byte) 0x86)),
            extension("2.5.29.14", false, Der.octets(keyId)));
    return new Issued(
        sign(self, self, keys.getPublic(), extensions, keys.getPrivate(), now), keys.getPrivate());
  }

  /** A certificate for a server under these DNS names, 127.0.0.1 and the Service's address. */
  Issued server(Issued authority, String name, List<String> dnsNames, Instant now)
      throws GeneralSecurityException {
    return named(authority, name, dnsNames, now, Der.id(SERVER));
  }

  /** The same for a server that is also a client of its like. */
  Issued peer(Issued authority, String name, List<String> dnsNames, Instant now)
      throws GeneralSecurityException {
    return named(authority, name, dnsNames, now, Der.join(Der.id(SERVER), Der.id(CLIENT)));
  }

  private Issued named(
      Issued authority, String name, List<String> dnsNames, Instant now, byte[] usages)
      throws GeneralSecurityException {
    List<byte[]> names = new ArrayList<>();
    dnsNames.forEach(
        dns -> names.add(Der.of(0x82, dns.getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
    names.add(Der.of(0x87, new byte[] {127, 0, 0, 1}));
    names.add(Der.of(0x87, SERVICE));
    byte[] alternatives = extension("2.5.29.17", false, Der.sequence(names.toArray(byte[][]::new)));
    return leaf(authority, new Subject(name, List.of()), usages, alternatives, now);
  }

  /** A certificate that proves to the API server who somebody is. */
  Issued client(Issued authority, Subject subject, Instant now) throws GeneralSecurityException {
    return leaf(authority, subject, Der.id(CLIENT), new byte[0], now);
  }

  private Issued leaf(Issued authority, Subject subject, byte[] usages, byte[] more, Instant now)
      throws GeneralSecurityException {
    KeyPair keys = keys();
    byte[] extensions =
        Der.sequence(
            extension("2.5.29.19", true, Der.sequence()),
            extension("2.5.29.15", true, Der.bits(7, (byte) 0x80)),
            extension("2.5.29.37", false, Der.sequence(usages)),
            extension("2.5.29.14", false, Der.octets(keyId(keys.getPublic()))),
            extension(
                "2.5.29.35",
                false,
                Der.sequence(Der.of(0x80, keyId(authority.certificate().getPublicKey())))),
            more);
    byte[] issuer = authority.certificate().getSubjectX500Principal().getEncoded();
    X509Certificate certificate =
        sign(issuer, subject.der(), keys.getPublic(), extensions, authority.key(), now);
    return new Issued(certificate, keys.getPrivate());
  }

  private X509Certificate sign(
      byte[] issuer,
      byte[] subject,
      PublicKey key,
      byte[] extensions,
      PrivateKey signer,
      Instant now)
      throws GeneralSecurityException {
    byte[] algorithm = Der.sequence(Der.id(ECDSA_SHA256));
    byte[] toSign =
        Der.sequence(
            Der.of(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(120, random).setBit(119)),
            algorithm,
            issuer,
            Der.sequence(Der.time(now.minus(SKEW)), Der.time(now.plus(LIFETIME))),
            subject,
            key.getEncoded(),
            Der.of(0xa3, extensions));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer, random);
    signature.update(toSign);
    byte[] whole = Der.sequence(toSign, algorithm, Der.bits(0, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] extension(String id, boolean critical, byte[] value) {
    return critical
        ? Der.sequence(Der.id(id), Der.yes(), Der.octets(value))
        : Der.sequence(Der.id(id), Der.octets(value));
  }

  private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
  }
}
