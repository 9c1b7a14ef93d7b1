package dev.mlk.practice.node.log;

import java.time.Instant;
import java.util.Optional;

/**
 * What to show of a log.
 *
 * @param follow go on until the log ends
 * @param tailLines lines from the end, all when empty
 * @param since only lines from that moment on
 * @param limitBytes at most so many bytes
 * @param timestamps each line begins with its time
 */
public record LogOptions(
    boolean follow,
    Optional<Integer> tailLines,
    Optional<Instant> since,
    Optional<Long> limitBytes,
    boolean timestamps) {
  /** Everything there is. */
  public static final LogOptions ALL =
      new LogOptions(false, Optional.empty(), Optional.empty(), Optional.empty(), false);

  /** The last bytes of the log, for messages. */
  public static LogOptions last(int lines) {
    return new LogOptions(false, Optional.of(lines), Optional.empty(), Optional.empty(), false);
  }
}
