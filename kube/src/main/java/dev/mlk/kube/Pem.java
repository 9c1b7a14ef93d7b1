package dev.mlk.kube;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Certificates and private keys in PEM form (RFC 7468). */
final class Pem {
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int PARAMETERS = 0xa0;
  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final byte[] RSA = hex("300d06092a864886f70d0101010500");
  private static final byte[] EC_PUBLIC_KEY = hex("06072a8648ce3d0201");

  private Pem() {}

  /** All certificates of the text, in order. */
  static List<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> found = new ArrayList<>();
    String text = new String(pem, StandardCharsets.ISO_8859_1);
    String type = "CERTIFICATE";
    for (int at = 0; (at = text.indexOf("-----BEGIN " + type + "-----", at)) >= 0; at++) {
      var der = new ByteArrayInputStream(block(text, type, at));
      found.add((X509Certificate) factory.generateCertificate(der));
    }
    if (found.isEmpty()) {
      throw new GeneralSecurityException("no certificate in the PEM text");
    }
    return found;
  }

  /** The first private key of the text; encrypted keys are refused. */
  static PrivateKey key(byte[] pem) throws GeneralSecurityException {
    String text = new String(pem, StandardCharsets.ISO_8859_1);
    int at = text.indexOf("-----BEGIN EC PRIVATE KEY-----");
    if (at >= 0) {
      return decode("EC", fromSec1(clear(text, "EC PRIVATE KEY", at)));
    }
    at = text.indexOf("-----BEGIN RSA PRIVATE KEY-----");
    if (at >= 0) {
      byte[] key = clear(text, "RSA PRIVATE KEY", at);
      return decode("RSA", der(SEQUENCE, VERSION_0, RSA, der(OCTETS, key)));
    }
    at = text.indexOf("-----BEGIN PRIVATE KEY-----");
    if (at >= 0) {
      return anyKind(block(text, "PRIVATE KEY", at));
    }
    if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
      throw new GeneralSecurityException("the private key is encrypted");
    }
    throw new GeneralSecurityException("no private key in the PEM text");
  }

  private static byte[] clear(String text, String type, int at) throws GeneralSecurityException {
    if (text.indexOf("Proc-Type: 4,ENCRYPTED", at) >= 0) {
      throw new GeneralSecurityException("the private key is encrypted");
    }
    return block(text, type, at);
  }

  private static byte[] block(String text, String type, int at) throws GeneralSecurityException {
    int from = at + ("-----BEGIN " + type + "-----").length();
    int to = text.indexOf("-----END " + type + "-----", from);
    if (to < 0) {
      throw new GeneralSecurityException("PEM text without an end: " + type);
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(from, to));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("PEM text is not Base64: " + type, e);
    }
  }

  private static PrivateKey anyKind(byte[] pkcs8) throws GeneralSecurityException {
    GeneralSecurityException last = null;
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return decode(algorithm, pkcs8);
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw last;
  }

  private static PrivateKey decode(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /** RFC 5915's key wrapped as RFC 5958 wants it; the curve is in the key's parameters. */
  private static byte[] fromSec1(byte[] sec1) throws GeneralSecurityException {
    int at = skipHead(sec1, 0);
    while (at < sec1.length) {
      int value = skipHead(sec1, at);
      int end = value + length(sec1, at);
      if ((sec1[at] & 0xff) == PARAMETERS) {
        byte[] curve = Arrays.copyOfRange(sec1, value, end);
        byte[] algorithm = der(SEQUENCE, EC_PUBLIC_KEY, curve);
        return der(SEQUENCE, VERSION_0, algorithm, der(OCTETS, sec1));
      }
      at = end;
    }
    throw new GeneralSecurityException("the EC private key does not name its curve");
  }

  private static int skipHead(byte[] der, int at) throws GeneralSecurityException {
    if (at + 1 >= der.length) {
      throw new GeneralSecurityException("the EC private key is cut off");
    }
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] der, int at) throws GeneralSecurityException {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = at + 2; i < skipHead(der, at) && i < der.length; i++) {
      length = (length << 8) | (der[i] & 0xff);
    }
    if (length < 0 || length > der.length) {
      throw new GeneralSecurityException("the EC private key is cut off");
    }
    return length;
  }

  private static byte[] der(int tag, byte[]... parts) {
    var value = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      value.writeBytes(part);
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    int size = value.size();
    if (size < 0x80) {
      out.write(size);
    } else if (size < 0x100) {
      out.write(0x81);
      out.write(size);
    } else {
      out.write(0x82);
      out.write(size >> 8);
      out.write(size);
    }
    out.writeBytes(value.toByteArray());
    return out.toByteArray();
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
