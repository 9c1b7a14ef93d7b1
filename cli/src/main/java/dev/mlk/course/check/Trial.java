package dev.mlk.course.check;

import dev.mlk.facts.Reader;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.JsonText;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.manifest.Document;
import dev.mlk.manifest.Finding;
import dev.mlk.manifest.Manifest;
import dev.mlk.manifest.ManifestCheck;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Tries a learner's manifest on the server without effect. */
public final class Trial {
  /**
   * A refusal.
   *
   * @param place where in the file; may be empty
   * @param message what was said
   * @param old whether the kind is known, but not in that version
   */
  public record Refusal(String place, String message, boolean old) {}

  private final Reader reader;
  private final String namespace;

  /** In this scene's cluster and namespace. */
  public Trial(Scene scene) {
    this.reader = scene.cluster().reader();
    this.namespace = scene.learner().namespace();
  }

  /** The first thing that is wrong with a manifest; empty when the server would take it. */
  public Optional<Refusal> refusal(Manifest manifest) {
    if (!manifest.findings().isEmpty()) {
      return Optional.of(of(manifest.findings().getFirst(), false));
    }
    for (Document document : manifest.documents()) {
      Optional<Refusal> refusal = refusal(document);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    // The server takes what operators refuse later, without a webhook.
    List<Finding> own = ManifestCheck.check(manifest);
    return own.isEmpty() ? Optional.empty() : Optional.of(of(own.getFirst(), false));
  }

  private static Refusal of(Finding finding, boolean old) {
    return new Refusal(
        finding.place().toString(),
        finding.what() + (finding.expected().isEmpty() ? "" : "; expected " + finding.expected()),
        old);
  }

  private Optional<Refusal> refusal(Document document) {
    Optional<Resource> resource = Kinds.find(reader, document.apiVersion(), document.kind());
    String place = document.start().toString();
    if (resource.isEmpty()) {
      Optional<Resource> now =
          Kinds.known(document.kind().equalsIgnoreCase("TFJob") ? "TFJob" : document.kind());
      String message =
          "no matches for kind \""
              + document.kind()
              + "\" in version \""
              + document.apiVersion()
              + "\"";
      return Optional.of(
          new Refusal(
              document.place("apiVersion").toString(),
              now.map(one -> message + "; this cluster serves " + one.apiVersion()).orElse(message),
              now.isPresent()));
    }
    try {
      send(resource.get(), document);
      return Optional.empty();
    } catch (ApiException e) {
      if (e.notFound() && document.kind().equals("Namespace")) {
        return Optional.empty();
      }
      return Optional.of(new Refusal(place, e.getMessage(), false));
    }
  }

  private void send(Resource resource, Document document) {
    ObjectNode object = document.object();
    String own = object.path("metadata").path("namespace").asString("");
    String where = resource.namespaced() ? own.isEmpty() ? namespace : own : "";
    byte[] body = JsonText.bytes(object);
    try {
      reader.get(dry(Request.of("POST", resource.path(where)).body("application/json", body)));
    } catch (ApiException e) {
      if (!e.reason().equals("AlreadyExists")) {
        throw e;
      }
      reader.get(
          dry(Request.of("PATCH", resource.path(where, document.name()))
                  .body("application/apply-patch+yaml", body))
              .query("force", "true"));
    }
  }

  private static Request dry(Request request) {
    return request
        .query("dryRun", "All")
        .query("fieldManager", "mlk")
        .query("fieldValidation", "Strict");
  }
}
