package dev.mlk.practice.store;

import java.util.Optional;

/**
 * One change of one key.
 *
 * @param type what happened
 * @param key where
 * @param revision the revision that the change made
 * @param value the bytes now, or the last ones when deleted
 * @param previous what was there before, empty when added
 */
public record Change(
    Type type, String key, long revision, byte[] value, Optional<Stored> previous) {
  /** The value that the change leaves, or the last one when deleted. */
  Stored now() {
    return new Stored(key, revision, value);
  }

  /** What happened to the key. */
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }
}
