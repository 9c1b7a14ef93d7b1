package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Namespaces. */
final class NamespaceRules extends WithStatus {
  @Override
  public void defaults(ObjectNode object) {
    String name = Tree.text(object, "metadata", "name");
    if (!name.isEmpty()) {
      Tree.object(Tree.object(object, "metadata"), "labels")
          .put("kubernetes.io/metadata.name", name);
    }
    Tree.object(object, "spec");
    Tree.fill(Tree.object(object, "status"), "phase", "Active");
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    super.prepareCreate(object);
    ArrayNode finalizers = Tree.list(Tree.object(object, "spec"), "finalizers");
    if (!Tree.texts(finalizers).contains("kubernetes")) {
      finalizers.add("kubernetes");
    }
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    super.prepareUpdate(object, old);
    Tree.keep(Tree.object(object, "spec"), Tree.object(old, "spec"), "finalizers");
  }

  @Override
  public boolean hasGeneration() {
    return false;
  }

  @Override
  public List<String> validateName(String name, boolean prefix) {
    return Names.label(name, prefix);
  }

  @Override
  public boolean hasOwnFieldSelectors() {
    return true;
  }

  @Override
  public Map<String, String> selectableFields(ObjectNode object) {
    return Map.of("status.phase", Tree.text(object, "status", "phase"));
  }

  @Override
  public List<Column> columns() {
    return Columns.named().text("Status", "Age").list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return Row.named(object, now).text(Tree.text(object, "status", "phase")).age().cells();
  }
}
