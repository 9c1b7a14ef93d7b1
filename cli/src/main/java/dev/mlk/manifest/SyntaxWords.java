package dev.mlk.manifest;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** The parser's complaints in the words of somebody who looks over the learner's shoulder. */
final class SyntaxWords {
  private SyntaxWords() {}

  static Finding explain(String file, String text, MarkedYamlEngineException problem) {
    Mark mark = problem.getProblemMark().or(problem::getContextMark).orElse(null);
    if (mark == null) {
      return new Finding(Place.of(file), "this is not YAML: " + problem.getProblem(), "", "");
    }
    int line = mark.getLine();
    Place place = new Place(file, line + 1, mark.getColumn() + 1);
    String said = problem.getProblem() == null ? "" : problem.getProblem();
    String[] lines = text.split("\n", -1);
    String here = line < lines.length ? lines[line] : "";
    int tab = leadingTab(here);
    if (tab >= 0) {
      return new Finding(
          new Place(file, line + 1, tab + 1),
          "a tab stands in the indentation",
          "spaces",
          "replace each tab by two spaces");
    }
    if (said.contains("mapping values are not allowed")) {
      return new Finding(
          place,
          "a colon stands where no field can begin",
          "one field a line, or quotes around a value with a colon",
          "look at the indentation of this line and at the end of the line before");
    }
    if (said.contains("could not find expected ':'")) {
      return new Finding(
          place,
          "a field's name has no colon after it",
          "name: value",
          "look at line " + Math.max(1, line));
    }
    if (said.contains("block end") || said.contains("<block")) {
      return new Finding(
          place,
          "the indentation of this line fits nothing above it",
          "the same column as its neighbours",
          "fields of one object begin in the same column");
    }
    if (said.contains("expected ',' or")) {
      String close = said.contains("']'") ? "]" : "}";
      return new Finding(
          place,
          "a list or map in brackets is not closed, or a comma is missing",
          "a comma or " + close,
          "");
    }
    if (said.contains("undefined alias")) {
      return new Finding(
          place,
          "the alias here names an anchor that does not exist",
          "an anchor &name above it",
          "");
    }
    if (said.contains("cannot start any token")) {
      return new Finding(
          place,
          "the character here cannot begin a value",
          "a plain or quoted value",
          "put the value into double quotes");
    }
    if (said.contains("unexpected end of stream")) {
      return new Finding(
          place, "the file ends inside quotes or brackets", "the closing quote or bracket", "");
    }
    return new Finding(place, "this is not YAML: " + said, "", "");
  }

  private static int leadingTab(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        return i;
      }
      if (c != ' ') {
        return -1;
      }
    }
    return -1;
  }
}
