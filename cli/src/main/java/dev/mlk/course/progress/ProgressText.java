package dev.mlk.course.progress;

import dev.mlk.course.StepProgress;
import dev.mlk.format.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Progress as JSON, which learners may export and read. */
final class ProgressText {
  private ProgressText() {}

  static ObjectNode write(Progress progress) {
    ObjectNode tree = Json.object().put("schemaVersion", "mlk.dev/v1").put("kind", "Progress");
    progress.lastAt().ifPresent(at -> tree.put("lastAt", at.toString()));
    tree.put("trusted", progress.trusted());
    ObjectNode steps = tree.putObject("steps");
    progress.steps().keySet().stream()
        .sorted()
        .forEach(key -> steps.set(key, step(progress.steps().get(key))));
    ObjectNode answers = tree.putObject("answers");
    progress.answers().forEach(answers::put);
    ObjectNode folders = tree.putObject("folders");
    progress.folders().forEach(folders::put);
    return tree;
  }

  private static ObjectNode step(StepProgress step) {
    ObjectNode tree = Json.object();
    step.startedAt().ifPresent(at -> tree.put("startedAt", at.toString()));
    step.passedAt().ifPresent(at -> tree.put("passedAt", at.toString()));
    return tree.put("spentSeconds", step.spentSeconds())
        .put("hints", step.hints())
        .put("assisted", step.assisted())
        .put("lastCode", step.lastCode())
        .put("attempts", step.attempts());
  }

  static Progress read(JsonNode tree) {
    Map<String, StepProgress> steps = new LinkedHashMap<>();
    tree.path("steps")
        .properties()
        .forEach(entry -> steps.put(entry.getKey(), step(entry.getValue())));
    return new Progress(
        steps,
        texts(tree.path("answers")),
        texts(tree.path("folders")),
        time(tree.path("lastAt")),
        tree.path("trusted").asBoolean(false));
  }

  private static StepProgress step(JsonNode tree) {
    return new StepProgress(
        time(tree.path("startedAt")),
        time(tree.path("passedAt")),
        tree.path("spentSeconds").asLong(0),
        tree.path("hints").asInt(0),
        tree.path("assisted").asBoolean(false),
        tree.path("lastCode").asString(""),
        tree.path("attempts").asInt(0));
  }

  private static Map<String, String> texts(JsonNode tree) {
    Map<String, String> texts = new LinkedHashMap<>();
    tree.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
    return texts;
  }

  private static Optional<Instant> time(JsonNode node) {
    try {
      return node.isString() ? Optional.of(Instant.parse(node.asString())) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
