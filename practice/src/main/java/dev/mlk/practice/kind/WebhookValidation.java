package dev.mlk.practice.kind;

import dev.mlk.practice.cel.Condition;
import dev.mlk.practice.name.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One webhook of a configuration. */
final class WebhookValidation {
  private static final Set<String> SELECTOR_OPERATORS =
      Set.of("In", "NotIn", "Exists", "DoesNotExist");

  private WebhookValidation() {}

  static void webhook(ObjectNode webhook, String path, Findings findings) {
    name(webhook, path, findings);
    int index = 0;
    for (ObjectNode rule : Tree.objects(webhook.path("rules"))) {
      rule(rule, path + ".rules[" + index++ + "]", findings);
    }
    findings.oneOfIfPresent(webhook, "failurePolicy", path, "Fail", "Ignore");
    findings.oneOfIfPresent(webhook, "matchPolicy", path, "Equivalent", "Exact");
    if (Tree.has(webhook, "sideEffects")) {
      findings.oneOfIfPresent(webhook, "sideEffects", path, "None", "NoneOnDryRun");
    } else {
      findings.required(path + ".sideEffects", "must specify one of None, NoneOnDryRun");
    }
    long seconds = Tree.number(webhook, "timeoutSeconds");
    if (seconds < 1 || seconds > 30) {
      findings.invalid(
          path + ".timeoutSeconds", seconds, "the timeout value must be between 1 and 30 seconds");
    }
    selector(webhook, "namespaceSelector", path, findings);
    selector(webhook, "objectSelector", path, findings);
    client(webhook.path("clientConfig"), path + ".clientConfig", findings);
    conditions(webhook, path + ".matchConditions", findings);
    versions(webhook, path, findings);
  }

  private static void name(ObjectNode webhook, String path, Findings findings) {
    String name = Tree.text(webhook, "name");
    if (name.isEmpty()) {
      findings.required(path + ".name");
      return;
    }
    findings.invalid(path + ".name", name, Names.subdomain(name, false));
    if (name.split("\\.", -1).length < 3) {
      findings.invalid(
          path + ".name",
          name,
          "should be a domain with at least three segments separated by dots");
    }
  }

  private static void versions(ObjectNode webhook, String path, Findings findings) {
    JsonNode versions = webhook.path("admissionReviewVersions");
    List<String> known = List.of("v1", "v1beta1");
    if (versions.isEmpty()) {
      findings.required(path + ".admissionReviewVersions", "must specify one of v1, v1beta1");
    } else if (Tree.texts(versions).stream().noneMatch(known::contains)) {
      findings.invalid(
          path + ".admissionReviewVersions", versions, "must include at least one of v1, v1beta1");
    }
  }

  private static void rule(ObjectNode rule, String path, Findings findings) {
    if (rule.path("operations").isEmpty()) {
      findings.required(path + ".operations");
    }
    List<String> operations = List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
    int index = 0;
    for (String operation : Tree.texts(rule.path("operations"))) {
      if (!operations.contains(operation)) {
        findings.notSupported(
            path + ".operations[" + index + "]", operation, operations.toArray(String[]::new));
      }
      index++;
    }
    alone(
        rule,
        "apiGroups",
        "*",
        "if '*' is present, must not specify other API groups",
        path,
        findings);
    alone(
        rule,
        "apiVersions",
        "*",
        "if '*' is present, must not specify other API versions",
        path,
        findings);
    alone(
        rule,
        "resources",
        "*/*",
        "if '*/*' is present, must not specify other resources",
        path,
        findings);
    findings.oneOfIfPresent(rule, "scope", path, "*", "Cluster", "Namespaced");
  }

  private static void alone(
      ObjectNode rule, String list, String all, String why, String path, Findings findings) {
    JsonNode values = rule.path(list);
    if (values.isEmpty()) {
      findings.required(path + "." + list);
    }
    if (values.size() > 1 && Tree.texts(values).contains(all)) {
      findings.invalid(path + "." + list, values, why);
    }
  }

  private static void selector(ObjectNode webhook, String name, String path, Findings findings) {
    int index = 0;
    for (ObjectNode expression : Tree.objects(webhook.path(name).path("matchExpressions"))) {
      String operator = Tree.text(expression, "operator");
      String here = path + "." + name + ".matchExpressions[" + index++ + "]";
      if (!SELECTOR_OPERATORS.contains(operator)) {
        findings.invalid(here + ".operator", operator, "not a valid selector operator");
      }
    }
  }

  private static void client(JsonNode client, String path, Findings findings) {
    if (Tree.has(client, "url") == Tree.has(client, "service")) {
      findings.required(path, "exactly one of url or service is required");
    } else if (Tree.has(client, "url")) {
      url(Tree.text(client, "url"), path + ".url", findings);
    } else {
      for (String name : List.of("name", "namespace")) {
        if (Tree.text(client, "service", name).isEmpty()) {
          findings.required(path + ".service." + name);
        }
      }
    }
  }

  private static void url(String url, String path, Findings findings) {
    String form = "desired format: https://host[/path]";
    int scheme = url.indexOf("://");
    String name = scheme < 0 ? "" : url.substring(0, scheme);
    if (!name.equals("https")) {
      findings.invalid(path, name, "'https' is the only allowed URL scheme; " + form);
      return;
    }
    String host = url.substring(scheme + 3).split("[/?#]", 2)[0];
    if (host.isEmpty()) {
      findings.invalid(path, host, "host must be specified; " + form);
    }
    if (host.indexOf('@') >= 0) {
      String user = host.substring(0, host.indexOf('@'));
      findings.invalid(path, user, "user information is not permitted in the URL");
    }
    int fragment = url.indexOf('#');
    if (fragment >= 0) {
      findings.invalid(path, url.substring(fragment + 1), "fragments are not permitted in the URL");
    }
    String whole = fragment >= 0 ? url.substring(0, fragment) : url;
    int query = whole.indexOf('?');
    if (query >= 0) {
      findings.invalid(
          path, whole.substring(query + 1), "query parameters are not permitted in the URL");
    }
  }

  private static void conditions(ObjectNode webhook, String path, Findings findings) {
    Set<String> names = new HashSet<>();
    int index = 0;
    for (ObjectNode condition : Tree.objects(webhook.path("matchConditions"))) {
      String here = path + "[" + index++ + "]";
      String name = Tree.text(condition, "name");
      String expression = Tree.text(condition, "expression");
      if (expression.isBlank()) {
        findings.required(here + ".expression");
      } else {
        Condition.problem(expression, ValidatingWebhooks.CONDITION_VARIABLES)
            .ifPresent(why -> findings.invalid(here + ".expression", expression, why));
      }
      if (name.isEmpty()) {
        findings.required(here + ".name");
      } else if (!names.add(name)) {
        findings.duplicate(here + ".name", name);
      }
    }
  }
}
