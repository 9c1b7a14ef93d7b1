package dev.mlk.practice.schema;

import dev.mlk.practice.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of one version of a custom resource, compiled from its definition: what its objects go
 * through on their way in.
 */
public final class CustomSchema {
  private static final TypeSchema METADATA =
      Schemas.builtIn().definition("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");

  private final Structural root;
  private final TypeSchema type;
  private final boolean rules;

  private CustomSchema(Structural root) {
    this.root = root;
    this.type = CustomTypes.root(root, METADATA);
    this.rules = root.hasRules();
  }

  /** Compiles a version's {@code schema.openAPIV3Schema}. */
  public static CustomSchema compile(ObjectNode openApiV3Schema) {
    return new CustomSchema(new Structural(openApiV3Schema, true));
  }

  /** The type for server-side apply and managed fields. */
  public TypeSchema type() {
    return type;
  }

  /**
   * Checks a body as it was read: duplicate fields first, then unknown ones; types only of what is
   * in metadata.
   */
  public Decoding.Result check(Bodies.Body body) {
    List<String> strict = new ArrayList<>(body.warnings());
    body.duplicates().forEach(path -> strict.add("duplicate field \"" + path + "\""));
    List<String> unknown = unknownFields(body.object());
    unknown.forEach(path -> strict.add("unknown field \"" + path + "\""));
    return new Decoding.Result(unknown, strict, metadata(body.object()).typeError());
  }

  private static Decoding.Result metadata(ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    if (metadata instanceof ObjectNode fields) {
      return Decoding.check(fields, METADATA);
    }
    return Decoding.check(object.objectNode(), METADATA);
  }

  /** Drops the fields that the schema does not have, silently. */
  public void prune(ObjectNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      TypedForm.reduce(metadata, METADATA);
    }
    new Pruning(METADATA, true).root(object, root);
  }

  /**
   * The paths of fields that the schema does not have: those of metadata first, the others in
   * alphabetical order.
   */
  public List<String> unknownFields(ObjectNode object) {
    List<String> unknown = new ArrayList<>();
    metadata(object).unknownFields().forEach(path -> unknown.add("metadata." + path));
    Pruning search = new Pruning(METADATA, false);
    search.root(object, root);
    unknown.addAll(new TreeSet<>(search.unknown()));
    return unknown;
  }

  /** Fills in defaults and drops nulls that may not be, as on every read and write. */
  public void applyDefaults(ObjectNode object) {
    Defaulting.apply(object, root);
  }

  /**
   * Everything wrong with an object; with an old one, what has not changed is not held against it.
   *
   * @param oldOrNull the stored object; null on create
   */
  public List<FieldError> validate(ObjectNode object, ObjectNode oldOrNull) {
    List<FieldError> errors = new StructuralValidation().root(object, oldOrNull, root);
    if (!rules) {
      return errors;
    }
    List<FieldError> all = new ArrayList<>(errors);
    all.addAll(CustomRules.check(object, oldOrNull, root, errors));
    return all;
  }
}
