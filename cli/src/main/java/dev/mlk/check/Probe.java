package dev.mlk.check;

import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The checks that cannot be made by reading: they create small objects and take them away again,
 * whatever happens. What a killed run left behind, the next one removes.
 */
final class Probe implements AutoCloseable {
  private static final String LABEL = "mlk.dev/probe";
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** Longer than any probe takes: what is older belongs to nobody. */
  private static final Duration LEFT_BEHIND = Duration.ofMinutes(10);

  private static final Set<String> NOT_PULLED =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");

  private record Made(Resource resource, String name) {}

  private final ApiClient client;
  private final String namespace;
  private final InstantSource clock;
  private final Duration patience;
  private final List<String> images;
  private final List<Made> made = new ArrayList<>();
  private boolean over;
  private final Thread hook = new Thread(this::remove, "probe-removal");

  /**
   * A probe in one namespace.
   *
   * @param patience how long each thing may take
   * @param images the images that jobs will need
   */
  Probe(
      ApiClient client,
      String namespace,
      InstantSource clock,
      Duration patience,
      List<String> images) {
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
    this.patience = patience;
    this.images = images;
  }

  /** What it finds out; nothing is created before one of them looks. */
  List<Check<Facts>> checks() {
    Runtime.getRuntime().addShutdownHook(hook);
    sweepUp();
    List<Check<Facts>> checks = new ArrayList<>();
    checks.add(
        new Check<>("probe", "operator", "an operator looks after a new job", _ -> operator()));
    checks.add(
        new Check<>("probe", "claim", "a ReadWriteMany claim is bound and mounted", _ -> claim()));
    for (String image : images) {
      checks.add(new Check<>("probe", "image", "the image can be pulled", _ -> image(image)));
    }
    return checks;
  }

  /** Removes what an earlier run could not. */
  private void sweepUp() {
    Instant limit = clock.instant().minus(LEFT_BEHIND);
    for (Resource resource : List.of(Resources.TFJOBS, Resources.PODS, Resources.VOLUME_CLAIMS)) {
      try {
        for (JsonNode left :
            client.list(resource, namespace, Map.of("labelSelector", LABEL)).path("items")) {
          JsonNode metadata = left.path("metadata");
          if (Instant.parse(metadata.path("creationTimestamp").asString("")).isBefore(limit)) {
            client.deleteIfThere(resource, namespace, metadata.path("name").asString(""));
          }
        }
      } catch (ApiException e) {
        if (e.code() != 403 && !e.notFound()) {
          throw e;
        }
      }
    }
  }

  /** A suspended job has no pods, yet the operator gives it a condition. */
  private List<Verdict> operator() {
    return trying(
        "tfjob",
        Resources.TFJOBS,
        ProbeObjects.suspendedJob(),
        job -> {
          Optional<JsonNode> seen =
              until(Resources.TFJOBS, job, j -> !j.path("status").path("conditions").isEmpty());
          return seen.isPresent()
              ? Verdict.pass("a new TFJob got its first condition from an operator")
              : Verdict.fail(
                  "tfjob/" + job,
                  "a new TFJob has no condition after " + patience.toSeconds() + " s",
                  "an operator that looks after namespace " + namespace,
                  "mlk cluster check --only tfjob says which operator there is");
        });
  }

  private List<Verdict> claim() {
    return trying(
        "claim",
        Resources.VOLUME_CLAIMS,
        ProbeObjects.sharedClaim(),
        claim -> {
          ObjectNode pod = ProbeObjects.pod(images.getFirst());
          ProbeObjects.mount(pod, claim);
          String name = create(Resources.PODS, pod);
          Optional<JsonNode> bound =
              until(
                  Resources.VOLUME_CLAIMS,
                  claim,
                  c -> c.path("status").path("phase").asString("").equals("Bound"));
          if (bound.isEmpty()) {
            return Verdict.fail(
                "persistentvolumeclaim/" + claim,
                "a ReadWriteMany claim is not bound after "
                    + patience.toSeconds()
                    + " s: "
                    + event(claim),
                "a default class that gives volumes several nodes can write",
                "jobs of one worker only need ReadWriteOnce; for more, install an NFS provisioner");
          }
          Optional<JsonNode> placed = until(Resources.PODS, name, Probe::hasNode);
          return placed.isPresent()
              ? Verdict.pass("a ReadWriteMany claim was bound and a pod with it got a node")
              : Verdict.fail(
                  "pod/" + name,
                  "a pod with the claim has no node after " + patience.toSeconds() + " s",
                  "a node that can mount it",
                  "kubectl -n " + namespace + " get events");
        });
  }

  private List<Verdict> image(String image) {
    return trying(
        "pod",
        Resources.PODS,
        ProbeObjects.pod(image),
        pod -> {
          Optional<JsonNode> end = until(Resources.PODS, pod, Probe::pullIsDecided);
          String reason = end.map(Probe::waiting).orElse("");
          if (end.isEmpty()) {
            return Verdict.warn(
                "image/" + image,
                image + ": not decided after " + patience.toSeconds() + " s: " + event(pod),
                "a pull, or a refusal",
                "kubectl -n " + namespace + " get events --field-selector reason=Failed");
          }
          return NOT_PULLED.contains(reason)
              ? Verdict.fail(
                  "image/" + image,
                  image + " cannot be pulled (" + reason + "): " + message(end.get()),
                  "an image that every node can pull",
                  "mlk tfjob submit FILE --set image=YOUR/IMAGE")
              : Verdict.pass("image/" + image, image + " can be pulled");
        });
  }

  /** Creates the object, looks, and takes it away; a refusal is what was found out. */
  private List<Verdict> trying(
      String what, Resource resource, ObjectNode object, Function<String, Verdict> look) {
    try {
      return List.of(look.apply(create(resource, object)));
    } catch (ApiException e) {
      if (lacksRight(e)) {
        return List.of(
            Verdict.skip("you may not create a " + what + " in namespace " + namespace, ""));
      }
      return List.of(
          Verdict.fail(
              "",
              "the server refuses a " + what + ": " + e.getMessage(),
              "the server takes it",
              "mlk cluster check --only limits,rights"));
    }
  }

  /** Whether a request was refused for want of a right, and not by a quota, policy or webhook. */
  static boolean lacksRight(ApiException e) {
    return e.code() == 403
        && e.reason().equals("Forbidden")
        && e.getMessage().contains(" cannot create resource ");
  }

  /** Under the lock, so that nothing is created once everything was taken away. */
  private String create(Resource resource, ObjectNode object) {
    ((ObjectNode) object.path("metadata")).putObject("labels").put(LABEL, "true");
    synchronized (made) {
      if (over) {
        throw new IllegalStateException("the probe is over");
      }
      String name =
          client.create(resource, namespace, object).path("metadata").path("name").asString("");
      made.addFirst(new Made(resource, name));
      return name;
    }
  }

  private Optional<JsonNode> until(Resource resource, String name, Function<JsonNode, Boolean> is) {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      ObjectNode object = client.get(resource, namespace, name);
      if (is.apply(object)) {
        return Optional.of(object);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return Optional.empty();
  }

  private static boolean hasNode(JsonNode pod) {
    return !pod.path("spec").path("nodeName").asString("").isEmpty();
  }

  private static boolean pullIsDecided(JsonNode pod) {
    JsonNode state = pod.path("status").path("containerStatuses").path(0).path("state");
    return state.has("running")
        || state.has("terminated")
        || NOT_PULLED.contains(waiting(pod))
        // The image is there when the kubelet complains of what comes after the pull.
        || Set.of("CreateContainerError", "RunContainerError", "CrashLoopBackOff")
            .contains(waiting(pod));
  }

  private static String waiting(JsonNode pod) {
    return pod.at("/status/containerStatuses/0/state/waiting/reason").asString("");
  }

  private static String message(JsonNode pod) {
    return pod.at("/status/containerStatuses/0/state/waiting/message").asString("no message");
  }

  /** The last event about an object of that name. */
  private String event(String name) {
    try {
      JsonNode items =
          client
              .list(
                  Resources.EVENTS,
                  namespace,
                  Map.of("fieldSelector", "involvedObject.name=" + name))
              .path("items");
      return items.isEmpty()
          ? "no event says why"
          : items.path(items.size() - 1).path("message").asString("");
    } catch (ApiException e) {
      return "events may not be read";
    }
  }

  private void remove() {
    List<Made> all;
    synchronized (made) {
      over = true;
      all = List.copyOf(made);
      made.clear();
    }
    ObjectNode now = Json.object();
    now.put("gracePeriodSeconds", 0);
    List<String> left = new ArrayList<>();
    String why = "";
    for (Made one : all) {
      try {
        client.delete(one.resource, namespace, one.name, now);
      } catch (ApiException e) {
        if (!e.notFound()) {
          left.add(one.resource.qualifiedName() + "/" + one.name);
          why = e.getMessage();
        }
      }
    }
    if (!left.isEmpty()) {
      throw new Problem.NotAllowed(
          Explanation.of("the probe could not take away " + String.join(", ", left))
              .because(why)
              .next("kubectl delete -n " + namespace + " " + String.join(" ", left)));
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // on its way out: the hook does it
    }
    remove();
  }
}
