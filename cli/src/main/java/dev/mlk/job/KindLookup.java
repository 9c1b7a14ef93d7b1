package dev.mlk.job;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.manifest.Document;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Finds the path of a kind: the everyday ones by heart, others by asking the server. */
final class KindLookup {
  private static final List<Resource> KNOWN =
      List.of(
          Resources.TFJOBS,
          Resources.VOLUME_CLAIMS,
          Resources.CONFIG_MAPS,
          Resources.SECRETS,
          Resources.SERVICES,
          Resources.PODS,
          Resources.JOBS,
          Resources.DEPLOYMENTS,
          Resources.NAMESPACES,
          Resources.SERVICE_ACCOUNTS);

  private final ApiClient api;

  KindLookup(ApiClient api) {
    this.api = api;
  }

  Resource resource(Document document) {
    for (Resource known : KNOWN) {
      if (known.kind().equals(document.kind())
          && known.apiVersion().equals(document.apiVersion())) {
        return known;
      }
    }
    String version = document.apiVersion();
    String path = version.contains("/") ? "/apis/" + version : "/api/" + version;
    try {
      for (JsonNode resource : api.call(Request.of("GET", path)).path("resources")) {
        String plural = resource.path("name").asString();
        if (resource.path("kind").asString("").equals(document.kind()) && !plural.contains("/")) {
          int slash = version.indexOf('/');
          return new Resource(
              slash < 0 ? "" : version.substring(0, slash),
              version.substring(slash + 1),
              plural,
              document.kind(),
              resource.path("namespaced").asBoolean(true));
        }
      }
    } catch (ApiException e) {
      if (!e.notFound()) {
        throw e;
      }
    }
    throw new Problem.BadInput(
        Explanation.of(
                "this cluster knows no "
                    + document.kind()
                    + " of "
                    + document.apiVersion()
                    + "; nothing was created")
            .because(document.place("kind").toString())
            .next("kubectl api-resources lists what it knows"));
  }
}
