package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.kind.QualityOfService;
import dev.mlk.practice.status.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A namespace's limits for containers, pods and claims: defaults, least, most, their relation. */
final class LimitRanges implements Rule {
  private static final String ANNOTATION = "kubernetes.io/limit-ranger";
  private final Objects objects;

  LimitRanges(Objects objects) {
    this.objects = objects;
  }

  @Override
  public void mutate(Attempt attempt) {
    if (!attempt.creates(Resources.PODS)) {
      return;
    }
    List<String> told = new ArrayList<>();
    for (JsonNode limit : limits(attempt.namespace())) {
      if (!limit.path("type").asString("").equals("Container")) {
        continue;
      }
      for (String list : List.of("containers", "initContainers")) {
        String what = list.equals("containers") ? "container " : "init container ";
        for (JsonNode container : attempt.object().path("spec").path(list)) {
          String whom = " for " + what + container.path("name").asString("");
          fill((ObjectNode) container, "request", limit.path("defaultRequest"), whom, told);
          fill((ObjectNode) container, "limit", limit.path("default"), whom, told);
        }
      }
    }
    if (!told.isEmpty()) {
      Json.child(Metadata.of(attempt.object()), "annotations")
          .put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", told));
      Json.child(attempt.object(), "status")
          .put("qosClass", QualityOfService.of(attempt.object().path("spec")));
    }
  }

  private List<JsonNode> limits(String namespace) {
    List<JsonNode> found = new ArrayList<>();
    for (ObjectNode range : objects.list(Resources.LIMIT_RANGES, namespace)) {
      range.path("spec").path("limits").forEach(found::add);
    }
    return found;
  }

  private static void fill(
      ObjectNode container, String kind, JsonNode defaults, String whom, List<String> told) {
    TreeSet<String> set = new TreeSet<>();
    for (var entry : defaults.properties()) {
      ObjectNode amounts = Json.child(Json.child(container, "resources"), kind + "s");
      if (!amounts.has(entry.getKey())) {
        amounts.set(entry.getKey(), entry.getValue());
        set.add(entry.getKey());
      }
    }
    if (!set.isEmpty()) {
      told.add(String.join(", ", set) + " " + kind + whom);
    }
  }

  @Override
  public void validate(Attempt attempt) {
    boolean pod = attempt.creates(Resources.PODS);
    boolean claim =
        attempt.about(Resources.VOLUME_CLAIMS) && attempt.operation() != Attempt.Operation.DELETE;
    if (!pod && !claim) {
      return;
    }
    List<String> wrong = new ArrayList<>();
    for (JsonNode limit : limits(attempt.namespace())) {
      LimitCheck check = new LimitCheck(limit, wrong);
      switch (limit.path("type").asString("")) {
        case "Container" -> {
          if (pod) {
            check.containers(attempt.object().path("spec"));
          }
        }
        case "Pod" -> {
          if (pod) {
            check.pod(attempt.object());
          }
        }
        case "PersistentVolumeClaim" -> {
          if (claim) {
            check.claim(attempt.object());
          }
        }
        default -> {
          // Limits of kinds that nobody here knows, as Kubernetes allows them.
        }
      }
    }
    if (!wrong.isEmpty()) {
      String text = wrong.size() == 1 ? wrong.getFirst() : "[" + String.join(", ", wrong) + "]";
      throw ApiError.forbidden(attempt.served().resource(), attempt.name(), text);
    }
  }
}
