package dev.mlk.check;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a SelfSubjectRulesReview says: what the user may do in one namespace, by whatever binding.
 *
 * @param rules its {@code resourceRules}
 * @param incomplete whether there may be more rights than it lists
 */
record Rights(List<JsonNode> rules, boolean incomplete) {
  static Rights of(JsonNode review) {
    JsonNode status = review.path("status");
    return new Rights(
        status.path("resourceRules").valueStream().toList(),
        status.path("incomplete").asBoolean(false));
  }

  /** Whether some rule grants the verb on the resource ({@code pods/log}) for every name. */
  boolean grant(String verb, String group, String resource) {
    return rules.stream()
        .anyMatch(
            rule ->
                rule.path("resourceNames").isEmpty()
                    && has(rule.path("verbs"), verb)
                    && has(rule.path("apiGroups"), group)
                    && resources(rule.path("resources"), resource));
  }

  private static boolean has(JsonNode list, String wanted) {
    return list.valueStream()
        .map(one -> one.asString(""))
        .anyMatch(one -> one.equals("*") || one.equals(wanted));
  }

  /** {@code *} is everything; {@code *}{@code /log} is that subresource of everything. */
  private static boolean resources(JsonNode list, String wanted) {
    int slash = wanted.indexOf('/');
    String ofAll = slash < 0 ? "*" : "*" + wanted.substring(slash);
    return has(list, wanted) || has(list, ofAll);
  }
}
