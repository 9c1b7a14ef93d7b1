package dev.mlk.check;

import dev.mlk.facts.Names;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The certificates on the way to the cluster, and how long they are good. */
final class Certificates {
  private static final Duration SOON = Duration.ofDays(30);
  private static final int PATIENCE = 3000;

  private Certificates() {}

  /**
   * A certificate.
   *
   * @param name what it is for, such as {@code the server's certificate}
   * @param renewal how it is renewed
   */
  record Named(String name, X509Certificate certificate, String renewal) {
    Verdict judge(Instant now) {
      Instant start = certificate.getNotBefore().toInstant();
      Instant end = certificate.getNotAfter().toInstant();
      String until = DateTimeFormatter.ISO_LOCAL_DATE.format(end.atOffset(ZoneOffset.UTC));
      if (now.isBefore(start)) {
        return Verdict.fail(
            name,
            name + " is not valid before " + start,
            "it is valid now; perhaps this machine's clock is wrong",
            "timedatectl status");
      }
      if (now.isAfter(end)) {
        return Verdict.fail(name, name + " ended on " + until, "it is valid now", renewal);
      }
      long days = Duration.between(now, end).toDays();
      String seen = name + " is good until " + until + " (" + Names.count(days, "day") + ")";
      return days < SOON.toDays()
          ? Verdict.warn(name, seen, "30 days at least", renewal)
          : Verdict.pass(name, seen);
    }
  }

  static List<Named> of(Facts facts) {
    List<Named> found = new ArrayList<>();
    URI server = URI.create(facts.connection().server());
    if ("https".equals(server.getScheme())) {
      first(offered(server))
          .ifPresent(
              c -> found.add(new Named("the server's certificate", c, "kubeadm certs renew all")));
    }
    for (Map.Entry<String, byte[]> entry : facts.surroundings().certificates().entrySet()) {
      String name =
          switch (entry.getKey()) {
            case "client-certificate" -> "your client certificate";
            default -> "the cluster's authority";
          };
      first(parse(entry.getValue()))
          .ifPresent(c -> found.add(new Named(name, c, "ask for a new kubeconfig")));
    }
    return found;
  }

  private static Optional<X509Certificate> first(List<X509Certificate> chain) {
    return chain.stream().findFirst();
  }

  /** The certificates of a PEM text; none where it holds none. */
  static List<X509Certificate> parse(byte[] pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (Certificate one :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        if (one instanceof X509Certificate x509) {
          certificates.add(x509);
        }
      }
    } catch (CertificateException e) {
      return List.of();
    }
    return certificates;
  }

  /** What the server offers; it is looked at, not believed: nothing is sent to it. */
  private static List<X509Certificate> offered(URI server) {
    Looking looking = new Looking();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {looking}, null);
      int port = server.getPort() < 0 ? 443 : server.getPort();
      try (Socket plain = new Socket()) {
        plain.connect(new InetSocketAddress(server.getHost(), port), PATIENCE);
        plain.setSoTimeout(PATIENCE);
        try (SSLSocket socket =
            (SSLSocket)
                context.getSocketFactory().createSocket(plain, server.getHost(), port, true)) {
          socket.startHandshake();
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      // Behind a proxy, or it hangs up on strangers: what was seen until then counts.
      return looking.seen;
    }
    return looking.seen;
  }

  /** Remembers what it is shown. */
  private static final class Looking extends X509ExtendedTrustManager {
    private volatile List<X509Certificate> seen = List.of();

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      seen = List.of(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      seen = List.of(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      seen = List.of(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
