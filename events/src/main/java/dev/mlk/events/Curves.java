package dev.mlk.events;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/**
 * Keeps a bounded sample of every scalar that is read. May be read into by several threads, and
 * again and again while files grow.
 */
public final class Curves implements EventConsumer {
  /** Numbers that TensorBoard keeps of a scalar unless told otherwise. */
  public static final int USUAL = 1000;

  private static final int MOST_DAMAGES = 1000;

  private final int most;
  private final Predicate<Series> wanted;
  private final ConcurrentMap<Series, Curve> curves = new ConcurrentHashMap<>();
  private final ConcurrentMap<Series, Boolean> others = new ConcurrentHashMap<>();
  private final List<Damage> damages = new ArrayList<>();
  private long damageCount;
  private volatile boolean estimated;

  /**
   * No curves yet.
   *
   * @param most numbers to keep of each, at least 1
   * @param wanted which series to keep
   */
  public Curves(int most, Predicate<Series> wanted) {
    this.most = most;
    this.wanted = wanted;
  }

  /**
   * Whether what was read before a restart is known by its sample only: then how many numbers there
   * are, the least and the greatest are estimates. {@link LogFolder#readLatest} gives them exactly.
   */
  public boolean estimated() {
    return estimated;
  }

  /** Forgets everything, for a reading from the beginning. */
  public void clear() {
    curves.clear();
    others.clear();
    estimated = false;
    synchronized (damages) {
      damages.clear();
      damageCount = 0;
    }
  }

  /** All curves, by run and tag. */
  public List<Curve> all() {
    List<Curve> all = new ArrayList<>(curves.values());
    all.sort(
        Comparator.comparing((Curve curve) -> curve.series().run().name())
            .thenComparing(curve -> curve.series().tag()));
    return all;
  }

  /** All series that were met and not kept, of whatever kind. */
  public List<Series> others() {
    return List.copyOf(others.keySet());
  }

  /** How many times something could not be read. */
  public long damageCount() {
    synchronized (damages) {
      return damageCount;
    }
  }

  /** What could not be read: the first {@value #MOST_DAMAGES}. */
  public List<Damage> damages() {
    synchronized (damages) {
      return List.copyOf(damages);
    }
  }

  @Override
  public boolean wants(Series series) {
    boolean keep = series.kind() == Kind.SCALAR && wanted.test(series);
    if (!keep) {
      others.put(series, true);
    }
    return keep;
  }

  private Curve curve(Series series) {
    Curve curve = curves.get(series);
    return curve != null ? curve : curves.computeIfAbsent(series, key -> new Curve(key, most));
  }

  @Override
  public void scalar(Point point) {
    curve(point.series()).add(point);
  }

  @Override
  public void notNumber(Series series, Moment moment, String seen) {
    curve(series).addNotNumber(seen);
  }

  @Override
  public void restarted(Run run, long step) {
    for (Curve curve : curves.values()) {
      if (curve.series().run().equals(run)) {
        forget(curve, step);
      }
    }
  }

  private void forget(Curve curve, long step) {
    boolean sampled = curve.seen() > curve.size();
    if (curve.forgetFrom(step) && sampled) {
      estimated = true;
    }
  }

  @Override
  public void restarted(Series series, long step) {
    Curve curve = curves.get(series);
    if (curve != null) {
      forget(curve, step);
    }
  }

  @Override
  public void damaged(Damage damage) {
    synchronized (damages) {
      damageCount++;
      if (damages.size() < MOST_DAMAGES) {
        damages.add(damage);
      }
    }
  }
}
