package dev.mlk.tfjob.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the caches have yet to show of the operator's own changes. Until they do, a job is not
 * looked at again: it would be judged by a view from before. All must have been seen, or the time
 * be over.
 */
final class Expectations {
  /**
   * A change that is not seen by then was lost with a broken watch; names are fixed, so to try
   * again is safe.
   */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final class Pending {
    private final Set<String> changes = new HashSet<>();
    private String staleVersion = "";
    private Instant until = Instant.MIN;
  }

  private final Map<JobKey, Pending> pending = new HashMap<>();

  /** The token of a child that will appear. */
  static String appears(String kind, String name) {
    return "+" + kind + "/" + name;
  }

  /** The token of a child that will be gone, or be going. */
  static String goes(String uid) {
    return "-" + uid;
  }

  /** Notes a change before it is asked for. */
  synchronized void expect(JobKey key, String change, Instant now) {
    Pending job = pending.computeIfAbsent(key, _ -> new Pending());
    job.changes.add(change);
    job.until = now.plus(PATIENCE);
  }

  /** Notes that the job's status was written over this version. */
  synchronized void expectNewerThan(JobKey key, String version, Instant now) {
    Pending job = pending.computeIfAbsent(key, _ -> new Pending());
    job.staleVersion = version;
    job.until = now.plus(PATIENCE);
  }

  /** The change was seen, or was refused. */
  synchronized void met(JobKey key, String change) {
    Pending job = pending.get(key);
    if (job != null) {
      job.changes.remove(change);
    }
  }

  synchronized void forget(JobKey key) {
    pending.remove(key);
  }

  /**
   * How long to wait at most before looking at a job; empty: look now.
   *
   * @param version the job's version in the cache
   */
  synchronized Optional<Duration> wait(JobKey key, String version, Instant now) {
    Pending job = pending.get(key);
    if (job == null
        || !now.isBefore(job.until)
        || (job.changes.isEmpty() && !job.staleVersion.equals(version))) {
      pending.remove(key);
      return Optional.empty();
    }
    return Optional.of(Duration.between(now, job.until));
  }
}
