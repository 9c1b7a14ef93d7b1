package dev.mlk.course.content;

import dev.mlk.course.CourseModule;
import dev.mlk.course.check.Kinds;
import dev.mlk.course.check.Scene;
import dev.mlk.course.verify.Workshop;
import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** What is left in a namespace when all of it should be gone. */
final class Remains {
  private static final List<String> KINDS =
      List.of(
          "TFJob",
          "Job",
          "CronJob",
          "Deployment",
          "DaemonSet",
          "StatefulSet",
          "ReplicaSet",
          "Pod",
          "Service",
          "ConfigMap",
          "Secret",
          "PersistentVolumeClaim",
          "ServiceAccount",
          "Role",
          "RoleBinding",
          "NetworkPolicy",
          "ResourceQuota",
          "LimitRange");

  /** What the TFJob operator writes down of jobs that have ended is to outlive them. */
  private static final String LEDGER = "ConfigMap/tfjob-usage-";

  /** Kubernetes puts these into every namespace. */
  private static final Set<String> USUAL =
      Set.of("ConfigMap/kube-root-ca.crt", "ServiceAccount/default");

  /** Pods may take the whole of their grace, and volumes go after them. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final long PAUSE_MILLIS = 100;

  private Remains() {}

  /** What is left, such as {@code Pod/x}, after what is on its way out has had time to go. */
  static List<String> of(Workshop workshop, CourseModule module, InstantSource clock)
      throws InterruptedException {
    Instant end = clock.instant().plus(PATIENCE);
    List<String> left = now(workshop.scene(module));
    while (!left.isEmpty() && clock.instant().isBefore(end)) {
      // Nothing counts it down: a pause that an interruption ends.
      boolean _ = new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      left = now(workshop.scene(module));
    }
    return left;
  }

  private static List<String> now(Scene scene) {
    List<String> left = new ArrayList<>();
    for (String kind : KINDS) {
      Optional<Resource> resource = Kinds.known(kind);
      if (resource.isEmpty()) {
        continue;
      }
      for (JsonNode object : scene.cluster().list(resource.get(), scene.learner().namespace())) {
        String name = kind + "/" + Nodes.name(object);
        if (!USUAL.contains(name) && !name.startsWith(LEDGER)) {
          left.add(name);
        }
      }
    }
    return left;
  }
}
