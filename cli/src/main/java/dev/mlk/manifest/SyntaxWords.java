package dev.mlk.manifest;

import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * The parser's complaints in the words of somebody who looks over the learner's shoulder.
 *
 * @param said a part of what the parser says
 * @param what what it means
 * @param expected what was expected
 * @param suggestion what to look at
 */
record SyntaxWords(String said, String what, String expected, String suggestion) {
  private static final List<SyntaxWords> ALL =
      List.of(
          new SyntaxWords(
              "mapping values are not allowed",
              "a colon stands where no field can begin",
              "one field a line, or quotes around a value with a colon",
              "look at the indentation of this line and at the end of the line before"),
          new SyntaxWords(
              "could not find expected ':'",
              "a field's name has no colon after it",
              "name: value",
              "look at this line and the one before"),
          new SyntaxWords(
              "<block",
              "the indentation of this line fits nothing above it",
              "the same column as its neighbours",
              "fields of one object begin in the same column"),
          new SyntaxWords(
              "expected ',' or ']'",
              "a list in brackets is not closed, or a comma is missing",
              "a comma or ]",
              ""),
          new SyntaxWords(
              "expected ',' or '}'",
              "a map in braces is not closed, or a comma is missing",
              "a comma or }",
              ""),
          new SyntaxWords(
              "undefined alias",
              "the alias here names an anchor that does not exist",
              "an anchor &name above it",
              ""),
          new SyntaxWords(
              "cannot start any token",
              "the character here cannot begin a value",
              "a plain or quoted value",
              "put the value into double quotes"),
          new SyntaxWords(
              "unexpected end of stream",
              "the file ends inside quotes or brackets",
              "the closing quote or bracket",
              ""));

  static Finding explain(String file, String text, MarkedYamlEngineException problem) {
    Mark mark = problem.getProblemMark().or(problem::getContextMark).orElse(null);
    String said = problem.getProblem() == null ? "" : problem.getProblem();
    if (mark == null) {
      return new Finding(Place.of(file), "this is not YAML: " + said, "", "");
    }
    int line = mark.getLine();
    int tab = leadingTab(text.lines().skip(line).findFirst().orElse(""));
    if (tab >= 0) {
      Place place = new Place(file, line + 1, tab + 1);
      return new Finding(
          place, "a tab stands in the indentation", "spaces", "replace each tab by two spaces");
    }
    Place place = new Place(file, line + 1, mark.getColumn() + 1);
    for (SyntaxWords words : ALL) {
      if (said.contains(words.said)) {
        return new Finding(place, words.what, words.expected, words.suggestion);
      }
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
