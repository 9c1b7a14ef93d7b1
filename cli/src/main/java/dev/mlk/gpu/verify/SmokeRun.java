package dev.mlk.gpu.verify;

import dev.mlk.facts.Nodes;
import dev.mlk.format.Json;
import dev.mlk.job.Replica;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs smoke pods and takes them away again, whatever happens: at the end, on Ctrl-C, and, when
 * this process is killed, by the deadline and the time to live that each Job carries.
 */
final class SmokeRun implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  /** As long as a scheduler may need to see that somebody else's GPU has become free. */
  private static final Duration UNSCHEDULED = Duration.ofSeconds(10);

  private static final Duration WORTH_A_LINE = Duration.ofSeconds(5);
  private static final String LOG_LIMIT = "1048576";

  /** What the pod of a place waits for, since when, and whether the user was told. */
  private record Wait(String what, Duration since, boolean told) {}

  private final ApiClient client;
  private final String namespace;
  private final String run;
  private final Duration patience;
  private final BiConsumer<Integer, String> progress;
  private final List<String> jobs = new ArrayList<>();
  private final Map<Integer, SmokeEnd> ends = new HashMap<>();
  private final Map<Integer, Wait> waits = new HashMap<>();
  private boolean removed;
  private final Thread hook = new Thread(this::remove, "smoke-removal");

  /**
   * A run.
   *
   * @param run the value of the label {@link SmokeJob#RUN}
   * @param patience how long all of it may take
   * @param progress is told what the pod of a place waits for, when that lasts
   */
  SmokeRun(
      ApiClient client,
      String namespace,
      String run,
      Duration patience,
      BiConsumer<Integer, String> progress) {
    this.client = client;
    this.namespace = namespace;
    this.run = run;
    this.patience = patience;
    this.progress = progress;
  }

  /** Runs the Jobs at the same time; how each ended, by its place in the list. */
  Map<Integer, SmokeEnd> run(List<SmokeJob> wanted) {
    Runtime.getRuntime().addShutdownHook(hook);
    long start = System.nanoTime();
    Map<Integer, String> names = new HashMap<>();
    for (int place = 0; place < wanted.size(); place++) {
      create(place, wanted.get(place), names);
    }
    Duration pause = FIRST_PAUSE;
    while (ends.size() < wanted.size()) {
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      look(names, took);
      if (took.compareTo(patience) > 0) {
        giveUp(wanted.size());
      }
      LockSupport.parkNanos(ends.size() == wanted.size() ? 0 : pause.toNanos());
      pause = took.compareTo(LONGEST_PAUSE.multipliedBy(20)) > 0 ? LONGEST_PAUSE : FIRST_PAUSE;
    }
    return ends;
  }

  private void create(int place, SmokeJob wanted, Map<Integer, String> names) {
    ObjectNode job;
    try {
      synchronized (jobs) {
        if (removed) {
          return;
        }
        job = client.create(Resources.JOBS, namespace, wanted.job());
        names.put(place, Nodes.name(job));
        jobs.add(Nodes.name(job));
      }
    } catch (ApiException e) {
      ends.put(place, refused(e, Resources.JOBS));
      return;
    }
    try {
      for (ObjectNode template : wanted.templates()) {
        // The Job's own, so that it goes when the Job goes, whoever removes that.
        ((ObjectNode) template.path("metadata"))
            .putArray("ownerReferences")
            .addObject()
            .put("apiVersion", "batch/v1")
            .put("kind", "Job")
            .put("name", Nodes.name(job))
            .put("uid", job.at("/metadata/uid").asString(""));
        client.create(wanted.kind(), namespace, template);
      }
    } catch (ApiException e) {
      ends.put(place, refused(e, wanted.kind()));
    }
  }

  private static SmokeEnd refused(ApiException e, Resource kind) {
    return e.code() == 403 && e.getMessage().contains(" cannot create resource ")
        ? new SmokeEnd.NotAllowed("create " + kind.qualifiedName())
        : new SmokeEnd.NotRun(
            "the server refuses its " + kind.kind() + ": " + e.getMessage(),
            "the server takes it",
            "mlk cluster check --only limits,rights");
  }

  private void look(Map<Integer, String> names, Duration took) {
    ObjectNode list =
        client.list(Resources.PODS, namespace, Map.of("labelSelector", SmokeJob.RUN + "=" + run));
    List<Integer> seen = new ArrayList<>();
    for (JsonNode pod : list.path("items")) {
      int place =
          Integer.parseInt(pod.path("metadata").path("labels").path(SmokeJob.PLACE).asString("-1"));
      seen.add(place);
      if (!ends.containsKey(place)) {
        look(place, pod, took);
      }
    }
    for (Map.Entry<Integer, String> job : names.entrySet()) {
      if (!ends.containsKey(job.getKey()) && !seen.contains(job.getKey())) {
        withoutPod(job.getKey(), job.getValue());
      }
    }
  }

  private void look(int place, JsonNode pod, Duration took) {
    Replica view = new Replica(pod);
    boolean failed = view.phase().equals("Failed");
    if (view.phase().equals("Succeeded") || failed) {
      List<SmokeLog> logs = new ArrayList<>();
      for (JsonNode container : pod.path("spec").path("containers")) {
        logs.add(log(view.podName(), container.path("name").asString("")));
      }
      ends.put(
          place,
          new SmokeEnd.Ran(
              view.podName(), view.node(), logs, failed ? PodTrouble.failure(pod) : ""));
      return;
    }
    Optional<PodTrouble> trouble = PodTrouble.of(pod);
    trouble.ifPresent(
        now -> {
          boolean stays = view.node().isEmpty() && took.compareTo(UNSCHEDULED) > 0;
          if (now.hopeless() || stays) {
            ends.put(place, new SmokeEnd.NotRun(now.why(), now.expected(), now.next()));
          }
        });
    tell(place, trouble.map(PodTrouble::why).orElse("the smoke program runs"), took);
  }

  /** What passes by itself in a moment is not worth a line. */
  private void tell(int place, String what, Duration took) {
    Wait before = waits.get(place);
    if (before == null || !before.what.equals(what)) {
      waits.put(place, new Wait(what, took, false));
    } else if (!before.told && took.minus(before.since).compareTo(WORTH_A_LINE) > 0) {
      waits.put(place, new Wait(what, before.since, true));
      progress.accept(place, what);
    }
  }

  /** The Job controller says in an event what keeps it from making the pod: a quota, a policy. */
  private void withoutPod(int place, String job) {
    JsonNode items =
        client
            .list(
                Resources.EVENTS, namespace, Map.of("fieldSelector", "involvedObject.name=" + job))
            .path("items");
    for (JsonNode event : items) {
      if (event.path("reason").asString("").equals("FailedCreate")) {
        String message = event.path("message").asString("");
        ends.put(
            place,
            new SmokeEnd.NotRun(
                "its pod was refused: " + message,
                "namespace " + namespace + " takes the pod",
                message.contains("quota")
                    ? "kubectl describe quota -n " + namespace
                    : "mlk cluster check --only limits"));
      }
    }
  }

  private void giveUp(int places) {
    for (int place = 0; place < places; place++) {
      ends.putIfAbsent(
          place,
          new SmokeEnd.NotRun(
              "not done after "
                  + patience.toSeconds()
                  + " s: "
                  + (waits.containsKey(place) ? waits.get(place).what : "its Job has no pod"),
              "an end within the time",
              "mlk gpu verify --timeout " + Math.max(1, patience.toMinutes() * 2) + "m"));
    }
  }

  private SmokeLog log(String pod, String container) {
    Request request =
        Request.of("GET", Resources.PODS.path(namespace, pod, "log"))
            .query("container", container)
            .query("limitBytes", LOG_LIMIT);
    try (Reply reply = client.open(request)) {
      return SmokeLog.parse(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ApiException e) {
      return new SmokeLog(List.of(), List.of("its log cannot be read: " + e.getMessage()));
    }
  }

  private void remove() {
    List<String> all;
    synchronized (jobs) {
      removed = true;
      all = List.copyOf(jobs);
      jobs.clear();
    }
    ObjectNode withPods = Json.object().put("propagationPolicy", "Background");
    for (String job : all) {
      try {
        client.delete(Resources.JOBS, namespace, job, withPods);
      } catch (ApiException e) {
        if (!e.notFound()) {
          throw e;
        }
      }
    }
  }

  /** Takes everything away and waits, a little, until it is gone. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // on its way out: the hook does it
    }
    remove();
    long end = System.nanoTime() + FAREWELL.toNanos();
    Map<String, String> ours = Map.of("labelSelector", SmokeJob.RUN + "=" + run);
    while (System.nanoTime() < end
        && !client.list(Resources.PODS, namespace, ours).path("items").isEmpty()) {
      LockSupport.parkNanos(FIRST_PAUSE.toNanos());
    }
  }
}
