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

  /** The values whose keys come after a key. */
  public List<Stored> after(String key) {
    int low = 0;
    int high = values.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values.get(middle).key().compareTo(key) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return values.subList(low, values.size());
  }
}
