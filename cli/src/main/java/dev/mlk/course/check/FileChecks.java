package dev.mlk.course.check;

import dev.mlk.format.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Checks of the learner's own files. */
final class FileChecks {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "([a-z0-9.-]+(:\\d+)?/)?[a-z0-9._-]+(/[a-z0-9._-]+)*(:[\\w][\\w.-]{0,127})?"
              + "(@sha256:[0-9a-f]{64})?");

  private final LearnerFiles files;

  FileChecks(Scene scene) {
    this.files = new LearnerFiles(scene.learner().folder());
  }

  Observation look(String verb, Arguments arguments) {
    Optional<String> text = files.text(arguments.text("file"));
    if (text.isEmpty()) {
      return noFile(arguments.text("file"));
    }
    return switch (verb) {
      case "text" -> text(text.get(), arguments);
      case "json" -> json(text.get(), arguments);
      default -> image(text.get(), arguments);
    };
  }

  static Observation noFile(String name) {
    return Observation.not(
        "there is no file " + name + " in your folder", "the file " + name, "NO-FILE");
  }

  private static Observation text(String text, Arguments arguments) {
    List<String> lines =
        text.lines().filter(line -> !line.strip().startsWith("#") && !line.isBlank()).toList();
    if (arguments.has("not")) {
      Pattern forbidden = Pattern.compile(arguments.text("not"));
      Optional<String> line = lines.stream().filter(l -> forbidden.matcher(l).find()).findFirst();
      if (line.isPresent()) {
        return Observation.not(
            arguments.text("file") + " has the line: " + line.get(), "no line like " + forbidden);
      }
    }
    Pattern wanted = Pattern.compile(arguments.text("matches", ""));
    List<String> found = lines.stream().filter(line -> wanted.matcher(line).find()).toList();
    int least = arguments.has("matches") ? arguments.number("atLeast", 1) : 0;
    return Observation.of(
        found.size() >= least,
        found.isEmpty()
            ? arguments.text("file") + " has no such line"
            : arguments.text("file") + " has the line: " + found.getFirst(),
        (least == 1 ? "a line" : least + " lines") + " like " + wanted);
  }

  private static Observation json(String text, Arguments arguments) {
    String file = arguments.text("file");
    JsonNode tree;
    try {
      tree = Json.read(text);
    } catch (JacksonException e) {
      String at =
          e.getLocation() == null
              ? ""
              : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      return Observation.not(
          file + at + " is not JSON: " + e.getOriginalMessage(),
          "JSON: no comma after the last item, double quotes",
          "JSON-SYNTAX");
    }
    if (arguments.has("same")) {
      JsonNode same = arguments.node("same");
      JsonNode wanted = same.isString() ? Json.read(same.asString()) : same;
      return Observation.of(tree.equals(wanted), Json.writeLine(tree), Json.writeLine(wanted));
    }
    if (!arguments.has("path")) {
      return Observation.holds(file + " is JSON");
    }
    List<JsonNode> values = Paths.values(tree, arguments.text("path"));
    Operator operator = arguments.operator();
    List<String> texts = values.stream().map(Operator::text).toList();
    return Observation.of(
        operator.test(values, arguments.node("value"), false),
        arguments.text("path")
            + (texts.isEmpty() ? " is not set" : " is " + String.join(", ", texts)),
        operator.expects(arguments.node("value")));
  }

  private static Observation image(String text, Arguments arguments) {
    String reference =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .findFirst()
            .orElse("");
    if (!REFERENCE.matcher(reference).matches()) {
      return Observation.not(
          reference.isEmpty() ? "the file is empty" : "\"" + reference + "\" is no image reference",
          "a reference such as registry/name:tag",
          "IMAGE-REFERENCE");
    }
    if (arguments.text("op").equals("pinned")) {
      String last = reference.substring(reference.lastIndexOf('/') + 1);
      boolean pinned =
          last.contains("@sha256:") || (last.contains(":") && !last.endsWith(":latest"));
      return Observation.of(pinned, reference, "a tag other than latest, or a digest");
    }
    Operator operator = arguments.operator();
    JsonNode value = tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(reference);
    return Observation.of(
        operator.test(value, arguments.node("value")),
        reference,
        operator.expects(arguments.node("value")));
  }
}
