package dev.mlk.course.check;

import dev.mlk.facts.Nodes;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Whether an event was seen. */
final class EventCheck {
  private final Scene scene;

  EventCheck(Scene scene) {
    this.scene = scene;
  }

  Observation look(Arguments arguments) {
    Pattern message = Pattern.compile(arguments.text("message", ""));
    List<JsonNode> owned = owned(arguments);
    String last = "no such event so far";
    int atLeast = arguments.number("atLeast", 1);
    int times = 0;
    for (JsonNode event : new Objects(scene).select("Event", "", "")) {
      if (!about(event, arguments, owned)) {
        continue;
      }
      String said = event.path("reason").asString("") + ": " + event.path("message").asString("");
      boolean reason =
          !arguments.has("reason")
              || arguments.texts("reason").contains(event.path("reason").asString(""));
      if (reason && message.matcher(event.path("message").asString("")).find()) {
        times += Math.max(1, event.path("count").asInt(1));
        said += times > 1 ? " (" + times + " times)" : "";
      }
      if (times >= atLeast) {
        return Observation.holds(said);
      }
      last = said;
    }
    String wanted = String.join(" or ", arguments.texts("reason"));
    return Observation.not(
        last,
        (atLeast == 1 ? "an event " : atLeast + " events ")
            + wanted
            + (arguments.has("message") ? " like " + message : ""));
  }

  private List<JsonNode> owned(Arguments arguments) {
    boolean several = arguments.has("of") || arguments.has("selector");
    boolean one = arguments.has("kind") && (arguments.has("name") || arguments.has("named"));
    return several || one ? new Objects(scene).find(arguments).objects() : List.of();
  }

  private static boolean about(JsonNode event, Arguments arguments, List<JsonNode> owned) {
    JsonNode object = event.path("involvedObject");
    String name = object.path("name").asString("");
    // An object of the same name that was deleted has events too, of another UID.
    String uid = object.path("uid").asString("");
    List<JsonNode> called = owned.stream().filter(now -> Nodes.name(now).equals(name)).toList();
    boolean same =
        uid.isEmpty()
            || called.stream()
                .anyMatch(now -> uid.equals(now.path("metadata").path("uid").asString("")));
    if (arguments.has("of") || arguments.has("selector")) {
      return !called.isEmpty() && same;
    }
    if (!called.isEmpty() && !same) {
      return false;
    }
    boolean kind =
        !arguments.has("kind") || object.path("kind").asString("").equals(arguments.text("kind"));
    boolean named =
        !arguments.has("named") || Pattern.compile(arguments.text("named")).matcher(name).find();
    return kind && named && (!arguments.has("name") || name.equals(arguments.text("name")));
  }
}
