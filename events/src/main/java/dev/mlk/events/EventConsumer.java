package dev.mlk.events;

import java.util.List;

/**
 * Takes what is read, in the order in which it stands in a run's files. When folders are read by
 * several threads, each run stays with one thread.
 */
public interface EventConsumer {
  /** Whether the values of this series are to be decoded; asked again with each reading. */
  default boolean wants(Series series) {
    return series.kind() == Kind.SCALAR;
  }

  /** A number. */
  void scalar(Point point);

  /**
   * A value of a scalar series that is no number.
   *
   * @param seen what it is instead, such as {@code the text "high"}
   */
  default void notNumber(Series series, Moment moment, String seen) {}

  /** A histogram. */
  default void histogram(Series series, Moment moment, Histogram histogram) {}

  /** Images. */
  default void images(Series series, Moment moment, Images images) {}

  /** Text in Markdown, one element for each of the tensor's. */
  default void text(Series series, Moment moment, List<String> text) {}

  /** Something about hyper-parameters. */
  default void hyperParameters(Series series, Moment moment, HyperParameters parameters) {}

  /**
   * Training began again: what the run said before about this step and later ones is overwritten.
   */
  default void restarted(Run run, long step) {}

  /** The same for one series, in files of writers that do not announce restarts. */
  default void restarted(Series series, long step) {}

  /** Something could not be read; told once for each place. */
  default void damaged(Damage damage) {}

  /**
   * When a value was written.
   *
   * @param step the training step
   * @param wallTime seconds since 1970 by the writer's clock
   */
  record Moment(long step, double wallTime) {}
}
