package dev.mlk.practice.api.discovery;

import dev.mlk.practice.api.catalog.Catalog;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.wire.Accepts;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.kind.Kind;
import dev.mlk.practice.status.ApiError;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The documents at {@code /api}, {@code /apis} and below, plain and aggregated. */
public final class Discovery {
  private final Catalog catalog;
  private final Aggregated aggregated;

  /** Discovery of what the catalogue holds at the time of the call. */
  public Discovery(Catalog catalog) {
    this.catalog = catalog;
    this.aggregated = new Aggregated(catalog);
  }

  /** The document at the call's path; empty when there is none. */
  public Optional<Answer> find(Call call) {
    String path = call.path();
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String[] parts = trimmed.substring(Math.min(1, trimmed.length())).split("/", -1);
    if (!parts[0].equals("api") && !parts[0].equals("apis")) {
      return Optional.empty();
    }
    if (!call.method().equals("GET")) {
      throw ApiError.methodNotAllowed();
    }
    boolean core = parts[0].equals("api");
    if (parts.length == 1) {
      Optional<String> version = Aggregated.wanted(call);
      if (version.isPresent()) {
        return Optional.of(aggregated.answer(core, version.get()));
      }
      return json(call, core ? coreVersions(call) : groups());
    }
    String group = core ? "" : parts[1];
    List<String> versions = catalog.versions(group);
    if (versions.isEmpty()) {
      return Optional.empty();
    }
    if (!core && parts.length == 2) {
      return json(
          call, Json.object().put("kind", "APIGroup").put("apiVersion", "v1").setAll(group(group)));
    }
    String version = parts[core ? 1 : 2];
    if (parts.length > (core ? 2 : 3) || !versions.contains(version)) {
      throw ApiError.noSuchResource();
    }
    return json(call, resources(group, version));
  }

  private static Optional<Answer> json(Call call, ObjectNode document) {
    Accepts accepts = Accepts.of(call);
    return Optional.of(Answer.of(200, accepts.contentType(), accepts.write(document)));
  }

  private static ObjectNode coreVersions(Call call) {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    String host = call.header("host");
    versions
        .putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", host.isEmpty() ? "localhost" : host);
    return versions;
  }

  private ObjectNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    catalog.all().stream()
        .map(served -> served.resource().group())
        .filter(group -> !group.isEmpty())
        .distinct()
        .forEach(name -> groups.add(group(name)));
    return list;
  }

  private ObjectNode group(String name) {
    ObjectNode group = Json.object().put("name", name);
    ArrayNode versions = group.putArray("versions");
    List<String> served = catalog.versions(name);
    for (String version : served) {
      versions.addObject().put("groupVersion", name + "/" + version).put("version", version);
    }
    group
        .putObject("preferredVersion")
        .put("groupVersion", name + "/" + served.getFirst())
        .put("version", served.getFirst());
    return group;
  }

  private ObjectNode resources(String group, String version) {
    ObjectNode list = Json.object().put("kind", "APIResourceList");
    if (!group.isEmpty()) {
      list.put("apiVersion", "v1");
    }
    list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    ArrayNode resources = list.putArray("resources");
    catalog.all().stream()
        .filter(served -> served.resource().group().equals(group))
        .filter(served -> served.resource().version().equals(version))
        .flatMap(served -> entries(served).entrySet().stream())
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .forEach(entry -> resources.add(entry.getValue()));
    return list;
  }

  /** The entries of a kind and its subresources by name. */
  private static Map<String, ObjectNode> entries(Served served) {
    Map<String, ObjectNode> entries = new java.util.LinkedHashMap<>();
    Kind kind = served.kind();
    String plural = served.resource().plural();
    ObjectNode main = Json.object().put("name", plural).put("singularName", kind.singular());
    main.put("namespaced", served.resource().namespaced()).put("kind", served.resource().kind());
    main.set("verbs", texts(kind.verbs()));
    if (!kind.shortNames().isEmpty()) {
      main.set("shortNames", texts(kind.shortNames()));
    }
    if (!kind.categories().isEmpty()) {
      main.set("categories", texts(kind.categories()));
    }
    if (kind.verbs().contains("list") && kind.verbs().contains("create")) {
      main.put("storageVersionHash", hash(served));
    }
    entries.put(plural, main);
    for (Kind.Subresource sub : kind.subresources()) {
      ObjectNode entry = Json.object().put("name", plural + "/" + sub.name());
      entry.put("singularName", "").put("namespaced", served.resource().namespaced());
      boolean foreign =
          !sub.group().equals(served.resource().group())
              || !sub.version().equals(served.resource().version());
      if (foreign) {
        entry.put("group", sub.group()).put("version", sub.version());
      }
      entry.put("kind", sub.kind()).set("verbs", texts(sub.verbs()));
      entries.put(plural + "/" + sub.name(), entry);
    }
    return entries;
  }

  private static String hash(Served served) {
    byte[] bytes = new byte[Long.BYTES];
    long hash =
        (served.storedApiVersion() + "/" + served.resource().kind()).hashCode()
            * 0x9E3779B97F4A7C15L;
    java.nio.ByteBuffer.wrap(bytes).putLong(hash);
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }

  static ArrayNode texts(List<String> values) {
    ArrayNode array = tools.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
    values.forEach(array::add);
    return array;
  }
}
