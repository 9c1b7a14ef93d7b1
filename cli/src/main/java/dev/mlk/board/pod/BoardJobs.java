package dev.mlk.board.pod;

import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Jobs of boards in a namespace. Who looks at the same logs shares one: each process that does
 * has an annotation on it, and whoever leaves last takes it away.
 */
final class BoardJobs {
  /** What the names of those annotations begin with; their values are {@link StartedBy#text}. */
  static final String LOOKER = "looks.mlk.dev/";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final ApiClient client;
  private final String namespace;
  private final StartedBy self;

  BoardJobs(ApiClient client, String namespace, StartedBy self) {
    this.client = client;
    this.namespace = namespace;
    this.self = self;
  }

  /**
   * What {@link #join} came to.
   *
   * @param job the Job as the cluster has it
   * @param created whether it was not there before
   */
  record Joined(ObjectNode job, boolean created) {}

  /** Creates the Job, or joins those who look at the one of the same name. */
  Joined join(ObjectNode job) {
    ObjectNode mine = job.deepCopy();
    mine.withObjectProperty("metadata").setAll(looking(self.text()));
    String name = name(job);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return new Joined(client.create(Resources.JOBS, namespace, mine), true);
      } catch (ApiException e) {
        if (!e.conflict() || System.nanoTime() > deadline) {
          throw e;
        }
      }
      Optional<ObjectNode> known = client.find(Resources.JOBS, namespace, name);
      if (known.isPresent() && usable(known.get())) {
        try {
          return new Joined(annotate(name, self.text()), false);
        } catch (ApiException e) {
          if (!e.notFound()) {
            throw e;
          }
        }
      } else if (known.isPresent()) {
        delete(known.get());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static String name(JsonNode job) {
    return job.path("metadata").path("name").asString("");
  }

  private static boolean usable(JsonNode job) {
    boolean usable = !job.path("metadata").has("deletionTimestamp");
    for (JsonNode condition : job.path("status").path("conditions")) {
      usable &= !condition.path("status").asString("").equals("True");
    }
    return usable;
  }

  /** Leaves a Job, and takes it away when nobody else looks at it. */
  void leave(String name) {
    try {
      while (true) {
        ObjectNode left = annotate(name, null);
        if (looked(left) || delete(left)) {
          return;
        }
      }
    } catch (ApiException e) {
      if (!e.notFound()) {
        throw e;
      }
    }
  }

  /** Takes away what runs of this machine left behind that were killed. */
  void removeLeft(Consumer<String> progress) {
    JsonNode jobs;
    try {
      Map<String, String> boards = Map.of("labelSelector", TensorBoardJob.LABEL);
      jobs = client.list(Resources.JOBS, namespace, boards).path("items");
    } catch (ApiException e) {
      return; // who may not list them cannot remove them either
    }
    for (JsonNode one : jobs) {
      if (!looked(one) && delete(one)) {
        progress.accept("Removed " + name(one) + ", which a killed run of mlk had left.");
      }
    }
  }

  /** Whether there is a process that looks at it, or may do so on another machine. */
  private static boolean looked(JsonNode job) {
    for (Map.Entry<String, JsonNode> one : job.path("metadata").path("annotations").properties()) {
      if (one.getKey().startsWith(LOOKER)
          && !StartedBy.parse(one.getValue().asString("")).map(StartedBy::isGone).orElse(false)) {
        return true;
      }
    }
    return false;
  }

  private ObjectNode looking(String text) {
    ObjectNode metadata = Json.object();
    metadata.putObject("annotations").put(LOOKER + self.id(), text);
    return metadata;
  }

  private ObjectNode annotate(String name, String text) {
    ObjectNode patch = Json.object();
    patch.set("metadata", looking(text));
    String path = Resources.JOBS.path(namespace, name);
    return client.patch(path, ApiClient.PatchType.MERGE, patch);
  }

  /** Deletes a Job as it was seen; false when somebody has changed it since. */
  private boolean delete(JsonNode job) {
    JsonNode metadata = job.path("metadata");
    ObjectNode options = Json.object().put("propagationPolicy", "Background");
    options
        .putObject("preconditions")
        .put("uid", metadata.path("uid").asString(""))
        .put("resourceVersion", metadata.path("resourceVersion").asString(""));
    try {
      client.delete(Resources.JOBS, namespace, name(job), options);
      return true;
    } catch (ApiException e) {
      if (e.conflict()) {
        return false;
      }
      if (e.notFound()) {
        return true;
      }
      throw e;
    }
  }
}
