package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a pod may run: affinity, tolerations, spread. */
final class PlacementValidation {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private PlacementValidation() {}

  /** Checks {@code affinity}. */
  static void affinity(JsonNode affinity, String path, Findings findings) {
    JsonNode node = affinity.path("nodeAffinity");
    if (node.get(REQUIRED) instanceof ObjectNode selector) {
      nodeSelector(selector, path + ".nodeAffinity." + REQUIRED, findings);
    }
    int index = 0;
    for (ObjectNode term : Tree.objects(node.path(PREFERRED))) {
      String here = path + ".nodeAffinity." + PREFERRED + "[" + index++ + "]";
      weight(term, here, findings);
      nodeTerm(term.path("preference"), here + ".preference", findings);
    }
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      podAffinity(affinity.path(kind), path + "." + kind, findings);
    }
  }

  /** Checks the selector of nodes that affinities and volumes have. */
  static void nodeSelector(ObjectNode selector, String path, Findings findings) {
    List<ObjectNode> terms = Tree.objects(selector.path("nodeSelectorTerms"));
    if (terms.isEmpty()) {
      findings.required(path + ".nodeSelectorTerms", "must have at least one node selector term");
    }
    for (int i = 0; i < terms.size(); i++) {
      nodeTerm(terms.get(i), path + ".nodeSelectorTerms[" + i + "]", findings);
    }
  }

  private static void nodeTerm(JsonNode term, String path, Findings findings) {
    int index = 0;
    for (ObjectNode requirement : Tree.objects(term.path("matchExpressions"))) {
      LabelValidation.requirement(
          requirement, path + ".matchExpressions[" + index++ + "]", true, findings);
    }
  }

  private static void weight(ObjectNode term, String path, Findings findings) {
    long weight = Tree.number(term, "weight");
    if (weight < 1 || weight > 100) {
      findings.invalid(path + ".weight", weight, "must be in the range 1-100");
    }
  }

  private static void podAffinity(JsonNode affinity, String path, Findings findings) {
    int index = 0;
    for (ObjectNode term : Tree.objects(affinity.path(REQUIRED))) {
      podTerm(term, path + "." + REQUIRED + "[" + index++ + "]", findings);
    }
    index = 0;
    for (ObjectNode weighted : Tree.objects(affinity.path(PREFERRED))) {
      String here = path + "." + PREFERRED + "[" + index++ + "]";
      weight(weighted, here, findings);
      podTerm(weighted.path("podAffinityTerm"), here + ".podAffinityTerm", findings);
    }
  }

  private static void podTerm(JsonNode term, String path, Findings findings) {
    LabelValidation.selector(term.path("labelSelector"), path + ".labelSelector", findings);
    LabelValidation.selector(term.path("namespaceSelector"), path + ".namespaceSelector", findings);
    String key = Tree.text(term, "topologyKey");
    if (key.isEmpty()) {
      findings.required(path + ".topologyKey", "can not be empty");
    }
    findings.invalid(path + ".topologyKey", key, Names.qualifiedName(key));
  }

  /** Checks {@code tolerations}. */
  static void tolerations(JsonNode tolerations, String path, Findings findings) {
    int index = 0;
    for (ObjectNode toleration : Tree.objects(tolerations)) {
      toleration(toleration, path + "[" + index++ + "]", findings);
    }
  }

  private static void toleration(ObjectNode toleration, String path, Findings findings) {
    String key = Tree.text(toleration, "key");
    String operator = Tree.text(toleration, "operator");
    String effect = Tree.text(toleration, "effect");
    String value = Tree.text(toleration, "value");
    if (!key.isEmpty()) {
      findings.invalid(path + ".key", key, Names.qualifiedName(key));
    } else if (!operator.equals("Exists")) {
      findings.invalid(
          path + ".operator",
          operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all"
              + " keys\"");
    }
    if (Tree.has(toleration, "tolerationSeconds") && !effect.equals("NoExecute")) {
      findings.invalid(
          path + ".effect", effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    if (operator.isEmpty() || operator.equals("Equal")) {
      List<String> texts = Names.labelValue(value);
      if (!texts.isEmpty()) {
        findings.invalid(path + ".operator", value, String.join(";", texts));
      }
    } else if (!operator.equals("Exists")) {
      findings.notSupported(path + ".operator", operator, "Equal", "Exists");
    } else if (!value.isEmpty()) {
      findings.invalid(
          path + ".operator", value, "value must be empty when `operator` is 'Exists'");
    }
    if (!effect.isEmpty()) {
      effect(toleration, path, findings);
    }
  }

  /** Checks the effect of a taint or toleration. */
  static void effect(ObjectNode object, String path, Findings findings) {
    findings.oneOf(object, "effect", path, "NoSchedule", "PreferNoSchedule", "NoExecute");
  }

  /** Checks {@code topologySpreadConstraints}. */
  static void spread(JsonNode constraints, String path, Findings findings) {
    List<String> seen = new ArrayList<>();
    int index = 0;
    for (ObjectNode constraint : Tree.objects(constraints)) {
      String here = path + "[" + index++ + "]";
      long skew = Tree.number(constraint, "maxSkew");
      if (skew <= 0) {
        findings.invalid(here + ".maxSkew", skew, "must be greater than zero");
      }
      String key = Tree.text(constraint, "topologyKey");
      if (key.isEmpty()) {
        findings.required(here + ".topologyKey", "can not be empty");
      } else {
        findings.invalid(here + ".topologyKey", key, Names.qualifiedName(key));
      }
      findings.oneOf(constraint, "whenUnsatisfiable", here, "DoNotSchedule", "ScheduleAnyway");
      String pair = "{" + key + ", " + Tree.text(constraint, "whenUnsatisfiable") + "}";
      if (seen.contains(pair)) {
        findings.duplicate(here + ".{topologyKey, whenUnsatisfiable}", pair);
      }
      seen.add(pair);
      LabelValidation.selector(constraint.path("labelSelector"), here + ".labelSelector", findings);
    }
  }
}
