package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Configurations of validating webhooks. */
final class ValidatingWebhookRules implements KindRules {
  @Override
  public void defaults(ObjectNode object) {
    for (ObjectNode webhook : Tree.objects(object.path("webhooks"))) {
      Tree.fill(webhook, "failurePolicy", "Fail");
      Tree.fill(webhook, "matchPolicy", "Equivalent");
      Tree.object(webhook, "namespaceSelector");
      Tree.object(webhook, "objectSelector");
      Tree.fill(webhook, "timeoutSeconds", 10);
      for (ObjectNode rule : Tree.objects(webhook.path("rules"))) {
        Tree.fill(rule, "scope", "*");
      }
      if (webhook.path("clientConfig").get("service") instanceof ObjectNode service) {
        Tree.fill(service, "port", 443);
      }
    }
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public boolean generationDiffers(ObjectNode object, ObjectNode old) {
    return !object.path("webhooks").equals(old.path("webhooks"));
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    int index = 0;
    for (ObjectNode webhook : Tree.objects(object.path("webhooks"))) {
      webhook(webhook, "webhooks[" + index++ + "]", findings);
    }
    return findings.list();
  }

  private static void webhook(ObjectNode webhook, String path, Findings findings) {
    String name = Tree.text(webhook, "name");
    if (name.isEmpty()) {
      findings.required(path + ".name");
    } else {
      findings.invalid(path + ".name", name, Names.subdomain(name, false));
      if (name.split("\\.", -1).length < 3) {
        findings.invalid(
            path + ".name",
            name,
            "should be a domain with at least three segments separated by dots");
      }
    }
    int index = 0;
    for (ObjectNode rule : Tree.objects(webhook.path("rules"))) {
      String here = path + ".rules[" + index++ + "]";
      for (String list : List.of("operations", "apiGroups", "apiVersions", "resources")) {
        if (rule.path(list).isEmpty()) {
          findings.required(here + "." + list);
        }
      }
      findings.oneOfIfPresent(rule, "scope", here, "*", "Cluster", "Namespaced");
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
    JsonNode client = webhook.path("clientConfig");
    if (Tree.has(client, "url") == Tree.has(client, "service")) {
      findings.required(path + ".clientConfig", "exactly one of url or service is required");
    }
    if (webhook.path("admissionReviewVersions").isEmpty()) {
      findings.required(path + ".admissionReviewVersions", "must specify one of v1, v1beta1");
    }
  }

  @Override
  public List<Column> columns() {
    return Columns.named().number("Webhooks").age().list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return Row.named(object, now).number(object.path("webhooks").size()).age().cells();
  }
}
