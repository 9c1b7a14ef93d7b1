package dev.mlk.sweep.run;

import dev.mlk.job.Job;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Reply;
import dev.mlk.sweep.store.Curve;
import dev.mlk.sweep.trial.EventSource;
import dev.mlk.sweep.trial.LogSource;
import dev.mlk.sweep.trial.Measures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The numbers of running trials as they grow: from the log, and from event files while the log says
 * nothing of the metric. A log that breaks off is read anew; what counts in the end is read once
 * more when the job has ended.
 */
final class LiveLogs implements AutoCloseable {
  /** Event files are read as a whole each time, so that takes at most a tenth of the time. */
  private static final int SHARE = 10;

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private final LogSource source;
  private final EventSource events;
  private final String metric;
  private final InstantSource clock;
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();

  LiveLogs(LogSource source, EventSource events, String metric, InstantSource clock) {
    this.source = source;
    this.events = events;
    this.metric = metric;
    this.clock = clock;
  }

  /** One job's log being read on a thread of its own. */
  private static final class Reading {
    private final Measures measures;
    private volatile boolean followsFiles;
    private Instant nextLook;
    private Reply reply;
    private boolean over;

    Reading(String metric, Instant firstLook) {
      measures = new Measures(metric);
      nextLook = firstLook;
    }

    /** Whether it is time to look into event files; then nobody else looks until it is done. */
    synchronized boolean looks(Instant now) {
      boolean due = nextLook.isBefore(now);
      nextLook = due ? Instant.MAX : nextLook;
      return due;
    }

    synchronized void looked(Instant next) {
      nextLook = next;
    }

    synchronized boolean begin(Reply opened) {
      reply = opened;
      return !over;
    }

    synchronized boolean isOver() {
      return over;
    }

    void stop() {
      Reply open;
      synchronized (this) {
        over = true;
        open = reply;
      }
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          // It was to be closed anyway.
          return;
        }
      }
    }
  }

  /** Reads the logs of these jobs, and of no others. */
  void update(Collection<Job> running) {
    Set<String> names = running.stream().map(Job::name).collect(Collectors.toSet());
    readings.forEach(
        (name, reading) -> {
          if (!names.contains(name)) {
            reading.stop();
            readings.remove(name);
          }
        });
    for (Job job : running) {
      Reading known = readings.get(job.name());
      if (known == null || known.isOver()) {
        Reading reading = new Reading(metric, clock.instant().plus(PAUSE));
        readings.put(job.name(), reading);
        Thread.ofVirtual().start(() -> read(job, reading));
      } else if (known.looks(clock.instant())) {
        Thread.ofVirtual().start(() -> look(job, known));
      }
    }
  }

  private void look(Job job, Reading reading) {
    Instant begun = clock.instant();
    boolean told = !reading.measures.silent() && !reading.followsFiles;
    if (!told) {
      try {
        Curve course = events.course(job, metric);
        reading.followsFiles = !course.values().isEmpty();
        if (reading.followsFiles) {
          reading.measures.follow(course);
        }
      } catch (UncheckedIOException | ApiException e) {
        // The cluster does not answer: the next look may tell.
        reading.looked(clock.instant().plus(PAUSE));
        return;
      }
    }
    Instant ended = clock.instant();
    reading.looked(ended.plus(PAUSE).plus(Duration.between(begun, ended).multipliedBy(SHARE)));
  }

  private void read(Job job, Reading reading) {
    try (Reply reply = source.follow(job)) {
      if (reading.begin(reply)) {
        LogSource.take(reply, reading.measures);
      }
    } catch (IOException | UncheckedIOException | ApiException e) {
      // Not there yet, or broken off: the next round reads it again.
      reading.stop();
    } finally {
      reading.stop();
    }
  }

  /** What a job's log has told so far. */
  Optional<Measures> of(String job) {
    return Optional.ofNullable(readings.get(job)).map(reading -> reading.measures);
  }

  @Override
  public void close() {
    readings.values().forEach(Reading::stop);
  }
}
