package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import java.util.Comparator;
import tools.jackson.databind.node.ObjectNode;

/** A claim that names no class gets the default one, when there is one. */
final class DefaultStorageClass implements Rule {
  private final Objects objects;

  DefaultStorageClass(Objects objects) {
    this.objects = objects;
  }

  @Override
  public void mutate(Attempt attempt) {
    if (!attempt.creates(Resources.VOLUME_CLAIMS)) {
      return;
    }
    ObjectNode spec = Json.child(attempt.object(), "spec");
    if (spec.has("storageClassName")) {
      return;
    }
    objects.list(Resources.STORAGE_CLASSES, "").stream()
        .filter(
            one ->
                one.path("metadata")
                    .path("annotations")
                    .path("storageclass.kubernetes.io/is-default-class")
                    .asString("")
                    .equals("true"))
        .max(Comparator.comparing(one -> Metadata.text(one, "creationTimestamp")))
        .ifPresent(one -> spec.put("storageClassName", Metadata.name(one)));
  }
}
