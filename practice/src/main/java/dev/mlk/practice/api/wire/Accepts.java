package dev.mlk.practice.api.wire;

import dev.mlk.practice.status.ApiError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a client wants its answer to look like: the first of its media types that the server knows.
 *
 * @param yaml whether as YAML, else JSON
 * @param as {@code Table}, {@code PartialObjectMetadata}, {@code PartialObjectMetadataList} or
 *     empty for the object itself
 * @param group the group of that form
 * @param version the version of that form
 */
public record Accepts(boolean yaml, String as, String group, String version) {
  private static final String KNOWN =
      "application/json, application/yaml, application/vnd.kubernetes.protobuf";

  /** JSON, the object itself. */
  public static final Accepts PLAIN = new Accepts(false, "", "", "");

  /** The content type of a whole answer. */
  public String contentType() {
    return yaml ? "application/yaml" : "application/json";
  }

  /** Whether rows are wanted. */
  public boolean table() {
    return as.equals("Table");
  }

  /** Whether only metadata is wanted. */
  public boolean metadataOnly() {
    return as.startsWith("PartialObjectMetadata");
  }

  /** Writes a tree as wanted. */
  public byte[] write(tools.jackson.databind.JsonNode node) {
    return yaml ? Yaml.write(node) : Json.write(node);
  }

  /** Reads an Accept header; throws a 406 when nothing in it can be had. */
  public static Accepts of(Call call) {
    String header = call.wholeHeader("accept");
    if (header.isBlank() || header.equals("*/*") || header.equals("application/json")) {
      return PLAIN;
    }
    boolean known = false;
    for (Map<String, String> type : parse(header)) {
      String name = type.get("");
      boolean json =
          name.equals("application/json") || name.equals("*/*") || name.equals("application/*");
      boolean yaml = name.equals("application/yaml");
      known |= json || yaml;
      if ((json || yaml) && form(type)) {
        return new Accepts(
            yaml,
            type.getOrDefault("as", ""),
            type.getOrDefault("g", ""),
            type.getOrDefault("v", ""));
      }
    }
    throw known
        ? ApiError.of(406, "NotAcceptable", "only the following media types are accepted: " + KNOWN)
        : ApiError.of(
            406,
            "NotAcceptable",
            "406: Not Acceptable\n\nAvailable representations: "
                + KNOWN
                + ", application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch",
            Json.object());
  }

  /** Media types in the order of preference, the name under the empty key. */
  public static List<Map<String, String>> parse(String header) {
    List<Map<String, String>> types = new ArrayList<>();
    for (String one : header.split(",", -1)) {
      Map<String, String> type = new LinkedHashMap<>();
      String[] parts = one.strip().split(";", -1);
      type.put("", parts[0].strip().toLowerCase(Locale.ROOT));
      for (int i = 1; i < parts.length; i++) {
        int equals = parts[i].indexOf('=');
        if (equals > 0) {
          type.put(parts[i].substring(0, equals).strip(), parts[i].substring(equals + 1).strip());
        }
      }
      types.add(type);
    }
    return types;
  }

  private static boolean form(Map<String, String> type) {
    String as = type.getOrDefault("as", "");
    if (as.isEmpty()) {
      return true;
    }
    boolean version = List.of("v1", "v1beta1").contains(type.getOrDefault("v", ""));
    return type.getOrDefault("g", "").equals("meta.k8s.io")
        && version
        && List.of("Table", "PartialObjectMetadata", "PartialObjectMetadataList").contains(as);
  }
}
