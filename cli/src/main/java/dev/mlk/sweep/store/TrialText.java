package dev.mlk.sweep.store;

import dev.mlk.format.Json;
import dev.mlk.sweep.space.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A trial as JSON text. Numbers that JSON cannot have are written as text. */
final class TrialText {
  private TrialText() {}

  static ObjectNode write(Trial trial) {
    ObjectNode node = Json.object();
    ObjectNode values = node.putObject("values");
    trial.point().values().forEach(values::put);
    node.put("attempt", trial.attempt()).put("first", trial.first());
    Result result = trial.result();
    node.put("state", result.state().text());
    result.value().ifPresent(value -> node.put("value", Double.toString(value)));
    if (result.state().ended()) {
      node.put("seconds", Math.round(result.seconds() * 10) / 10.0);
      ObjectNode seen = node.putObject("seen");
      result.seen().forEach(seen::put);
      numbers(node.putArray("steps"), result.curve().steps());
      numbers(node.putArray("curve"), result.curve().values());
    }
    if (!result.cause().isEmpty()) {
      ArrayNode cause = node.putArray("cause");
      result.cause().forEach(cause::add);
    }
    return node;
  }

  static Trial read(int number, JsonNode node) {
    List<String> cause = new ArrayList<>();
    node.path("cause").forEach(line -> cause.add(line.asString("")));
    JsonNode value = node.path("value");
    Result result =
        new Result(
            TrialState.of(node.path("state").asString("")),
            value.isString()
                ? OptionalDouble.of(Double.parseDouble(value.asString()))
                : OptionalDouble.empty(),
            texts(node.path("seen")),
            new Curve(numbers(node.path("steps")), numbers(node.path("curve"))),
            cause,
            node.path("seconds").asDouble(0));
    return new Trial(
        number,
        new Point(texts(node.path("values"))),
        node.path("attempt").asInt(0),
        node.path("first").asInt(0),
        result,
        "");
  }

  private static void numbers(ArrayNode into, List<Double> numbers) {
    numbers.forEach(
        number ->
            into.add(number % 1 == 0 ? Long.toString(number.longValue()) : number.toString()));
  }

  private static List<Double> numbers(JsonNode node) {
    List<Double> numbers = new ArrayList<>();
    node.forEach(number -> numbers.add(Double.valueOf(number.asString("0"))));
    return numbers;
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
    return texts;
  }
}
