package dev.mlk.practice.api.discovery;

import dev.mlk.practice.api.catalog.Catalog;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.wire.Accepts;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.kind.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Discovery in one document. */
final class Aggregated {
  private final Catalog catalog;

  Aggregated(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The version of the aggregated document, when the client's first known type is one. */
  static Optional<String> wanted(Call call) {
    for (Map<String, String> type : Accepts.parse(call.wholeHeader("accept"))) {
      if (!type.get("").equals("application/json")) {
        continue;
      }
      String version = type.getOrDefault("v", "");
      boolean aggregated =
          type.getOrDefault("g", "").equals("apidiscovery.k8s.io")
              && type.getOrDefault("as", "").equals("APIGroupDiscoveryList");
      if (aggregated && List.of("v2", "v2beta1").contains(version)) {
        return Optional.of(version);
      }
      if (!type.containsKey("as")) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  Answer answer(boolean core, String documentVersion) {
    ObjectNode list = Json.object().put("kind", "APIGroupDiscoveryList");
    list.put("apiVersion", "apidiscovery.k8s.io/" + documentVersion).putObject("metadata");
    ArrayNode items = list.putArray("items");
    catalog.all().stream()
        .map(served -> served.resource().group())
        .filter(group -> group.isEmpty() == core)
        .distinct()
        .forEach(group -> items.add(group(group)));
    String type =
        "application/json;g=apidiscovery.k8s.io;v=" + documentVersion + ";as=APIGroupDiscoveryList";
    return Answer.of(200, type, Json.write(list));
  }

  private ObjectNode group(String name) {
    ObjectNode group = Json.object();
    ObjectNode metadata = group.putObject("metadata");
    if (!name.isEmpty()) {
      metadata.put("name", name);
    }
    ArrayNode versions = group.putArray("versions");
    for (String version : catalog.versions(name)) {
      ObjectNode entry = versions.addObject().put("version", version);
      ArrayNode resources = entry.putArray("resources");
      catalog.all().stream()
          .filter(served -> served.resource().group().equals(name))
          .filter(served -> served.resource().version().equals(version))
          .sorted(Comparator.comparing(served -> served.resource().plural()))
          .forEach(served -> resources.add(resource(served)));
      entry.put("freshness", "Current");
    }
    return group;
  }

  private static ObjectNode resource(Served served) {
    Kind kind = served.kind();
    ObjectNode entry = Json.object().put("resource", served.resource().plural());
    boolean custom = served.custom().isPresent();
    entry
        .putObject("responseKind")
        .put("group", custom ? served.resource().group() : "")
        .put("version", custom ? served.resource().version() : "")
        .put("kind", served.resource().kind());
    entry.put("scope", served.resource().namespaced() ? "Namespaced" : "Cluster");
    entry.put("singularResource", kind.singular());
    entry.set("verbs", Discovery.texts(kind.verbs()));
    if (!kind.shortNames().isEmpty()) {
      entry.set("shortNames", Discovery.texts(kind.shortNames()));
    }
    if (!kind.categories().isEmpty()) {
      entry.set("categories", Discovery.texts(kind.categories()));
    }
    if (!kind.subresources().isEmpty()) {
      ArrayNode subresources = entry.putArray("subresources");
      kind.subresources().stream()
          .sorted(Comparator.comparing(Kind.Subresource::name))
          .forEach(sub -> subresources.add(subresource(served, sub)));
    }
    return entry;
  }

  private static ObjectNode subresource(Served served, Kind.Subresource sub) {
    boolean own =
        sub.group().equals(served.resource().group())
            && sub.version().equals(served.resource().version());
    boolean bare = own && served.custom().isEmpty();
    ObjectNode entry = Json.object().put("subresource", sub.name());
    entry
        .putObject("responseKind")
        .put("group", bare ? "" : sub.group())
        .put("version", bare ? "" : sub.version())
        .put("kind", sub.kind());
    entry.set("verbs", Discovery.texts(sub.verbs()));
    return entry;
  }
}
