package dev.mlk.practice.store;

import java.util.List;

/**
 * All values below a prefix as they were at one revision.
 *
 * @param revision the moment
 * @param values the values, ordered by key
 */
public record Snapshot(long revision, List<Stored> values) {
  public Snapshot {
    values = List.copyOf(values);
  }
}
