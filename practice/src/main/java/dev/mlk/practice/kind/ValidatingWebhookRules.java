package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    Set<String> names = new HashSet<>();
    for (ObjectNode webhook : Tree.objects(object.path("webhooks"))) {
      String path = "webhooks[" + index++ + "]";
      WebhookValidation.webhook(webhook, path, findings);
      if (!names.add(Tree.text(webhook, "name"))) {
        findings.duplicate(path + ".name", Tree.text(webhook, "name"));
      }
    }
    return findings.list();
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
