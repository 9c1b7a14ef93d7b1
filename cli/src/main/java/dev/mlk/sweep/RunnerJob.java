package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.manifest.Document;
import dev.mlk.manifest.ManifestReader;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Job that runs a sweep in the cluster, so that it goes on when the laptop closes. */
final class RunnerJob {
  private static final String FILE = "runner.yaml";

  /** The image of mlk that the practice cluster has. */
  private static final String PRACTICE_IMAGE = "mlk/mlk:0.1";

  private static final Map<String, Resource> KINDS =
      Map.of(
          "ServiceAccount",
          Resources.SERVICE_ACCOUNTS,
          "Role",
          Resource.namespaced("rbac.authorization.k8s.io", "v1", "roles", "Role"),
          "RoleBinding",
          Resource.namespaced("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding"),
          "Job",
          Resources.JOBS);

  /**
   * How it is to run.
   *
   * @param image the image of mlk; empty for that of the practice cluster
   * @param account a service account that is there already; empty for one of its own
   */
  record Wish(String image, String account) {
    /**
     * Refuses what cannot be, before anything is created.
     *
     * @throws Problem.Usage when nobody knows an image
     */
    void require(Connection connection) {
      if (image.isEmpty() && connection.practice().isEmpty()) {
        throw new Problem.Usage(
            Explanation.of("--detach needs the name of an image that has mlk")
                .because("the runner is a pod, and this is no practice cluster, which has one")
                .next("build images/mlk/Dockerfile, push it, and add --runner-image IMAGE"));
      }
    }
  }

  private final ApiClient api;
  private final Sweep sweep;

  RunnerJob(ApiClient api, Sweep sweep) {
    this.api = api;
    this.sweep = sweep;
  }

  static String name(String sweep) {
    return "sweep-" + sweep + "-runner";
  }

  /** Creates what is missing. Whether a runner was there already, and runs. */
  boolean start(Wish wish) {
    Optional<ObjectNode> there;
    try {
      there = api.find(Resources.JOBS, sweep.namespace(), name(sweep.name()));
    } catch (ApiException e) {
      throw e.code() == 403 ? refused("look at Jobs", e) : e;
    }
    if (there.isPresent() && !over(there.get())) {
      return true;
    }
    if (there.isPresent()) {
      delete(api, sweep.namespace(), sweep.name());
    }
    for (ObjectNode object : objects(wish)) {
      create(object);
    }
    return false;
  }

  private static boolean over(JsonNode job) {
    for (JsonNode condition : job.path("status").path("conditions")) {
      String type = condition.path("type").asString("");
      boolean end = type.equals("Complete") || type.equals("Failed");
      if (end && condition.path("status").asString("").equals("True")) {
        return true;
      }
    }
    return job.path("metadata").has("deletionTimestamp");
  }

  /** Everything to create, in order. */
  List<ObjectNode> objects(Wish wish) {
    byte[] text = text().replace("SWEEP", sweep.name()).getBytes(StandardCharsets.UTF_8);
    List<ObjectNode> objects = new ArrayList<>();
    for (Document document : ManifestReader.read(FILE, text).documents()) {
      if (wish.account.isEmpty() || document.kind().equals("Job")) {
        fill(document.object(), wish);
        objects.add(document.object());
      }
    }
    return objects;
  }

  private void fill(ObjectNode object, Wish wish) {
    ObjectNode metadata = object.withObjectProperty("metadata");
    metadata.put("namespace", sweep.namespace());
    metadata.withObjectProperty("labels").put("app.kubernetes.io/managed-by", "mlk");
    metadata.putArray("ownerReferences").add(SweepStore.owner(sweep));
    if (object.path("kind").asString("").equals("Job")) {
      ObjectNode pod = (ObjectNode) object.path("spec").path("template").path("spec");
      ((ObjectNode) pod.path("containers").path(0))
          .put("image", wish.image.isEmpty() ? PRACTICE_IMAGE : wish.image);
      if (!wish.account.isEmpty()) {
        pod.put("serviceAccountName", wish.account);
      }
    }
  }

  private static String text() {
    try (InputStream stream = RunnerJob.class.getResourceAsStream(FILE)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create(ObjectNode object) {
    String kind = object.path("kind").asString("");
    try {
      api.create(KINDS.get(kind), sweep.namespace(), object);
    } catch (ApiException e) {
      if (e.code() == 403) {
        throw refused("create its " + kind, e);
      }
      if (!e.reason().equals("AlreadyExists")) {
        throw e;
      }
    }
  }

  private static Problem refused(String what, ApiException e) {
    return new Problem.NotAllowed(
        Explanation.of("the sweep's runner cannot be made: you may not " + what)
            .because(e.getMessage())
            .next("the same command without --detach runs the sweep from here")
            .next("--runner-account NAME takes a service account that somebody made for you"));
  }

  /** Deletes the Job with its pod; what it needed goes with the sweep. */
  static void delete(ApiClient api, String namespace, String sweep) {
    try {
      ObjectNode withPods = Json.object().put("propagationPolicy", "Background");
      api.delete(Resources.JOBS, namespace, name(sweep), withPods);
    } catch (ApiException e) {
      // Somebody who has no rights on Jobs has made none.
      if (!e.notFound() && e.code() != 403) {
        throw e;
      }
    }
  }
}
