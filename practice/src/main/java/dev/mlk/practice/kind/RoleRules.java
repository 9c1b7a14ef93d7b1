package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.status.FieldError;
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
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    int index = 0;
    for (ObjectNode rule : Tree.objects(object.path("rules"))) {
      rule(rule, "rules[" + index++ + "]", findings);
    }
    return findings.list();
  }

  private void rule(ObjectNode rule, String path, Findings findings) {
    if (rule.path("verbs").isEmpty()) {
      findings.required(path + ".verbs", "verbs must contain at least one value");
    }
    JsonNode urls = rule.path("nonResourceURLs");
    if (!urls.isEmpty()) {
      if (!cluster) {
        findings.invalid(
            path + ".nonResourceURLs", urls, "namespaced rules cannot apply to non-resource URLs");
      }
      if (!rule.path("apiGroups").isEmpty() || !rule.path("resources").isEmpty()) {
        findings.invalid(
            path + ".nonResourceURLs",
            urls,
            "rules cannot apply to both regular resources and non-resource URLs");
      }
      return;
    }
    if (rule.path("apiGroups").isEmpty()) {
      findings.required(path + ".apiGroups", "resource rules must supply at least one api group");
    }
    if (rule.path("resources").isEmpty()) {
      findings.required(path + ".resources", "resource rules must supply at least one resource");
    }
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
