package dev.mlk.sweep.trial;

import dev.mlk.job.Job;

/** Where a trial's numbers come from. */
public interface MetricSource {
  /**
   * What was read.
   *
   * @param place where was looked, in words, such as {@code the log of worker-0}
   * @param measures what was there
   * @param missing why there is nothing to look at; empty when there was
   * @param events what its event files say
   */
  record Reading(String place, Measures measures, String missing, Events events) {
    /** The same with event files. */
    Reading with(Events read) {
      return new Reading(place, measures, missing, read);
    }
  }

  /** Everything that a job's leading replica has told. */
  Reading read(Job job, String metric);
}
