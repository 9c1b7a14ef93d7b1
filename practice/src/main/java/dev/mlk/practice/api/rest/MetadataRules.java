package dev.mlk.practice.api.rest;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.FieldError;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What all kinds share: the metadata that the server sets and checks. */
final class MetadataRules {
  /** The letters of generated names: no vowels, so no words. */
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private static final int SUFFIX = 5;
  private static final int LONGEST_PREFIX = 58;
  private static final List<String> SERVER_ONLY =
      List.of("uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds");

  private static final Set<String> LOOKED_AT_MOST =
      Set.of(
          "pods",
          "configmaps",
          "secrets",
          "serviceaccounts",
          "persistentvolumeclaims",
          "jobs",
          "roles",
          "rolebindings",
          "clusterroles",
          "clusterrolebindings");

  private final InstantSource clock;
  private final RandomGenerator random;

  MetadataRules(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Sets what only the server may on a new object. */
  void prepareCreate(ObjectNode object, Served served) {
    ObjectNode metadata = Metadata.of(object);
    SERVER_ONLY.forEach(metadata::remove);
    metadata.remove(List.of("selfLink", "generation", "resourceVersion"));
    if (!served.resource().namespaced()) {
      metadata.remove("namespace");
    }
    if (Metadata.name(object).isEmpty()) {
      metadata.remove("name");
    }
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", Metadata.time(clock.instant()));
    if (served.rules().hasGeneration()) {
      metadata.put("generation", 1);
    }
    tidy(metadata);
  }

  /** Gives the object a name of its own when it only has a prefix. */
  void generateName(ObjectNode object) {
    String prefix = Metadata.text(object, "generateName");
    StringBuilder name =
        new StringBuilder(
            prefix.length() > LONGEST_PREFIX ? prefix.substring(0, LONGEST_PREFIX) : prefix);
    for (int i = 0; i < SUFFIX; i++) {
      name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    Metadata.of(object).put("name", name.toString());
  }

  /** Keeps what a writer may not change. */
  static void prepareUpdate(ObjectNode object, ObjectNode old) {
    ObjectNode metadata = Metadata.of(object);
    JsonNode before = old.path("metadata");
    for (String name : SERVER_ONLY) {
      keep(metadata, before, name);
    }
    keep(metadata, before, "generation");
    keep(metadata, before, "resourceVersion");
    keep(metadata, before, "generateName");
    metadata.remove("selfLink");
    tidy(metadata);
  }

  private static void keep(ObjectNode metadata, JsonNode before, String name) {
    if (before.has(name)) {
      metadata.set(name, before.get(name));
    } else {
      metadata.remove(name);
    }
  }

  /** Empty lists and maps are the same as none. */
  private static void tidy(ObjectNode metadata) {
    for (String name :
        List.of("labels", "annotations", "finalizers", "ownerReferences", "managedFields")) {
      JsonNode value = metadata.get(name);
      if (value != null && (value.isNull() || value.isEmpty())) {
        metadata.remove(name);
      }
    }
    for (String name : List.of("generateName", "namespace")) {
      if (metadata.path(name).asString("x").isEmpty() || metadata.path(name).isNull()) {
        metadata.remove(name);
      }
    }
  }

  /** Everything wrong with the metadata of a new object. */
  static List<FieldError> validate(ObjectNode object, Served served) {
    List<FieldError> errors = new ArrayList<>();
    String name = Metadata.name(object);
    Resource resource = served.resource();
    if (name.isEmpty()) {
      errors.add(FieldError.required("metadata.name", "name or generateName is required"));
    } else {
      for (String why : served.rules().validateName(name, false)) {
        errors.add(FieldError.invalid("metadata.name", quoted(name), why));
      }
    }
    if (resource.namespaced() && Metadata.namespace(object).isEmpty()) {
      errors.add(FieldError.required("metadata.namespace", ""));
    }
    MetadataContent.validate(object.path("metadata"), errors);
    return errors;
  }

  /**
   * Everything wrong with a change of the metadata. Kubernetes looks more than once, how often
   * depends on the kind, and lists what it found each time.
   */
  static List<FieldError> validateUpdate(ObjectNode object, ObjectNode old, Resource resource) {
    List<FieldError> once = new ArrayList<>();
    MetadataContent.validate(object.path("metadata"), once);
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < looks(resource); i++) {
      errors.addAll(once);
    }
    if (Metadata.terminating(old)) {
      List<String> before = Metadata.finalizers(old);
      List<String> added =
          Metadata.finalizers(object).stream().filter(name -> !before.contains(name)).toList();
      if (!added.isEmpty()) {
        FieldError error =
            FieldError.forbidden(
                "metadata.finalizers",
                "no new finalizers can be added if the object is being deleted, found new"
                    + " finalizers []string{\""
                    + String.join("\", \"", added)
                    + "\"}");
        errors.add(error);
        errors.add(error);
      }
    }
    return errors;
  }

  private static int looks(Resource resource) {
    if (resource.plural().equals("poddisruptionbudgets")) {
      return 2;
    }
    return LOOKED_AT_MOST.contains(resource.plural()) ? 4 : 3;
  }

  static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
