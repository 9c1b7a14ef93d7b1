package dev.mlk.sweep.run;

import dev.mlk.job.Job;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Reply;
import dev.mlk.sweep.trial.LogSource;
import dev.mlk.sweep.trial.Measures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The numbers of running trials as they grow. A log that breaks off is read anew; what counts in
 * the end is read once more when the job has ended.
 */
final class LiveLogs implements AutoCloseable {
  private final LogSource source;
  private final String metric;
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();

  LiveLogs(LogSource source, String metric) {
    this.source = source;
    this.metric = metric;
  }

  /** One job's log being read on a thread of its own. */
  private static final class Reading {
    private final Measures measures;
    private Reply reply;
    private boolean over;

    Reading(String metric) {
      measures = new Measures(metric);
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
        Reading reading = new Reading(metric);
        readings.put(job.name(), reading);
        Thread.ofVirtual().start(() -> read(job, reading));
      }
    }
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
