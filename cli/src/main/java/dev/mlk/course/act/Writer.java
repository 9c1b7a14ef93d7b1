package dev.mlk.course.act;

import dev.mlk.course.check.Kinds;
import dev.mlk.facts.Reader;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.JsonText;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/** Brings objects to the cluster and takes them away, each with the mark of the course. */
public final class Writer {
  /** The label of all that the course made; its value is the module. */
  public static final String OWNED = "mlk.dev/owned";

  /** The annotation that names the step. */
  static final String STEP = "mlk.dev/step";

  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** The label of a learner's namespace. */
  public static final String LEARNER = "mlk.dev/learner";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 100;

  private final ApiClient api;
  private final Reader reader;
  private final String namespace;
  private final InstantSource clock;

  /** Writes to the learner's namespace of a cluster. */
  public Writer(ApiClient api, String namespace, InstantSource clock) {
    this.api = api;
    this.reader = new Reader(api);
    this.namespace = namespace;
    this.clock = clock;
  }

  /** The resource of an object. */
  Resource resource(String apiVersion, String kind) {
    return Kinds.find(reader, apiVersion, kind)
        .orElseThrow(
            () ->
                new Problem.BadInput(
                    Explanation.of(
                        "this cluster knows no "
                            + kind
                            + (apiVersion.isEmpty() ? "" : " of " + apiVersion))));
  }

  /** Marks an object as the course's and sees to its namespace. */
  void mark(Resource resource, ObjectNode object, String module, String step) {
    ObjectNode metadata = object.withObject("metadata");
    if (resource.namespaced() && metadata.path("namespace").asString("").isEmpty()) {
      metadata.put("namespace", namespace);
    }
    // As kubectl does it: a learner's own kubectl apply then takes away what is no more in the
    // file.
    String applied = Json.writeLine(object);
    metadata.withObject("labels").put(OWNED, module);
    metadata.withObject("annotations").put(STEP, step).put(APPLIED, applied);
  }

  /** Makes the learner's namespace when it is not there. */
  public void namespace(String module) {
    if (api.find(Resources.NAMESPACES, "", namespace).isPresent()) {
      return;
    }
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
    ObjectNode metadata = object.putObject("metadata").put("name", namespace);
    metadata.putObject("labels").put(OWNED, module);
    try {
      api.create(Resources.NAMESPACES, "", object);
    } catch (ApiException e) {
      if (!e.conflict()) {
        throw e;
      }
    }
    // The API server refuses pods of a namespace whose default account is not there yet.
    await(
        "the namespace " + namespace,
        () -> api.find(Resources.SERVICE_ACCOUNTS, namespace, "default").isPresent());
  }

  /** Deletes the learner's namespace and all that is in it. */
  public void removeNamespace() {
    delete(Resources.NAMESPACES, "", namespace);
  }

  /** Takes the learner's name from the namespace. */
  void unclaim() {
    if (api.find(Resources.NAMESPACES, "", namespace).isPresent()) {
      ObjectNode patch = Json.object();
      patch.putObject("metadata").putObject("labels").putNull(LEARNER);
      patch(Resources.NAMESPACES, "", namespace, "", patch);
    }
  }

  /** Applies an object; one that cannot be changed so is made anew. */
  void apply(Resource resource, ObjectNode object, boolean dry) {
    String where = object.path("metadata").path("namespace").asString("");
    String name = object.path("metadata").path("name").asString("");
    Request request =
        Request.of("PATCH", resource.path(resource.namespaced() ? where : "", name))
            .query("fieldManager", "mlk")
            .query("force", "true")
            .query("fieldValidation", "Strict")
            .body("application/apply-patch+yaml", JsonText.bytes(object));
    try {
      api.call(dry ? request.query("dryRun", "All") : request);
    } catch (ApiException e) {
      if (e.code() != 422 || !e.getMessage().contains("immutable") || dry) {
        throw e;
      }
      delete(resource, where, name);
      api.call(request);
    }
  }

  /** Deletes an object and waits until it is gone. */
  void delete(Resource resource, String where, String name) {
    String in = resource.namespaced() ? where.isEmpty() ? namespace : where : "";
    Optional<ObjectNode> there = api.find(resource, in, name);
    if (there.isEmpty()) {
      return;
    }
    String uid = uid(there.get());
    try {
      api.delete(resource, in, name, Json.object().put("propagationPolicy", "Background"));
    } catch (ApiException e) {
      if (!e.notFound()) {
        throw e;
      }
    }
    await(
        resource.kind() + " " + name + " to go",
        () -> api.find(resource, in, name).filter(now -> uid(now).equals(uid)).isEmpty());
  }

  private static String uid(ObjectNode object) {
    return object.path("metadata").path("uid").asString("");
  }

  /** Patches an object, or a subresource of it. */
  void patch(Resource resource, String where, String name, String subresource, ObjectNode merge) {
    String in = resource.namespaced() ? where.isEmpty() ? namespace : where : "";
    String path =
        subresource.isEmpty() ? resource.path(in, name) : resource.path(in, name, subresource);
    api.patch(path, ApiClient.PatchType.MERGE, merge);
  }

  /** Waits until something is so. */
  private void await(String what, BooleanSupplier so) {
    await(what, PATIENCE, so);
  }

  /** Waits until something is so, at most so long. */
  void await(String what, Duration patience, BooleanSupplier so) {
    Instant end = clock.instant().plus(patience);
    try {
      while (!so.getAsBoolean()) {
        if (clock.instant().isAfter(end)) {
          throw new Problem.TimedOut(
              Explanation.of("waited " + patience.toSeconds() + " s for " + what));
        }
        // Nothing counts it down: a pause that an interruption ends.
        boolean _ = new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem.Interrupted(Explanation.of("gave up waiting for " + what));
    }
  }
}
