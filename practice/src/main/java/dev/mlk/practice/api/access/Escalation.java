package dev.mlk.practice.api.access;

import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Nobody grants rights beyond their own, by a role or by a binding. */
public final class Escalation {
  private static final JsonNode EVERY_RESOURCE =
      Json.read(BootstrapRoles.EVERYTHING.getBytes(StandardCharsets.UTF_8));
  private static final JsonNode EVERY_PATH =
      Json.object()
          .setAll(
              Map.of(
                  "verbs", Json.object().arrayNode().add("*"),
                  "nonResourceURLs", Json.object().arrayNode().add("*")));
  private final Rbac rbac;

  /** Judges by the roles there are. */
  public Escalation(Objects objects) {
    this.rbac = new Rbac(objects);
  }

  /** Throws a 403 when the role or binding would grant more than its writer has. */
  public void check(User user, dev.mlk.kube.Resource resource, ObjectNode object) {
    if (user.master() || !resource.group().equals(Rbac.GROUP)) {
      return;
    }
    String namespace = Metadata.namespace(object);
    boolean binding = resource.plural().endsWith("bindings");
    JsonNode rules = object.path("rules");
    Wish exempt =
        Wish.resource(
            "escalate", Rbac.GROUP, resource.plural(), "", namespace, Metadata.name(object));
    if (binding) {
      String kind = object.path("roleRef").path("kind").asString("");
      String role = object.path("roleRef").path("name").asString("");
      String plural = kind.equals("Role") ? "roles" : "clusterroles";
      exempt = Wish.resource("bind", Rbac.GROUP, plural, "", namespace, role);
      rules =
          rbac.role(kind, namespace, role)
              .map(found -> found.path("rules"))
              .orElseThrow(() -> ApiError.notFound(resource, role));
    }
    if (rbac.decide(user, exempt).allowed()) {
      return;
    }
    List<Rbac.Held> held = rbac.held(user, namespace, new ArrayList<>());
    List<String> missing = new ArrayList<>();
    rules.forEach(rule -> missing(rule, held, missing));
    if (object.path("aggregationRule").isObject()) {
      // What it will hold is for others to say: it takes all rights.
      missing(EVERY_RESOURCE, held, missing);
      missing(EVERY_PATH, held, missing);
      if (!missing.isEmpty()) {
        throw ApiError.forbidden(
            resource,
            Metadata.name(object),
            "must have cluster-admin privileges to use the aggregationRule");
      }
    }
    if (!missing.isEmpty()) {
      throw ApiError.forbidden(
          resource,
          Metadata.name(object),
          "user \""
              + user.name()
              + "\" (groups=["
              + quoted(user.groups())
              + "]) is attempting to grant RBAC permissions not currently held:\n"
              + String.join("\n", missing.stream().sorted().toList()));
    }
  }

  private static void missing(JsonNode rule, List<Rbac.Held> held, List<String> missing) {
    for (JsonNode path : rule.path("nonResourceURLs")) {
      List<String> verbs = new ArrayList<>();
      for (JsonNode verb : rule.path("verbs")) {
        Wish wish = Wish.path(verb.asString(""), path.asString(""));
        if (held.stream().noneMatch(one -> Rules.allow(one.rule(), wish))) {
          verbs.add(verb.asString(""));
        }
      }
      if (!verbs.isEmpty()) {
        missing.add(
            "{NonResourceURLs:[\""
                + path.asString("")
                + "\"], Verbs:["
                + quoted(verbs, " ")
                + "]}");
      }
    }
    for (JsonNode group : rule.path("apiGroups")) {
      for (JsonNode resource : rule.path("resources")) {
        if (rule.path("resourceNames").isEmpty()) {
          missing(rule, group.asString(""), resource.asString(""), "", held, missing);
        }
        for (JsonNode name : rule.path("resourceNames")) {
          missing(
              rule, group.asString(""), resource.asString(""), name.asString(""), held, missing);
        }
      }
    }
  }

  private static void missing(
      JsonNode rule,
      String group,
      String resource,
      String name,
      List<Rbac.Held> held,
      List<String> missing) {
    int slash = resource.indexOf('/');
    String plural = slash < 0 ? resource : resource.substring(0, slash);
    String subresource = slash < 0 ? "" : resource.substring(slash + 1);
    List<String> verbs = new ArrayList<>();
    for (JsonNode verb : rule.path("verbs")) {
      Wish wish = Wish.resource(verb.asString(""), group, plural, subresource, "", name);
      if (held.stream().noneMatch(one -> Rules.allow(one.rule(), wish))) {
        verbs.add(verb.asString(""));
      }
    }
    if (!verbs.isEmpty()) {
      String names = name.isEmpty() ? "" : ", ResourceNames:[\"" + name + "\"]";
      missing.add(
          "{APIGroups:[\""
              + group
              + "\"], Resources:[\""
              + resource
              + "\"]"
              + names
              + ", Verbs:["
              + quoted(verbs, " ")
              + "]}");
    }
  }

  private static String quoted(List<String> texts) {
    return quoted(texts, " ");
  }

  private static String quoted(List<String> texts, String between) {
    return "\"" + String.join("\"" + between + "\"", texts) + "\"";
  }
}
