package dev.mlk.board.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A bounded choice of a growing series: every first, every second, every fourth element ..., and
 * always the newest.
 */
final class Thinned<T> {
  private final int most;
  private final List<Stamped<T>> kept = new ArrayList<>();
  private Stamped<T> newest;
  private boolean newestKept;
  private long seen;
  private long stride = 1;

  /**
   * Nothing yet.
   *
   * @param most how many to keep besides the newest, at least 2
   */
  Thinned(int most) {
    this.most = most;
  }

  void add(Stamped<T> one) {
    newest = one;
    newestKept = seen++ % stride == 0;
    if (!newestKept) {
      return;
    }
    kept.add(one);
    if (kept.size() > most) {
      for (int i = kept.size() - 1; i > 0; i--) {
        if (i % 2 == 1) {
          kept.remove(i);
        }
      }
      stride *= 2;
      newestKept = seen % stride == 1;
    }
  }

  /** Forgets this step and later ones. */
  void forgetFrom(long step) {
    kept.removeIf(one -> one.step() >= step);
    if (newest != null && newest.step() >= step) {
      newest = kept.isEmpty() ? null : kept.getLast();
      newestKept = true;
    }
    seen = kept.size() * stride;
  }

  List<Stamped<T>> all() {
    List<Stamped<T>> all = new ArrayList<>(kept);
    if (newest != null && !newestKept) {
      all.add(newest);
    }
    return all;
  }
}
