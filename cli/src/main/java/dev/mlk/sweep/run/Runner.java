package dev.mlk.sweep.run;

import dev.mlk.connect.Connection;
import dev.mlk.console.Invocation;
import dev.mlk.job.Job;
import dev.mlk.job.Replica;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.sweep.search.Search;
import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.trial.AllSources;
import dev.mlk.sweep.trial.EventSource;
import dev.mlk.sweep.trial.LogSource;
import dev.mlk.sweep.trial.Measures;
import dev.mlk.sweep.trial.TrialJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a sweep to its end: creates jobs while there is room, reads what ended ones have told, and
 * writes it down. All that it knows is in the cluster, so it may be killed at any moment and begun
 * again anywhere: names of jobs follow from the parameters, and so none is made twice.
 */
public final class Runner {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** News come in bursts; what is done about them costs the same for one and for many. */
  private static final Duration BREATH = Duration.ofMillis(15);

  private static final Duration ROOM_AGE = Duration.ofSeconds(3);
  private final ApiClient api;
  private final Invocation invocation;
  private final SweepStore store;
  private final Board board;
  private final Search search;
  private final LogSource logs;
  private final EventSource events;
  private final Capacity capacity;
  private final Examiner examiner;
  private final Stopper stopper;
  private final RunnerLease lease;
  private final Set<String> created = new HashSet<>();
  private final Set<String> met = new HashSet<>();
  private final Instant since;
  private Sweep sweep;
  private Room room = new Room(0, "");
  private Instant roomTime = Instant.MIN;
  private Map<String, List<Replica>> replicas = Map.of();
  private volatile boolean follows;
  private boolean done;

  /**
   * A run of a sweep that the cluster keeps.
   *
   * @param events where event files are read
   */
  public Runner(
      Connection connection, Invocation invocation, Sweep sweep, Board board, EventSource events) {
    this.api = connection.client();
    this.invocation = invocation;
    this.store = new SweepStore(api, sweep.namespace());
    this.sweep = sweep;
    this.board = board;
    this.search = sweep.spec().newSearch();
    this.logs = new LogSource(api);
    this.events = events;
    this.capacity = new Capacity(api);
    this.examiner = new Examiner(api, new AllSources(logs, events), invocation.clock());
    this.stopper = new Stopper(api, invocation.clock(), sweep.spec());
    this.lease =
        new RunnerLease(api, sweep, Holder.self(invocation.environment()), invocation.clock());
    this.since = invocation.clock().instant();
  }

  /** The machine or pod that runs a sweep now; empty when none does. */
  public static Optional<String> host(Connection connection, String sweep, Instant now) {
    return RunnerLease.host(connection.client(), connection.namespace(), sweep, now);
  }

  /** What a sweep will take on this cluster, in a line: trials at once, time, GPU-hours. */
  public static String forecast(Connection connection, Sweep sweep) {
    return Forecast.of(connection.client(), sweep).text();
  }

  /**
   * Runs to the end.
   *
   * @return the sweep with all its results
   * @throws Problem when somebody stopped it, or the time is over
   */
  public Sweep run() throws InterruptedException {
    Patience patience = new Patience(invocation);
    try (RunnerLease _ = lease;
        SweepWatch watch =
            patience.insist(() -> new SweepWatch(api, sweep.namespace(), sweep.name()));
        LiveLogs live =
            new LiveLogs(logs, events, sweep.spec().objective().metric(), invocation.clock())) {
      while (!done) {
        long version = watch.changes().version();
        boolean well = patience.attempt(() -> step(watch, live));
        checkTime();
        if (well && !done) {
          watch.changes().await(version, TICK);
          watch.changes().settle(BREATH);
        }
      }
    } finally {
      board.close();
    }
    return sweep;
  }

  /** Whether somebody else runs the sweep, and this only shows it. */
  public boolean follows() {
    return follows;
  }

  private void checkTime() {
    Optional<Duration> longest = invocation.options().timeout();
    if (!done
        && longest.isPresent()
        && since.plus(longest.get()).isBefore(invocation.clock().instant())) {
      throw new Problem.TimedOut(
          Explanation.of(
                  "sweep "
                      + sweep.name()
                      + " has not ended within "
                      + longest.get().toSeconds()
                      + " s")
              .because("running trials go on, no new one starts")
              .next("mlk sweep resume " + sweep.name()));
    }
  }

  private void step(SweepWatch watch, LiveLogs live) {
    Map<String, Job> jobs = watch.jobs();
    replicas = watch.replicas();
    if (!lease.held()) {
      follow(jobs, live);
      return;
    }
    lead();
    met.addAll(jobs.keySet());
    reloadIfOneIsGone(jobs);
    if (search.settled()) {
      // What an ended job held is free before anybody has read what it says.
      fill(jobs);
    }
    collect(jobs, live);
    propose();
    fill(jobs);
    show(jobs, live);
    done = sweep.trials().stream().allMatch(trial -> trial.state().ended()) && next().isEmpty();
  }

  private void show(Map<String, Job> jobs, LiveLogs live) {
    Map<String, String> states = active(jobs);
    if (board.live() || stopper.active()) {
      live.update(
          jobs.values().stream()
              .filter(job -> job.state() == Job.State.RUNNING && states.containsKey(job.name()))
              .toList());
    }
    board.show(snapshot(states, live));
  }

  /** Somebody else runs the sweep: what they write down is shown. */
  private void follow(Map<String, Job> jobs, LiveLogs live) {
    if (!follows) {
      follows = true;
      invocation.note(
          lease.holder()
              + " runs this sweep; this command shows it, and goes on with it when that ends.");
    }
    Sweep before = sweep;
    sweep = store.get(sweep.name());
    refuseStopped();
    for (Trial trial : sweep.trials()) {
      boolean known =
          trial.number() <= before.trials().size()
              && before.trials().get(trial.number() - 1).state() == trial.state();
      if (!known && trial.state().ended()) {
        board.news(snapshot(active(jobs), live), trial);
      }
    }
    show(jobs, live);
  }

  /** What others have done meanwhile is read first. */
  private void lead() {
    if (follows) {
      follows = false;
      sweep = store.get(sweep.name());
      refuseStopped();
      created.clear();
      met.clear();
    }
  }

  private void refuseStopped() {
    if (sweep.stopped()) {
      throw new Problem.Interrupted(
          Explanation.of("sweep " + sweep.name() + " was stopped")
              .next("mlk sweep resume " + sweep.name()));
    }
  }

  private Snapshot snapshot(Map<String, String> states, LiveLogs live) {
    Map<String, Measures> numbers = new LinkedHashMap<>();
    states.keySet().forEach(name -> live.of(name).ifPresent(read -> numbers.put(name, read)));
    Duration elapsed = Duration.between(since, invocation.clock().instant());
    return new Snapshot(sweep, states, numbers, room.words(), elapsed);
  }

  /** A job that was there and is not any more: somebody deleted it, or stopped the sweep. */
  private void reloadIfOneIsGone(Map<String, Job> jobs) {
    boolean gone = false;
    for (Trial trial : sweep.trials()) {
      String name = trial.job(sweep.name());
      if (!trial.state().ended() && met.contains(name) && !jobs.containsKey(name)) {
        gone = true;
        met.remove(name);
        created.remove(name);
      }
    }
    if (gone) {
      sweep = store.get(sweep.name());
      refuseStopped();
    }
  }

  private void collect(Map<String, Job> jobs, LiveLogs live) {
    List<Trial> changed = new ArrayList<>();
    for (Trial trial : sweep.trials()) {
      Job job = jobs.get(trial.job(sweep.name()));
      if (!trial.state().ended() && job != null) {
        examiner
            .look(sweep, trial, job, replicas.getOrDefault(job.name(), List.of()))
            .ifPresent(changed::add);
      }
    }
    changed.addAll(stopper.decide(sweep.with(changed), jobs, live));
    if (!changed.isEmpty()) {
      sweep = store.save(sweep, changed);
      Snapshot snapshot =
          new Snapshot(
              sweep,
              active(jobs),
              Map.of(),
              room.words(),
              Duration.between(since, invocation.clock().instant()));
      changed.forEach(trial -> board.news(snapshot, trial));
    }
    stopper.clean(sweep, jobs);
  }

  /** Jobs of open trials that have not ended, with their states; also those just created. */
  private Map<String, String> active(Map<String, Job> jobs) {
    Map<String, String> active = new LinkedHashMap<>();
    for (Trial trial : sweep.trials()) {
      String name = trial.job(sweep.name());
      if (!trial.state().ended()) {
        Job job = jobs.get(name);
        if (job != null && !job.ended()) {
          active.put(name, job.state().text());
        } else if (job == null && created.contains(name)) {
          active.put(name, "Created");
        }
      }
    }
    return active;
  }

  private Optional<Point> next() {
    return sweep.trials().size() < sweep.spec().search().trials()
        ? search.next(History.of(sweep))
        : Optional.empty();
  }

  /** A search that learns proposes as many trials as may run, and no more. */
  private void propose() {
    if (search.settled()) {
      return;
    }
    refreshRoom();
    List<Trial> proposed = new ArrayList<>();
    long open = sweep.trials().stream().filter(trial -> !trial.state().ended()).count();
    Sweep grown = sweep;
    while (open < room.trials()) {
      Optional<Point> point =
          grown.trials().size() < grown.spec().search().trials()
              ? search.next(History.of(grown))
              : Optional.empty();
      if (point.isEmpty()) {
        break;
      }
      Trial trial = Trial.proposed(grown.trials().size() + 1, point.get());
      proposed.add(trial);
      grown = grown.with(List.of(trial));
      open++;
    }
    if (!proposed.isEmpty()) {
      sweep = store.save(sweep, proposed);
    }
  }

  private void refreshRoom() {
    Instant now = invocation.clock().instant();
    if (roomTime.isBefore(now.minus(ROOM_AGE))) {
      room = capacity.now(sweep, replicas);
      roomTime = now;
    }
  }

  /** Creates jobs while there is room. */
  private void fill(Map<String, Job> jobs) {
    List<Trial> waiting = new ArrayList<>();
    for (Trial trial : sweep.trials()) {
      String name = trial.job(sweep.name());
      if (!trial.state().ended() && !jobs.containsKey(name) && !created.contains(name)) {
        waiting.add(trial);
      }
    }
    if (!waiting.isEmpty()) {
      refreshRoom();
      int slots = room.trials() - active(jobs).size();
      for (int i = 0; i < Math.min(slots, waiting.size()); i++) {
        create(waiting.get(i));
      }
    }
  }

  private void create(Trial trial) {
    try {
      api.create(Resources.TFJOBS, sweep.namespace(), TrialJob.of(sweep, trial));
    } catch (ApiException e) {
      // Made by an earlier run whose news has not arrived: the name says that it is the same.
      if (!e.reason().equals("AlreadyExists")) {
        throw e;
      }
    }
    created.add(trial.job(sweep.name()));
  }
}
