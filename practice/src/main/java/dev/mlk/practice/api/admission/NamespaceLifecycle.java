package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Nothing is created where no namespace is or one is ending; some namespaces stay. */
final class NamespaceLifecycle implements Rule {
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");
  private final Objects objects;

  NamespaceLifecycle(Objects objects) {
    this.objects = objects;
  }

  @Override
  public void mutate(Attempt attempt) {
    if (attempt.operation() == Attempt.Operation.DELETE) {
      if (attempt.about(Resources.NAMESPACES) && IMMORTAL.contains(attempt.name())) {
        throw ApiError.forbidden(
            attempt.served().resource(), attempt.name(), "this namespace may not be deleted");
      }
      return;
    }
    if (attempt.operation() != Attempt.Operation.CREATE
        || !attempt.served().resource().namespaced()) {
      return;
    }
    String namespace = attempt.namespace();
    ObjectNode found =
        objects
            .find(Resources.NAMESPACES, "", namespace)
            .orElseThrow(() -> ApiError.notFound(Resources.NAMESPACES, namespace));
    if (Metadata.terminating(found)) {
      throw terminating(attempt, namespace);
    }
  }

  private static ApiError terminating(Attempt attempt, String namespace) {
    ObjectNode details = ApiError.details(attempt.served().resource(), attempt.name());
    details
        .putArray("causes")
        .add(
            Json.object()
                .put("reason", "NamespaceTerminating")
                .put("message", "namespace " + namespace + " is being terminated")
                .put("field", "metadata.namespace"));
    return ApiError.of(
        403,
        "Forbidden",
        attempt.served().resource().qualifiedName()
            + " \""
            + attempt.name()
            + "\" is forbidden: unable to create new content in namespace "
            + namespace
            + " because it is being terminated",
        details);
  }
}
