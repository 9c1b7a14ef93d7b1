package dev.mlk.job;

import dev.mlk.console.Invocation;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.CommandThreads;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Stays with a job from before its pods exist to its end: says why it waits, hands over every line
 * of its logs, and gives up only on what cannot change by itself.
 */
final class JobFollower {
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /** Questions without an answer, a second apart, before giving up. */
  private static final int PATIENCE = 60;

  private static final int ENOUGH_OOM_KILLS = 2;

  /** One pod's log and who reads it. */
  private record Reading(ReplicaLog log, Thread thread) {}

  private final ApiClient api;
  private final Invocation invocation;
  private final JobWatch watch;
  private final String name;
  private final Predicate<Replica> wanted;
  private final BiConsumer<Replica, String> lines;
  private final Runnable check;
  private final Phases phases = new Phases(System::nanoTime);
  private final Map<String, Reading> readings = new LinkedHashMap<>();
  private final AtomicReference<RuntimeException> refusal = new AtomicReference<>();
  private final Map<String, Set<String>> memoryKills = new HashMap<>();
  private String said = "";
  private Instant heard = Instant.MIN;
  private int unanswered;
  private boolean polling;

  /**
   * A follower.
   *
   * @param wanted whose logs to read
   * @param lines takes each line, on any thread
   * @param check called now and then on the caller's thread; throws when nobody reads any more
   */
  JobFollower(
      ApiClient api,
      Invocation invocation,
      JobWatch watch,
      String name,
      Predicate<Replica> wanted,
      BiConsumer<Replica, String> lines,
      Runnable check) {
    this.api = api;
    this.invocation = invocation;
    this.watch = watch;
    this.name = name;
    this.wanted = wanted;
    this.lines = lines;
    this.check = check;
  }

  /** How long each part took so far. */
  Phases phases() {
    return phases;
  }

  /**
   * Follows to the end.
   *
   * @return the job that has succeeded
   * @throws Problem when it failed, can never run, was deleted, or the time is over
   */
  Job run() throws InterruptedException {
    Optional<Instant> deadline =
        invocation.options().timeout().map(t -> invocation.clock().instant().plus(t));
    Instant since = invocation.clock().instant();
    heard = since;
    try {
      while (true) {
        long version = watch.changes().version();
        Job job = watch.job().orElseThrow(this::gone);
        start();
        note(job);
        polling();
        check();
        if (job.ended()) {
          finish();
          return succeeded(job);
        }
        judge(job, since.plus(QUIET).isBefore(invocation.clock().instant()));
        if (deadline.isPresent() && !invocation.clock().instant().isBefore(deadline.get())) {
          throw late(watch.diagnosis(job));
        }
        if (watch.changes().await(version, TICK)) {
          heard = invocation.clock().instant();
        } else if (heard.plus(SILENCE).isBefore(invocation.clock().instant())) {
          ask();
        }
      }
    } finally {
      readings.values().forEach(reading -> reading.log.stop());
    }
  }

  private void polling() {
    if (watch.polls() && !polling) {
      polling = true;
      invocation.note(
          "The cluster lets you list jobs and pods but not watch them: asking every second.");
    }
  }

  private void judge(Job job, boolean waited) {
    Diagnosis diagnosis;
    try {
      diagnosis = watch.diagnosis(job);
    } catch (UncheckedIOException e) {
      ask();
      return;
    }
    if (diagnosis.verdict().last() && diagnosis.verdict() != Verdict.FAILED) {
      throw Ending.problem(api, job, diagnosis);
    }
    memory(job);
    say(diagnosis, waited);
  }

  /**
   * Nothing has changed for long: either nothing happens, or the cluster is gone. The watches try
   * again for ever; a person wants to know.
   */
  private void ask() {
    try {
      watch.ask();
      heard = invocation.clock().instant();
      unanswered = 0;
    } catch (UncheckedIOException e) {
      unanswered++;
      if (unanswered == 1) {
        invocation.note(e.getCause().getMessage() + "; trying again ...");
      }
      if (unanswered > PATIENCE) {
        throw e;
      }
    }
  }

  private void start() {
    for (Replica replica : watch.replicas()) {
      if (wanted.test(replica)) {
        readings.computeIfAbsent(replica.uid(), uid -> read(replica));
      }
    }
  }

  private Reading read(Replica replica) {
    ReplicaLog log = new ReplicaLog(api, watch, replica, lines);
    Thread thread =
        CommandThreads.factory()
            .newThread(
                () -> {
                  try {
                    log.follow();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } catch (RuntimeException e) {
                    refusal.compareAndSet(null, e);
                  }
                });
    thread.start();
    return new Reading(log, thread);
  }

  private void check() {
    check.run();
    RuntimeException refused = refusal.get();
    if (refused != null) {
      throw refused;
    }
  }

  /** Lets the logs of ended replicas run out; a parameter server that goes on is left alone. */
  private void finish() throws InterruptedException {
    Set<String> running = running();
    start();
    for (Map.Entry<String, Reading> entry : readings.entrySet()) {
      if (running.contains(entry.getKey())) {
        entry.getValue().thread.join(Duration.ofMillis(500));
      } else {
        runOut(entry.getValue());
      }
    }
    check();
  }

  private void runOut(Reading reading) throws InterruptedException {
    long before = -1;
    int silent = 0;
    while (!reading.thread.join(TICK)) {
      check();
      silent = reading.log.taken() == before ? silent + 1 : 0;
      before = reading.log.taken();
      if (silent > PATIENCE) {
        invocation.note("The rest of a log could not be read.");
        return;
      }
    }
  }

  /**
   * The pods that still run. The news that the job has ended may have overtaken the news of its
   * pods, so they are asked for, and waited for.
   */
  private Set<String> running() throws InterruptedException {
    while (true) {
      long version = watch.changes().version();
      try {
        Set<String> running = new HashSet<>();
        boolean known = true;
        for (Replica replica : watch.askReplicas()) {
          if (!ended(replica)) {
            running.add(replica.uid());
          } else {
            known &= watch.replica(replica.uid()).filter(JobFollower::ended).isPresent();
          }
        }
        if (known) {
          return running;
        }
      } catch (UncheckedIOException e) {
        ask();
      }
      watch.changes().await(version, TICK);
    }
  }

  private static boolean ended(Replica replica) {
    return replica.container().path("state").has("terminated");
  }

  private Job succeeded(Job job) {
    phases.end("trained");
    Diagnosis diagnosis = watch.diagnosis(job);
    if (diagnosis.verdict() != Verdict.SUCCEEDED) {
      throw Ending.problem(api, job, diagnosis);
    }
    return job;
  }

  private void note(Job job) {
    var replicas = watch.replicas();
    if (replicas.size() >= job.replicas()
        && replicas.stream().noneMatch(replica -> replica.node().isEmpty())) {
      phases.end("scheduled");
      if (replicas.stream().noneMatch(replica -> replica.phase().equals("Pending"))) {
        phases.end("started");
      }
    }
  }

  private void memory(Job job) {
    for (Replica replica : watch.replicas()) {
      if (!replica.failure().path("reason").asString("").equals("OOMKilled")) {
        continue;
      }
      Set<String> kills = memoryKills.computeIfAbsent(replica.name(), key -> new HashSet<>());
      kills.add(replica.uid() + replica.failure().path("finishedAt").asString(""));
      if (kills.size() >= ENOUGH_OOM_KILLS) {
        throw Ending.problem(api, job, Diagnose.outOfMemory(job, replica));
      }
    }
  }

  private void say(Diagnosis diagnosis, boolean waited) {
    boolean worth =
        diagnosis.verdict() == Verdict.CONFIGURATION
            || diagnosis.verdict() == Verdict.SUSPENDED
            || (diagnosis.verdict() == Verdict.WAITING && (waited || !diagnosis.cause().isEmpty()));
    if (worth && !diagnosis.sentence().equals(said)) {
      said = diagnosis.sentence();
      invocation.note(
          diagnosis.sentence() + (diagnosis.cause().isEmpty() ? "" : " " + diagnosis.cause()));
    }
  }

  private Problem gone() {
    return new Problem.NotFound(
        Explanation.of("job " + name + " is not there any more").because("somebody deleted it"));
  }

  private Problem late(Diagnosis diagnosis) {
    return new Problem.TimedOut(
        Explanation.of(
                "job "
                    + name
                    + " has not ended within "
                    + invocation.options().timeout().orElseThrow().toSeconds()
                    + " s")
            .because(diagnosis.sentence())
            .because(diagnosis.cause().isEmpty() ? "the job goes on" : diagnosis.cause())
            .next("mlk tfjob wait " + name + " --timeout 10m"));
  }
}
