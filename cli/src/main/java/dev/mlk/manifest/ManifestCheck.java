package dev.mlk.manifest;

import dev.mlk.format.Nearest;
import dev.mlk.practice.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Everything that can be said about a file before a cluster is asked: identity of each object,
 * fields against the kind's type, resources, and for TFJobs the operator's admission rules. All
 * findings at once, in the order of the file.
 */
public final class ManifestCheck {
  private ManifestCheck() {}

  /** What is wrong with the file; empty when nothing is. */
  public static List<Finding> check(Manifest manifest) {
    List<Finding> findings = new ArrayList<>(manifest.findings());
    for (Document document : manifest.documents()) {
      findings.addAll(check(document));
    }
    findings.sort(ManifestCheck::inOrderOfTheFile);
    return findings.stream().distinct().toList();
  }

  // No Comparator.comparing: the JDK makes its lambdas anew in every process, which costs 10 ms.
  private static int inOrderOfTheFile(Finding a, Finding b) {
    int lines = Integer.compare(a.place().line(), b.place().line());
    return lines != 0 ? lines : Integer.compare(a.place().column(), b.place().column());
  }

  private static List<Finding> check(Document document) {
    List<Finding> findings = new ArrayList<>(Identity.unknown(document));
    if (!findings.isEmpty()) {
      return findings;
    }
    findings.addAll(Identity.name(document));
    Optional<TypeSchema> type = Types.of(document);
    if (type.isPresent()) {
      for (Finding finding : new FieldCheck(document, type.get()).findings()) {
        if (findings.stream().noneMatch(known -> known.place().equals(finding.place()))) {
          findings.add(finding);
        }
      }
    }
    if (document.kind().equals("TFJob")) {
      findings.addAll(TfJobRules.check(document, findings));
    }
    return findings;
  }

  /** A JSON value as people would call it. */
  static String called(JsonNode value) {
    if (value.isNull()) {
      return "empty";
    }
    if (value.isObject()) {
      return "a map";
    }
    if (value.isArray()) {
      return "a list";
    }
    if (value.isBoolean()) {
      return "the truth value " + value.asString();
    }
    return value.isNumber()
        ? "the number " + value.asString()
        : "the text \"" + shortened(value.asString()) + "\"";
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 37) + "...";
  }

  static String didYouMean(String name, Iterable<String> legal) {
    List<String> names = new ArrayList<>();
    legal.forEach(names::add);
    return Nearest.to(name, names).map(near -> "did you mean " + near + "?").orElse("");
  }
}
