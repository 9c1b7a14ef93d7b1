package dev.mlk.facts;

import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The API groups of a server. One request where the server knows aggregated discovery (1.26 and
 * newer); an older one names groups and versions only.
 */
public final class Discovery {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
          + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
          + "application/json";

  /** Resources by {@code group/version}; null where only the version is known. */
  private final Map<String, Set<String>> resources = new HashMap<>();

  private final Map<String, Set<String>> versions = new LinkedHashMap<>();
  private final Set<String> stale = new HashSet<>();

  private Discovery() {}

  /** Asks the server. */
  public static Discovery read(Reader reader) {
    Discovery discovery = new Discovery();
    JsonNode answer = reader.get(Request.of("GET", "/apis").header("Accept", AGGREGATED));
    for (JsonNode group : answer.path("items")) {
      String name = group.path("metadata").path("name").asString("");
      for (JsonNode version : group.path("versions")) {
        discovery.version(name, version);
      }
    }
    for (JsonNode group : answer.path("groups")) {
      String name = group.path("name").asString("");
      for (JsonNode version : group.path("versions")) {
        discovery
            .versions
            .computeIfAbsent(name, _ -> new HashSet<>())
            .add(version.path("version").asString(""));
      }
    }
    return discovery;
  }

  private void version(String group, JsonNode version) {
    String name = version.path("version").asString("");
    versions.computeIfAbsent(group, _ -> new HashSet<>()).add(name);
    if (version.path("freshness").asString("Current").equals("Stale")) {
      stale.add(name + "." + group);
    }
    Set<String> names = new HashSet<>();
    version.path("resources").forEach(one -> names.add(one.path("resource").asString("")));
    resources.put(group + "/" + name, names);
  }

  /** Whether the resource is served in its version. */
  public boolean serves(Resource resource) {
    Set<String> served = versions.getOrDefault(resource.group(), Set.of());
    if (!served.contains(resource.version())) {
      return false;
    }
    Set<String> names = resources.get(resource.group() + "/" + resource.version());
    return names == null || names.isEmpty() || names.contains(resource.plural());
  }

  /** Whether any version of the group has the resource. */
  public boolean has(String group, String plural) {
    for (String version : versions(group)) {
      Set<String> names = resources.get(group + "/" + version);
      if (names != null && names.contains(plural)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any version of the group is served. */
  public boolean has(String group) {
    return versions.containsKey(group);
  }

  /** The versions that are served, in order of name; empty where the group is not there. */
  public List<String> versions(String group) {
    return versions.getOrDefault(group, Set.of()).stream().sorted().toList();
  }

  /** Aggregated APIs whose server does not answer, such as {@code v1beta1.metrics.k8s.io}. */
  public List<String> stale() {
    return stale.stream().sorted().toList();
  }
}
