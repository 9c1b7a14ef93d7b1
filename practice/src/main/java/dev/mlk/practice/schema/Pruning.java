package dev.mlk.practice.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the fields that a structural schema does not have, and drops them or not. */
final class Pruning {
  private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata");

  private final TypeSchema metadata;
  private final boolean drops;
  private final List<String> unknown = new ArrayList<>();

  Pruning(TypeSchema metadata, boolean drops) {
    this.metadata = metadata;
    this.drops = drops;
  }

  void root(ObjectNode object, Structural schema) {
    members(object, schema, "", true);
  }

  List<String> unknown() {
    return unknown;
  }

  private void value(JsonNode value, Structural schema, String path) {
    if (schema == null) {
      return;
    }
    if (value instanceof ObjectNode object) {
      boolean resource = schema.embeddedResource();
      if (resource && object.path("metadata") instanceof ObjectNode fields) {
        Decoding.check(fields, metadata)
            .unknownFields()
            .forEach(field -> unknown.add(path + ".metadata." + field));
        if (drops) {
          TypedForm.reduce(fields, metadata);
        }
      }
      members(object, schema, path, resource);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        value(value.get(i), schema.items(), path + "[" + i + "]");
      }
    }
  }

  private void members(ObjectNode object, Structural schema, String path, boolean resource) {
    boolean keeps = schema.preservesUnknownFields() || schema.allowsAnyKey();
    for (String key : List.copyOf(object.propertyNames())) {
      if (resource && ENVELOPE.contains(key)) {
        continue;
      }
      Structural member = schema.member(key);
      String memberPath = path.isEmpty() ? key : path + "." + key;
      if (member != null) {
        value(object.get(key), member, memberPath);
      } else if (!keeps) {
        unknown.add(memberPath);
        if (drops) {
          object.remove(key);
        }
      }
    }
  }
}
