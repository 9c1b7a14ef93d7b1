package dev.mlk.practice.api.http;

import java.time.Duration;

/**
 * What one listening socket may cost: each connection takes about 100 KB, and heap and file
 * descriptors are those of the whole cluster.
 *
 * @param connections how many there may be at a time; the next one is told so and closed
 * @param silence how long a connection may say nothing that the server waits for: the next request,
 *     the rest of one, or the handshake
 * @param bodies bytes of the large request bodies that are in work at a time
 * @param patience how long one more of them waits before it is refused
 */
record Room(int connections, Duration silence, int bodies, Duration patience) {
  /** For a cluster of one person: each watch and each followed log is a connection. */
  static final Room DEFAULT =
      new Room(1_000, Duration.ofSeconds(90), 16 << 20, Duration.ofSeconds(5));

  /** With those who are about to be told that it is full; the rest waits to be accepted. */
  int accepted() {
    return connections + Math.max(10, connections / 5);
  }
}
