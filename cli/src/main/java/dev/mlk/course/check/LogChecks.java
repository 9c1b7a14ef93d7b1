package dev.mlk.course.check;

import dev.mlk.facts.Nodes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Checks of what programs logged. */
final class LogChecks {
  private final Scene scene;

  LogChecks(Scene scene) {
    this.scene = scene;
  }

  Observation look(String verb, Arguments arguments) {
    List<JsonNode> pods = pods(arguments);
    if (pods.isEmpty()) {
      return Observation.not("there is no pod that could have logged", "a log");
    }
    Pattern wanted = Pattern.compile(arguments.text("matches"));
    List<String> lines = lines(pods, arguments);
    Observation seen =
        verb.equals("log")
            ? log(lines, wanted, arguments.number("atLeast", 1))
            : progress(lines, wanted, arguments);
    // Who waits for a line of a program that has ended waits for ever.
    return seen.holds() || !pods.stream().allMatch(LogChecks::ended)
        ? seen
        : Observation.not(
            "the program has ended; " + seen.seen(), seen.expected(), Vocabulary.LOG_ENDED);
  }

  private static boolean ended(JsonNode pod) {
    return pod.path("status").path("phase").asString("").equals("Succeeded");
  }

  private List<JsonNode> pods(Arguments arguments) {
    String kind = arguments.text("kind", "Pod");
    Objects objects = new Objects(scene);
    return kind.equals("Pod")
        ? objects.find(arguments).objects()
        : objects.podsOf(kind, arguments.text("name"));
  }

  private List<String> lines(List<JsonNode> pods, Arguments arguments) {
    List<String> lines = new ArrayList<>();
    for (JsonNode pod : pods) {
      lines.addAll(
          scene
              .cluster()
              .log(
                  pod.path("metadata").path("namespace").asString(""),
                  Nodes.name(pod),
                  arguments.text("container", ""),
                  arguments.truth("previous")));
    }
    return lines;
  }

  private static Observation log(List<String> lines, Pattern wanted, int atLeast) {
    List<String> found = lines.stream().filter(line -> wanted.matcher(line).find()).toList();
    String last = lines.isEmpty() ? "the log is empty" : "the last line is: " + lines.getLast();
    return Observation.of(
        found.size() >= atLeast,
        found.isEmpty() ? last : found.getLast(),
        (atLeast == 1 ? "a line" : atLeast + " lines") + " like " + wanted);
  }

  private static Observation progress(List<String> lines, Pattern wanted, Arguments arguments) {
    List<BigDecimal> numbers = new ArrayList<>();
    for (String line : lines) {
      Matcher matcher = wanted.matcher(line);
      if (matcher.find()) {
        new Value(matcher.group(1)).number().ifPresent(numbers::add);
      }
    }
    int different = arguments.number("atLeast", 2);
    Optional<BigDecimal> to =
        arguments.has("to") ? new Value(arguments.text("to")).number() : Optional.empty();
    BigDecimal most = numbers.stream().max(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
    boolean grows =
        numbers.stream().distinct().count() >= different
            && !numbers.isEmpty()
            && numbers.getFirst().compareTo(most) < 0;
    boolean far = to.isEmpty() || most.compareTo(to.get()) >= 0;
    String last = lines.isEmpty() ? "the log is empty" : "the last line is: " + lines.getLast();
    return Observation.of(
        grows && far,
        numbers.isEmpty() ? last : "it came to " + most.toPlainString(),
        "lines like "
            + wanted
            + " whose number grows"
            + (to.isPresent() ? " to " + to.get().toPlainString() : ""));
  }
}
