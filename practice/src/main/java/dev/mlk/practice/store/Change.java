package dev.mlk.practice.store;

import java.util.Optional;

/**
 * One change of one key.
 *
 * @param type what happened
 * @param now the value that the change leaves, or the last one when deleted
 * @param previous what was there before, empty when added
 */
public record Change(Type type, Stored now, Optional<Stored> previous) {
  /** What happened to the key. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  /** Where. */
  public String key() {
    return now.key();
  }

  /** The revision that the change made. */
  public long revision() {
    return now.revision();
  }

  /** The bytes now, or the last ones when deleted. */
  public byte[] value() {
    return now.value();
  }
}
