package dev.mlk.course.check;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Checks of the order of events, as objects' times tell it. */
final class TimeChecks {
  private record Interval(String name, Instant from, Instant to) {}

  private final Scene scene;

  TimeChecks(Scene scene) {
    this.scene = scene;
  }

  Observation look(String verb, Arguments arguments) {
    Objects.Found found = new Objects(scene).find(arguments);
    if (found.objects().isEmpty()) {
      return ObjectChecks.missing(found);
    }
    if (verb.equals("stable")) {
      return stable(found.objects().getFirst(), arguments);
    }
    return arguments.has("then") ? order(found, arguments) : intervals(found, arguments);
  }

  private Observation stable(JsonNode object, Arguments arguments) {
    Duration wanted = arguments.duration("for");
    String expected = "for at least " + wanted.toSeconds() + " s";
    Optional<Instant> since = time(object, arguments.text("path"));
    if (since.isEmpty()) {
      return Observation.not(arguments.text("path") + " is not set", expected);
    }
    Duration passed = Duration.between(since.get(), scene.clock().instant());
    return Observation.of(
        passed.compareTo(wanted) >= 0, "for " + passed.toSeconds() + " s", expected);
  }

  private Observation order(Objects.Found found, Arguments arguments) {
    Arguments then = new Arguments(arguments.node("then"));
    Objects.Found second = new Objects(scene).find(then);
    if (second.objects().isEmpty()) {
      return ObjectChecks.missing(second);
    }
    Optional<Instant> one = time(found.objects().getFirst(), arguments.text("from"));
    Optional<Instant> other = time(second.objects().getFirst(), then.text("path"));
    String expected = arguments.text("from") + " not after " + then.text("path");
    if (one.isEmpty() || other.isEmpty()) {
      return Observation.not("they have not both happened yet", expected);
    }
    return Observation.of(
        !one.get().isAfter(other.get()), one.get() + " and then " + other.get(), expected);
  }

  private Observation intervals(Objects.Found found, Arguments arguments) {
    boolean apart = arguments.truth("apart");
    String expected =
        apart ? "that they never ran at the same time" : "that all ran at the same time";
    List<Interval> all = new ArrayList<>();
    for (JsonNode object : found.objects()) {
      Optional<Instant> from = time(object, arguments.text("from"));
      Optional<Instant> to = time(object, arguments.text("to", "status.completionTime"));
      if (from.isEmpty() || (apart && to.isEmpty())) {
        return Observation.not(
            ObjectChecks.names(List.of(object)) + " has not come so far", expected);
      }
      all.add(
          new Interval(
              ObjectChecks.names(List.of(object)), from.get(), to.orElse(scene.clock().instant())));
    }
    all.sort(Comparator.comparing(Interval::from));
    return apart ? apart(all, expected) : together(all, expected);
  }

  private static Observation apart(List<Interval> all, String expected) {
    for (int i = 1; i < all.size(); i++) {
      Interval before = all.get(i - 1);
      Interval after = all.get(i);
      if (after.from.isBefore(before.to)) {
        return Observation.not(
            after.name + " began at " + after.from + ", before " + before.name + " had ended",
            expected);
      }
    }
    return Observation.holds("one after the other");
  }

  private static Observation together(List<Interval> all, String expected) {
    Instant firstEnd = all.stream().map(Interval::to).min(Comparator.naturalOrder()).orElseThrow();
    Interval last = all.getLast();
    return Observation.of(
        !last.from.isAfter(firstEnd),
        last.name + " began at " + last.from + ", the first to end did so at " + firstEnd,
        expected);
  }

  private static Optional<Instant> time(JsonNode object, String path) {
    return Paths.values(object, path).stream().findFirst().flatMap(TimeChecks::time);
  }

  private static Optional<Instant> time(JsonNode value) {
    try {
      return Optional.of(Instant.parse(Operator.text(value)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
