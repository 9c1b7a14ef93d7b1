package dev.mlk.tfjob.validation;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Members and values out of closed lists. */
final class Words {
  private Words() {}

  /** Finds a word that is none of the allowed; absent and empty are fine. */
  static void check(FieldPath path, JsonNode value, List<String> allowed, List<Finding> findings) {
    if (Admission.absent(value) || (value.isString() && value.stringValue().isEmpty())) {
      return;
    }
    // Only then: Jackson loads all of its binding for the text of a tree.
    String written = value.isString() ? value.stringValue() : value.toString();
    if (!allowed.contains(written)) {
      findings.add(
          Finding.error(
              path,
              "'" + written + "' means nothing here",
              "one of " + String.join(", ", allowed),
              meant(written, allowed)));
    }
  }

  /** Finds a member that does not exist. */
  static void unknown(
      FieldPath path, String member, Collection<String> known, List<Finding> findings) {
    findings.add(
        Finding.error(
            path,
            "there is no member '" + member + "' here",
            "one of " + String.join(", ", new TreeSet<>(known)),
            meant(member, known)));
  }

  static String meant(String written, Collection<String> known) {
    return Names.nearest(written, known).map(name -> "did you mean " + name + "?").orElse("");
  }
}
