package dev.mlk.practice.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Kubernetes' rules for labels and label selectors, with its texts. */
final class LabelValidation {
  private static final int LONGEST = 63;
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final String NAME_TEXT =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  private static final String VALUE_TEXT =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  private LabelValidation() {}

  /** What is wrong with a name that may have a domain in front: a label's or resource's. */
  static List<String> qualifiedName(String name) {
    List<String> errors = new ArrayList<>();
    String[] parts = name.split("/", -1);
    if (parts.length > 2) {
      return List.of(
          "a valid label key "
              + NAME_TEXT
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    if (parts.length == 2) {
      if (parts[0].isEmpty()) {
        errors.add("prefix part must be non-empty");
      } else {
        Names.subdomain(parts[0], false).forEach(text -> errors.add("prefix part " + text));
      }
    }
    String last = parts[parts.length - 1];
    if (last.isEmpty()) {
      errors.add("name part must be non-empty");
    } else if (last.length() > LONGEST) {
      errors.add("name part must be no more than 63 bytes");
    }
    if (!NAME.matcher(last).matches()) {
      errors.add("name part " + NAME_TEXT);
    }
    return errors;
  }

  /** What is wrong with a label's value. */
  static List<String> value(String value) {
    List<String> errors = new ArrayList<>();
    if (value.length() > LONGEST) {
      errors.add("must be no more than 63 bytes");
    }
    if (!value.isEmpty() && !NAME.matcher(value).matches()) {
      errors.add(VALUE_TEXT);
    }
    return errors;
  }

  /** Checks a map of labels. */
  static void labels(JsonNode labels, String path, Findings findings) {
    for (Map.Entry<String, String> label : Tree.map(labels).entrySet()) {
      findings.invalid(path, label.getKey(), qualifiedName(label.getKey()));
      findings.invalid(path, label.getValue(), value(label.getValue()));
    }
  }

  /** Checks a label selector; one that is not there is fine. */
  static void selector(JsonNode selector, String path, Findings findings) {
    labels(selector.path("matchLabels"), path + ".matchLabels", findings);
    int index = 0;
    for (ObjectNode requirement : Tree.objects(selector.path("matchExpressions"))) {
      requirement(requirement, path + ".matchExpressions[" + index++ + "]", false, findings);
    }
  }

  /**
   * Checks one requirement of a selector.
   *
   * @param node whether it selects nodes, which may also be compared by Gt and Lt
   */
  static void requirement(ObjectNode requirement, String path, boolean node, Findings findings) {
    String operator = Tree.text(requirement, "operator");
    List<String> values = Tree.texts(requirement.path("values"));
    switch (operator) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          findings.required(
              path + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          findings.forbidden(
              path + ".values",
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case String other when node && (other.equals("Gt") || other.equals("Lt")) -> {
        if (values.size() != 1) {
          findings.required(
              path + ".values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default -> findings.invalid(path + ".operator", operator, "not a valid selector operator");
    }
    String key = Tree.text(requirement, "key");
    findings.invalid(path + ".key", key, qualifiedName(key));
    for (int i = 0; i < values.size(); i++) {
      findings.invalid(path + ".values[" + i + "]", values.get(i), value(values.get(i)));
    }
  }
}
