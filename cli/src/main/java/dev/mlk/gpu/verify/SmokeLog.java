package dev.mlk.gpu.verify;

import dev.mlk.format.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What one container of a smoke pod printed: facts, a line of JSON each, and whatever libraries
 * said between them.
 *
 * @param facts the facts in their order
 * @param others the other lines
 */
record SmokeLog(List<JsonNode> facts, List<String> others) {
  private static final String START = "{\"fact\":";

  SmokeLog {
    facts = List.copyOf(facts);
    others = List.copyOf(others);
  }

  static SmokeLog parse(String text) {
    List<JsonNode> facts = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String line : text.lines().toList()) {
      // A line that was cut when the container was killed is no fact.
      fact(line).ifPresentOrElse(facts::add, () -> others.add(line));
    }
    return new SmokeLog(facts, others);
  }

  private static boolean meantAsFact(String line) {
    return line.replace(" ", "").startsWith(START);
  }

  private static Optional<JsonNode> fact(String line) {
    if (!meantAsFact(line)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(line));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** All facts of a name. */
  List<JsonNode> all(String name) {
    return facts.stream().filter(fact -> fact.path("fact").asString("").equals(name)).toList();
  }

  /** The fact of a name; an empty object where there is none. */
  JsonNode first(String name) {
    return all(name).stream().findFirst().orElseGet(Json::object);
  }

  /** The fact of a name about a device; an empty object where there is none. */
  JsonNode of(String name, int index) {
    return all(name).stream()
        .filter(fact -> fact.path("index").asInt(-1) == index)
        .findFirst()
        .orElseGet(Json::object);
  }

  /** What went wrong at some point, about a device or all of them; empty when nothing. */
  String error(String where, int index) {
    return all("error").stream()
        .filter(fact -> fact.path("where").asString("").equals(where))
        .filter(fact -> !fact.has("index") || fact.path("index").asInt(-1) == index)
        .findFirst()
        .map(fact -> fact.path("message").asString(""))
        .orElse("");
  }

  boolean has(String name) {
    return !all(name).isEmpty();
  }

  boolean simulated() {
    return first("start").path("simulated").asBoolean(false);
  }

  /** The last thing that was said besides facts. */
  String lastWords() {
    return others.stream()
        .filter(line -> !line.isBlank() && !meantAsFact(line))
        .reduce("", (_, last) -> last)
        .strip();
  }
}
