package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Roles, of a namespace or of the whole cluster. */
final class RoleRules implements KindRules {
  private final boolean cluster;

  RoleRules(boolean cluster) {
    this.cluster = cluster;
  }

  @Override
  public void defaults(ObjectNode object) {
    if (!Tree.has(object, "rules")) {
      object.putNull("rules");
    }
    for (ObjectNode rule : Tree.objects(object.path("rules"))) {
      Tree.dropEmpty(rule, "apiGroups", "resources", "resourceNames", "nonResourceURLs");
    }
    if (cluster) {
      Tree.dropEmpty(object, "aggregationRule");
    }
  }

  @Override
  public List<String> validateName(String name, boolean prefix) {
    return Names.pathSegment(name, prefix);
  }

  @Override
  public List<Column> columns() {
    return CreatedAt.columns();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return CreatedAt.cells(object, now);
  }
}
