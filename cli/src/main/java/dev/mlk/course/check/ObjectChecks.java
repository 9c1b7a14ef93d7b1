package dev.mlk.course.check;

import dev.mlk.facts.Nodes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks of objects and their fields. */
final class ObjectChecks {
  private static final int MOST_NAMES = 5;

  private final Scene scene;

  ObjectChecks(Scene scene) {
    this.scene = scene;
  }

  Observation look(String verb, Arguments arguments) {
    Objects.Found found = new Objects(scene).find(arguments);
    if (!found.served() && arguments.truth("ifServed")) {
      return Observation.unknown("this cluster does not know the kind " + arguments.text("kind"));
    }
    return switch (verb) {
      case "exists" -> exists(found);
      case "absent" ->
          Observation.of(
              found.objects().isEmpty(),
              found.objects().isEmpty() ? "none" : "there is " + names(found.objects()),
              "that " + found.called() + " is not there");
      case "field" -> field(found, arguments);
      case "forbid" -> forbid(found, arguments);
      case "count" -> count(found, arguments);
      default -> condition(found, arguments);
    };
  }

  /** That nothing is there, in words. */
  static Observation missing(Objects.Found found) {
    String why =
        found.served()
            ? "there is no such object: " + found.called()
            : "this cluster does not know that kind: " + found.called();
    return Observation.not(why, found.called());
  }

  private static Observation exists(Objects.Found found) {
    List<JsonNode> alive =
        found.objects().stream()
            .filter(object -> !object.path("metadata").has("deletionTimestamp"))
            .toList();
    if (alive.isEmpty() && !found.objects().isEmpty()) {
      return Observation.not(names(found.objects()) + " is being deleted", found.called());
    }
    return alive.isEmpty() ? missing(found) : Observation.holds("there is " + names(alive));
  }

  private static Observation field(Objects.Found found, Arguments arguments) {
    if (found.objects().isEmpty()) {
      return missing(found);
    }
    Operator operator = arguments.operator();
    List<JsonNode> values = values(found, arguments.text("path"));
    boolean holds = operator.test(values, arguments.node("value"), arguments.truth("any"));
    return Observation.of(
        holds,
        arguments.text("path") + " " + said(values),
        operator.expects(arguments.node("value")));
  }

  private static Observation forbid(Objects.Found found, Arguments arguments) {
    Operator operator = arguments.operator();
    List<JsonNode> values = values(found, arguments.text("path"));
    boolean bad = operator.test(values, arguments.node("value"), true);
    return Observation.of(
        !bad,
        bad ? arguments.text("path") + " " + said(values) : "none",
        "not " + operator.expects(arguments.node("value")));
  }

  private static Observation count(Objects.Found found, Arguments arguments) {
    long number = found.objects().size();
    if (arguments.has("path")) {
      Operator is = Operator.of(Operator.text(arguments.node("is").path("op"))).orElseThrow();
      JsonNode wanted = arguments.node("is").path("value");
      number =
          found.objects().stream()
              .filter(o -> is.test(Paths.values(o, arguments.text("path")), wanted, false))
              .count();
    }
    Operator operator = arguments.operator();
    JsonNode value = JsonNumbers.of(number);
    String which = found.objects().isEmpty() ? "" : " (" + names(found.objects()) + ")";
    return Observation.of(
        operator.test(value, arguments.node("value")),
        number + " of " + found.called() + which,
        operator.expects(arguments.node("value")));
  }

  private static Observation condition(Objects.Found found, Arguments arguments) {
    if (found.objects().isEmpty()) {
      return missing(found);
    }
    String type = arguments.text("type");
    String status = arguments.text("status", "True");
    String expected =
        type + "=" + status + (arguments.has("reason") ? ", " + arguments.text("reason") : "");
    for (JsonNode object : found.objects()) {
      JsonNode condition = Nodes.condition(object, type);
      boolean holds =
          condition.path("status").asString("").equals(status)
              && (!arguments.has("reason")
                  || arguments.text("reason").equals(condition.path("reason").asString("")));
      if (!holds) {
        return Observation.not(conditions(object), expected);
      }
    }
    return Observation.holds(expected);
  }

  private static String conditions(JsonNode object) {
    Set<String> all = new LinkedHashSet<>();
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("status").asString("").equals("True")) {
        String message = condition.path("message").asString("");
        all.add(
            condition.path("type").asString("") + (message.isEmpty() ? "" : " (" + message + ")"));
      }
    }
    return Nodes.name(object)
        + (all.isEmpty() ? " has no true condition" : " is " + String.join(", ", all));
  }

  private static List<JsonNode> values(Objects.Found found, String path) {
    List<JsonNode> values = new ArrayList<>();
    found.objects().forEach(object -> values.addAll(Paths.values(object, path)));
    return values;
  }

  private static String said(List<JsonNode> values) {
    List<String> texts = values.stream().map(Operator::text).distinct().toList();
    return texts.isEmpty() ? "is not set" : "is " + String.join(", ", texts);
  }

  static String names(List<JsonNode> objects) {
    List<String> names = objects.stream().map(Nodes::name).toList();
    return names.size() <= MOST_NAMES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMES))
            + " and "
            + (names.size() - MOST_NAMES)
            + " more";
  }
}
