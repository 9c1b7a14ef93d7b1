package dev.mlk.practice.api.catalog;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.kind.Kind;
import dev.mlk.practice.kind.KindRules;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Plain kinds without rules, for as long as the real ones are not there. */
final class StandIns {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  private StandIns() {}

  static List<Kind> all() {
    return List.of(
            Resources.CONFIG_MAPS,
            Resources.EVENTS,
            Resources.ENDPOINTS,
            Resources.NAMESPACES,
            Resources.NODES,
            Resources.PODS,
            Resources.SECRETS,
            Resources.SERVICE_ACCOUNTS,
            Resources.SERVICES,
            Resources.VOLUME_CLAIMS,
            Resources.VOLUMES,
            Resources.DEPLOYMENTS,
            Resources.REPLICA_SETS,
            Resources.DAEMON_SETS,
            Resources.JOBS,
            Resources.LEASES,
            Resources.ENDPOINT_SLICES,
            Resources.STORAGE_CLASSES,
            Resources.PRIORITY_CLASSES)
        .stream()
        .map(StandIns::kind)
        .toList();
  }

  private static Kind kind(Resource resource) {
    List<Kind.Subresource> subresources =
        List.of(
            new Kind.Subresource(
                "status",
                resource.group(),
                resource.version(),
                resource.kind(),
                List.of("get", "patch", "update")));
    return new Kind(
        resource,
        resource.kind().toLowerCase(Locale.ROOT),
        List.of(),
        List.of(),
        VERBS,
        subresources,
        new Rules());
  }

  private static final class Rules implements KindRules {
    @Override
    public void prepareUpdate(ObjectNode object, ObjectNode old) {
      if (old.has("status")) {
        object.set("status", old.get("status"));
      }
    }

    @Override
    public void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
      if (old.has("spec")) {
        object.set("spec", old.get("spec"));
      }
    }

    @Override
    public List<Column> columns() {
      return List.of(
          new Column("Name", "string", "name", "", 0), new Column("Age", "string", "", "", 0));
    }

    @Override
    public List<JsonNode> cells(ObjectNode object, Instant now) {
      JsonNodeFactory nodes = JsonNodeFactory.instance;
      return List.of(object.path("metadata").path("name"), nodes.stringNode("<unknown>"));
    }
  }
}
