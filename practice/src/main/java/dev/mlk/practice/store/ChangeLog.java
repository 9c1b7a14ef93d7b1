package dev.mlk.practice.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** The latest changes in order of revision. Not safe for threads: the store guards it. */
final class ChangeLog {
  private final Limits limits;
  private final ArrayDeque<Change> changes = new ArrayDeque<>();
  private long bytes;

  /** The highest revision whose successor may be missing here. */
  private long floor;

  ChangeLog(Limits limits, long floor) {
    this.limits = limits;
    this.floor = floor;
  }

  void add(Change change) {
    changes.addLast(change);
    bytes += change.value().length;
    while (changes.size() > limits.changes() || (bytes > limits.bytes() && changes.size() > 1)) {
      Change oldest = changes.removeFirst();
      bytes -= oldest.value().length;
      floor = oldest.revision();
    }
  }

  void requireReach(long revision) {
    if (revision < floor) {
      throw new StoreException.Gone(revision, floor);
    }
  }

  /** The changes of keys with the prefix after the revision, oldest first. */
  List<Change> after(long revision, String prefix) {
    requireReach(revision);
    List<Change> found = new ArrayList<>();
    Iterator<Change> newestFirst = changes.descendingIterator();
    while (newestFirst.hasNext()) {
      Change change = newestFirst.next();
      if (change.revision() <= revision) {
        break;
      }
      if (change.key().startsWith(prefix)) {
        found.add(change);
      }
    }
    Collections.reverse(found);
    return found;
  }
}
