package dev.mlk.course.check;

import dev.mlk.facts.Reader;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.kind.BuiltInKinds;
import dev.mlk.practice.kind.Kind;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The resource of a kind: known by heart for Kubernetes' own and TFJob, else asked for. */
public final class Kinds {
  /** Kinds that run pods, which learners take for each other. */
  public static final Set<String> WORKLOADS =
      Set.of("Job", "TFJob", "Deployment", "Pod", "DaemonSet", "StatefulSet", "CronJob");

  private Kinds() {}

  /** The kind as modules name it without an apiVersion. */
  public static Optional<Resource> known(String kind) {
    if (kind.equals("TFJob")) {
      return Optional.of(Resources.TFJOBS);
    }
    // Events and the like are served in two groups; the older one is first in the list.
    for (Kind one : BuiltInKinds.all()) {
      if (one.resource().kind().equals(kind) && one.verbs().contains("list")) {
        return Optional.of(one.resource());
      }
    }
    return Optional.empty();
  }

  /** The resource of a kind in its version; empty where the server does not have it. */
  public static Optional<Resource> find(Reader reader, String apiVersion, String kind) {
    Optional<Resource> known = known(kind);
    if (known.isPresent()
        && (apiVersion.isEmpty() || known.get().apiVersion().equals(apiVersion))) {
      return known;
    }
    return apiVersion.isEmpty() ? Optional.empty() : discover(reader, apiVersion, kind);
  }

  private static Optional<Resource> discover(Reader reader, String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    JsonNode list;
    try {
      list = reader.get(Request.of("GET", (slash < 0 ? "/api/" : "/apis/") + apiVersion));
    } catch (ApiException e) {
      if (e.notFound()) {
        return Optional.empty();
      }
      throw e;
    }
    for (JsonNode one : list.path("resources")) {
      String plural = one.path("name").asString("");
      if (one.path("kind").asString("").equals(kind) && plural.indexOf('/') < 0) {
        return Optional.of(
            new Resource(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                plural,
                kind,
                one.path("namespaced").asBoolean(true)));
      }
    }
    return Optional.empty();
  }
}
