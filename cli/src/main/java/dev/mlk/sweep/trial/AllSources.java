package dev.mlk.sweep.trial;

import dev.mlk.job.Job;

/** The log of the leading replica, and event files where they can be reached. */
public final class AllSources implements MetricSource {
  private final LogSource log;
  private final EventSource events;

  /** Both sources. */
  public AllSources(LogSource log, EventSource events) {
    this.log = log;
    this.events = events;
  }

  @Override
  public Reading read(Job job, String metric) {
    Reading reading = log.read(job, metric);
    // What a failed job has measured does not count.
    return job.state() == Job.State.FAILED ? reading : reading.with(events.read(job));
  }
}
