package dev.mlk.manifest;

import dev.mlk.tfjob.validation.Severity;
import dev.mlk.tfjob.validation.TfJobValidation;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The operator's rules for TFJobs, found again in the file. */
final class TfJobRules {
  private TfJobRules() {}

  /**
   * What the rules find beyond what is known already: one finding a place is enough.
   *
   * @param known findings so far
   */
  static List<Finding> check(Document document, List<Finding> known) {
    List<Finding> findings = new ArrayList<>();
    for (var finding : TfJobValidation.problems(document.object())) {
      Place place = document.place(path(document, finding.path().segments()));
      boolean said = known.stream().anyMatch(other -> other.place().equals(place));
      if (finding.severity() == Severity.ERROR && !said) {
        String field =
            finding.path().segments().isEmpty() ? "" : finding.path().segments().getLast();
        String text =
            finding.text().contains(field) ? finding.text() : field + ": " + finding.text();
        findings.add(new Finding(place, text, finding.expected(), finding.suggestion()));
      }
    }
    return findings;
  }

  /** Segments as a path: a number below a list is an index. */
  private static String path(Document document, List<String> segments) {
    var path = new StringBuilder();
    JsonNode at = document.object();
    for (String segment : segments) {
      if (at.isArray()) {
        path.append('[').append(segment).append(']');
        at = at.path(Integer.parseInt(segment));
      } else {
        path.append(path.isEmpty() ? "" : ".").append(segment);
        at = at.path(segment);
      }
    }
    return path.toString();
  }
}
