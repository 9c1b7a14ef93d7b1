package dev.mlk.events;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the writers began again: seen once over, so that what they overwrote can be left out. */
final class RestartLog implements EventConsumer {
  private final EventConsumer target;
  private final Map<String, Steps> runs = new ConcurrentHashMap<>();
  private final Map<Series, Steps> series = new ConcurrentHashMap<>();

  RestartLog(EventConsumer target) {
    this.target = target;
  }

  /** The steps at which something began again, in order. */
  private static final class Steps {
    private long[] least = new long[4];
    private int count;
    private int passed;

    void add(long step) {
      if (count == least.length) {
        least = Arrays.copyOf(least, 2 * count);
      }
      least[count++] = step;
    }

    /** From the steps to the least step that is still to come. */
    void ready() {
      for (int i = count - 2; i >= 0; i--) {
        least[i] = Math.min(least[i], least[i + 1]);
      }
    }

    boolean overwritten(long step) {
      return passed < count && step >= least[passed];
    }
  }

  @Override
  public void scalar(Point point) {
    throw new IllegalStateException("a glance has no values");
  }

  @Override
  public void restarted(Run run, long step) {
    runs.computeIfAbsent(run.name(), name -> new Steps()).add(step);
  }

  @Override
  public void restarted(Series one, long step) {
    series.computeIfAbsent(one, key -> new Steps()).add(step);
  }

  boolean isEmpty() {
    return runs.isEmpty() && series.isEmpty();
  }

  /** Hands on what is not overwritten later. */
  EventConsumer filter() {
    runs.values().forEach(Steps::ready);
    series.values().forEach(Steps::ready);
    return new Filter();
  }

  private final class Filter implements EventConsumer {
    private boolean stays(Series one, long step) {
      Steps ofRun = runs.get(one.run().name());
      Steps own = series.get(one);
      return (ofRun == null || !ofRun.overwritten(step)) && (own == null || !own.overwritten(step));
    }

    @Override
    public boolean wants(Series one) {
      return target.wants(one);
    }

    @Override
    public void scalar(Point point) {
      if (stays(point.series(), point.step())) {
        target.scalar(point);
      }
    }

    @Override
    public void notNumber(Series one, Moment moment, String seen) {
      if (stays(one, moment.step())) {
        target.notNumber(one, moment, seen);
      }
    }

    @Override
    public void histogram(Series one, Moment moment, Histogram histogram) {
      if (stays(one, moment.step())) {
        target.histogram(one, moment, histogram);
      }
    }

    @Override
    public void images(Series one, Moment moment, Images images) {
      if (stays(one, moment.step())) {
        target.images(one, moment, images);
      }
    }

    @Override
    public void text(Series one, Moment moment, List<String> text) {
      if (stays(one, moment.step())) {
        target.text(one, moment, text);
      }
    }

    @Override
    public void hyperParameters(Series one, Moment moment, HyperParameters parameters) {
      // The values of a run are the same before and after a restart; TensorBoard takes any.
      target.hyperParameters(one, moment, parameters);
    }

    @Override
    public void restarted(Run run, long step) {
      Steps steps = runs.get(run.name());
      if (steps != null) {
        steps.passed++;
      }
      target.restarted(run, step);
    }

    @Override
    public void restarted(Series one, long step) {
      Steps steps = series.get(one);
      if (steps != null) {
        steps.passed++;
      }
      target.restarted(one, step);
    }

    @Override
    public void damaged(Damage damage) {
      target.damaged(damage);
    }
  }
}
