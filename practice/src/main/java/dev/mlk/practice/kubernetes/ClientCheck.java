package dev.mlk.practice.kubernetes;

import dev.mlk.practice.api.wire.Credentials;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;

/**
 * Tells a client by its certificate.
 *
 * @param authority who must have issued it
 * @param part what must be in its subject, such as {@code O=system:masters}
 */
record ClientCheck(X509Certificate authority, String part, InstantSource clock) {
  boolean admits(Credentials credentials) {
    if (!(credentials instanceof Credentials.Certificate(X509Certificate certificate))) {
      return false;
    }
    try {
      certificate.verify(authority.getPublicKey());
      certificate.checkValidity(Date.from(clock.instant()));
      return List.of(certificate.getSubjectX500Principal().getName().split(",", -1)).contains(part);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
