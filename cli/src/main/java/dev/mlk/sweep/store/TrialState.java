package dev.mlk.sweep.store;

/** How a trial is, as far as its sweep has written down. */
public enum TrialState {
  /** To be run, or running. */
  OPEN("Open"),
  /** Its job has succeeded, and the metric is a number. */
  SUCCEEDED("Succeeded"),
  /** The loss or the metric became NaN or infinite: a result, but none that can win. */
  DIVERGED("Diverged"),
  /** Stopped before its end, as it was not worth going on. */
  STOPPED("Stopped"),
  /** Its job has succeeded, but its log does not tell the metric. */
  NO_METRIC("NoMetric"),
  /** Its job failed, and all its attempts are used. */
  FAILED("Failed");

  private final String text;

  TrialState(String text) {
    this.text = text;
  }

  /** The state in a word. */
  public String text() {
    return text;
  }

  /** Whether nothing is to be run for it any more. */
  public boolean ended() {
    return this != OPEN;
  }

  /** Whether it has a result that stands: running it again would only repeat it. */
  public boolean finished() {
    return this == SUCCEEDED || this == DIVERGED || this == STOPPED;
  }

  /** The state of that word; open for a word of a later version. */
  static TrialState of(String word) {
    for (TrialState state : values()) {
      if (state.text.equals(word)) {
        return state;
      }
    }
    return OPEN;
  }
}
