package dev.mlk.practice.controller;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The resources that a server has, each in the version that it prefers. */
final class Discovery {
  /**
   * A resource and what can be done with it.
   *
   * @param verbs such as {@code list} and {@code deletecollection}
   */
  record Found(Resource resource, Set<String> verbs) {
    Found {
      verbs = Set.copyOf(verbs);
    }

    boolean can(String... wanted) {
      return verbs.containsAll(List.of(wanted));
    }
  }

  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private Discovery() {}

  static List<Found> all(ApiClient client) {
    List<Found> found = new ArrayList<>();
    for (String root : List.of("/api", "/apis")) {
      JsonNode groups = client.call(Request.of("GET", root).header("Accept", AGGREGATED));
      for (JsonNode group : groups.path("items")) {
        String name = Fields.text(group, "metadata", "name");
        // The core group shows the same events.
        if (!name.equals("events.k8s.io")) {
          read(name, group.path("versions").path(0), found);
        }
      }
    }
    return found;
  }

  private static void read(String group, JsonNode version, List<Found> found) {
    for (JsonNode resource : version.path("resources")) {
      Set<String> verbs = new HashSet<>();
      resource.path("verbs").forEach(verb -> verbs.add(verb.asString("")));
      Resource known =
          new Resource(
              group,
              Fields.text(version, "version"),
              Fields.text(resource, "resource"),
              Fields.text(resource, "responseKind", "kind"),
              Fields.text(resource, "scope").equals("Namespaced"));
      found.add(new Found(known, verbs));
    }
  }
}
