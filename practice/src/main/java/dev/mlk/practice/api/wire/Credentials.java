package dev.mlk.practice.api.wire;

import java.security.cert.X509Certificate;

/** What the way that a call came in tells about the caller, beside its headers. */
public sealed interface Credentials {
  /** The call came over the owner's private socket or from within the process. */
  record Owner() implements Credentials {}

  /** The call came over TLS with a client certificate, of whatever authority. */
  record Certificate(X509Certificate certificate) implements Credentials {}

  /** The call came over TLS; a bearer token may be in its headers. */
  record None() implements Credentials {}
}
