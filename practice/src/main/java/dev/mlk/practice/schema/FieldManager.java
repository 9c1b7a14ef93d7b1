package dev.mlk.practice.schema;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/**
 * Who owns fields: entries that agree in all of this are one.
 *
 * @param apiVersion the version in which it wrote; empty for appliers, who are one across versions
 * @param subresource the subresource through which it writes; empty for none
 */
record FieldManager(String manager, boolean applied, String apiVersion, String subresource)
    implements Comparable<FieldManager> {
  private static final Comparator<FieldManager> ORDER =
      Comparator.comparing(FieldManager::manager)
          .thenComparing(FieldManager::operation)
          .thenComparing(FieldManager::apiVersion)
          .thenComparing(FieldManager::subresource);

  static FieldManager applier(String manager, String subresource) {
    return new FieldManager(manager, true, "", subresource);
  }

  static FieldManager updater(String manager, String apiVersion, String subresource) {
    return new FieldManager(
        manager.isEmpty() ? "unknown" : manager, false, apiVersion, subresource);
  }

  static FieldManager of(JsonNode entry) {
    String manager = entry.path("manager").asString("");
    String subresource = entry.path("subresource").asString("");
    return entry.path("operation").asString("").equals("Apply")
        ? applier(manager, subresource)
        : updater(manager, entry.path("apiVersion").asString(""), subresource);
  }

  String operation() {
    return applied ? "Apply" : "Update";
  }

  /** As conflict messages name it. */
  String shown() {
    String through = subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"";
    return "\"" + manager + "\"" + through + (applied ? "" : " using " + apiVersion);
  }

  @Override
  public int compareTo(FieldManager other) {
    return ORDER.compare(this, other);
  }
}
