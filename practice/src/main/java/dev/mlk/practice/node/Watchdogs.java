package dev.mlk.practice.node;

import dev.mlk.practice.node.probe.Outcome;
import dev.mlk.practice.node.probe.Probe;
import dev.mlk.practice.node.probe.ProbeAction;
import dev.mlk.practice.node.probe.ProbeTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Probes and hooks of a pod's containers. */
final class Watchdogs {
  private static final class Watch {
    private final List<Prober> probers = new ArrayList<>();
    private boolean stopping;
  }

  private final NodeRoom room;
  private final PodRef pod;
  private final Runnable wake;
  private final Map<ContainerSlot, Watch> watches = new HashMap<>();

  /** What probes found, to be done by the pod's worker. */
  private final Queue<Runnable> findings = new ConcurrentLinkedQueue<>();

  Watchdogs(NodeRoom room, PodRef pod, Runnable wake) {
    this.room = room;
    this.pod = pod;
    this.wake = wake;
  }

  void settle() {
    for (Runnable finding = findings.poll(); finding != null; finding = findings.poll()) {
      finding.run();
    }
  }

  /** Begins to watch a run: the startup probe first, the others after it. */
  void start(ContainerSlot slot, Run run) {
    Watch watch = new Watch();
    watches.put(slot, watch);
    ProbeTarget target = new RunTarget(room, pod, slot, run);
    postStart(slot, run, watch, target);
    Optional<Probe> startup =
        simulated(run) ? Optional.empty() : Probe.of(slot.spec(), "startupProbe");
    if (startup.isEmpty()) {
      started(slot, run, watch, target);
      return;
    }
    slot.started = false;
    slot.ready = false;
    watch.probers.add(
        new Prober(
            room,
            startup.get(),
            target,
            outcome -> told(slot, "Startup", outcome),
            well ->
                find(
                    watch,
                    () -> {
                      if (well) {
                        watch.probers.forEach(Prober::stop);
                        watch.probers.clear();
                        started(slot, run, watch, target);
                      } else {
                        restart(slot, run, watch, "startup");
                      }
                    })));
  }

  private void started(ContainerSlot slot, Run run, Watch watch, ProbeTarget target) {
    slot.started = true;
    Optional<Probe> readiness =
        simulated(run) ? Optional.empty() : Probe.of(slot.spec(), "readinessProbe");
    Optional<Probe> liveness =
        simulated(run) ? Optional.empty() : Probe.of(slot.spec(), "livenessProbe");
    slot.ready = readiness.isEmpty();
    readiness.ifPresent(
        probe ->
            watch.probers.add(
                new Prober(
                    room,
                    probe,
                    target,
                    outcome -> told(slot, "Readiness", outcome),
                    well -> find(watch, () -> slot.ready = well))));
    liveness.ifPresent(
        probe ->
            watch.probers.add(
                new Prober(
                    room,
                    probe,
                    target,
                    outcome -> told(slot, "Liveness", outcome),
                    well ->
                        find(
                            watch,
                            () -> {
                              if (!well) {
                                restart(slot, run, watch, "liveness");
                              }
                            }))));
  }

  private static boolean simulated(Run run) {
    return run.root().isEmpty();
  }

  private void find(Watch watch, Runnable finding) {
    findings.add(
        () -> {
          if (!watch.stopping) {
            finding.run();
          }
        });
    wake.run();
  }

  private void restart(ContainerSlot slot, Run run, Watch watch, String probe) {
    if (!stop(slot)) {
      return;
    }
    watch.stopping = true;
    room.events()
        .normal(
            pod.about(slot.list(), slot.name()),
            "Killing",
            "Container "
                + slot.name()
                + " failed "
                + probe
                + " probe"
                + (slot.restartable() ? ", will be restarted" : ""));
    JsonNode own = slot.spec().path(probe + "Probe").path("terminationGracePeriodSeconds");
    end(slot, run, own.isNumber() ? Duration.ofSeconds(own.asLong()) : slot.grace());
  }

  private void end(ContainerSlot slot, Run run, Duration grace) {
    preStop(slot, run, run.workload()::terminate);
    room.ticker().after(grace, () -> room.executor().execute(run.workload()::kill));
  }

  private void told(ContainerSlot slot, String probe, Outcome outcome) {
    String text =
        switch (outcome.result()) {
          case SUCCESS, WARNING -> " probe warning: ";
          case FAILURE -> " probe failed: ";
          case ERROR -> " probe errored and resulted in unknown state: ";
        };
    room.events()
        .warning(
            pod.about(slot.list(), slot.name()),
            outcome.well() ? "ProbeWarning" : "Unhealthy",
            probe + text + outcome.message());
  }

  /** Ends the watching. Returns whether this is the first time. */
  boolean stop(ContainerSlot slot) {
    Watch watch = watches.get(slot);
    if (watch == null || watch.stopping) {
      return false;
    }
    watch.stopping = true;
    watch.probers.forEach(Prober::stop);
    return true;
  }

  private void postStart(ContainerSlot slot, Run run, Watch watch, ProbeTarget target) {
    Optional<ProbeAction> hook = ProbeAction.of(slot.spec().path("lifecycle").path("postStart"));
    slot.hooking = hook.isPresent();
    if (hook.isEmpty()) {
      return;
    }
    Consumer<Boolean> then =
        well -> {
          slot.hooking = false;
          find(
              watch,
              () -> {
                if (!well && stop(slot)) {
                  hookFailed(slot, run);
                }
              });
        };
    if (hook.get() instanceof ProbeAction.Sleep sleep) {
      room.ticker().after(sleep.duration(), () -> then.accept(true));
    } else {
      room.executor().execute(() -> then.accept(well(hook.get(), target)));
    }
  }

  private void hookFailed(ContainerSlot slot, Run run) {
    JsonNode about = pod.about(slot.list(), slot.name());
    room.events().warning(about, "FailedPostStartHook", "PostStartHook failed");
    room.events().normal(about, "Killing", "FailedPostStartHook");
    end(slot, run, slot.grace());
  }

  /** Runs the preStop hook, if there is one, and what comes after it. */
  void preStop(ContainerSlot slot, Run run, Runnable then) {
    Runnable done =
        () -> {
          slot.hookDone = true;
          then.run();
        };
    Optional<ProbeAction> hook = ProbeAction.of(slot.spec().path("lifecycle").path("preStop"));
    if (hook.isEmpty()) {
      done.run();
    } else if (hook.get() instanceof ProbeAction.Sleep sleep) {
      room.ticker().after(sleep.duration(), done);
    } else {
      room.executor()
          .execute(
              () -> {
                if (!well(hook.get(), new RunTarget(room, pod, slot, run))) {
                  room.events()
                      .warning(
                          pod.about(slot.list(), slot.name()),
                          "FailedPreStopHook",
                          "PreStopHook failed");
                }
                done.run();
              });
    }
  }

  /** A hook over HTTP only has to be answered; a command has to succeed. */
  private static boolean well(ProbeAction hook, ProbeTarget target) {
    try {
      Outcome outcome = hook.run(target, Duration.ofMinutes(10), "kube-lifecycle/1.35");
      return outcome.well() || outcome.message().startsWith("HTTP probe failed with statuscode");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
