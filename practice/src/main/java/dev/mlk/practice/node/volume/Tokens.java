package dev.mlk.practice.node.volume;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Tokens of a pod's service account, each kept until most of its life is over. */
final class Tokens {
  /** Asks for a new token. */
  @FunctionalInterface
  interface Source {
    String request() throws MountException;
  }

  private record Kept(String token, Instant renewal) {}

  private final InstantSource clock;
  private final Map<String, Kept> kept = new HashMap<>();

  Tokens(InstantSource clock) {
    this.clock = clock;
  }

  /** The token for a purpose; a kubelet asks for a new one after four fifths of its life. */
  String get(String purpose, Duration life, Source source) throws MountException {
    Kept known = kept.get(purpose);
    Instant now = clock.instant();
    if (known == null || !now.isBefore(known.renewal())) {
      known = new Kept(source.request(), now.plus(life.multipliedBy(4).dividedBy(5)));
      kept.put(purpose, known);
    }
    return known.token();
  }
}
