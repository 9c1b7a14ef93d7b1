package dev.mlk.tfjob.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Who a pod or a job is for, as many tools write it: in a label or an annotation of these keys. */
public final class People {
  /** The keys, the surest first. */
  public static final List<String> KEYS =
      List.of(
          "mlk.dev/owner",
          "mlk.dev/user",
          "workflows.argoproj.io/creator-email",
          "workflows.argoproj.io/creator",
          "hub.jupyter.org/username",
          "run.ai/user",
          "user",
          "owner");

  private People() {}

  /** The person whom an object's labels or annotations name; empty when they name none. */
  public static String of(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return of(
        named(
            LedgerEntry.labels(metadata.path("labels")),
            LedgerEntry.labels(metadata.path("annotations"))));
  }

  /** The same of labels alone. */
  public static String of(Map<String, String> labels) {
    return KEYS.stream()
        .map(key -> labels.getOrDefault(key, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Labels, with what annotations say under these keys where no label does. */
  public static Map<String, String> named(
      Map<String, String> labels, Map<String, String> annotations) {
    Map<String, String> all = new TreeMap<>(labels);
    for (String key : KEYS) {
      String value = annotations.getOrDefault(key, "");
      if (!value.isEmpty()) {
        all.putIfAbsent(key, value);
      }
    }
    return all;
  }
}
