package dev.mlk.sweep.trial;

import dev.mlk.format.Nearest;
import dev.mlk.sweep.report.Numbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What event files say of one metric. */
final class EventMetric {
  private static final int MOST_NAMES = 8;

  /** Runs that are made of data which training does not see. */
  private static final Set<String> HELD_OUT =
      Set.of("test", "eval", "evaluation", "val", "valid", "validation", "held_out", "dev");

  private final Events events;
  private final String metric;
  private final List<Scalar> candidates;

  EventMetric(Events events, String metric, String leader) {
    this.events = events;
    this.metric = metric;
    this.candidates = candidates(events, metric, leader);
  }

  /**
   * The scalars that may be meant: that of the whole name, run and tag, or those of the tag; among
   * those the leading replica's, and then those of data that training does not see.
   */
  private static List<Scalar> candidates(Events events, String metric, String leader) {
    List<Scalar> whole =
        events.scalars().stream().filter(scalar -> scalar.name().equals(metric)).toList();
    if (!whole.isEmpty()) {
      return whole;
    }
    List<Scalar> all =
        events.scalars().stream().filter(scalar -> scalar.tag().equals(metric)).toList();
    List<Scalar> leading =
        all.stream()
            .filter(one -> one.run().equals(leader) || one.run().startsWith(leader + "/"))
            .toList();
    List<Scalar> known = leading.isEmpty() ? all : leading;
    List<Scalar> heldOut = known.stream().filter(EventMetric::heldOut).toList();
    return heldOut.isEmpty() ? known : heldOut;
  }

  private static boolean heldOut(Scalar scalar) {
    for (String part : scalar.run().split("/", -1)) {
      if (HELD_OUT.contains(part.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  /** The scalar that counts; empty when there is none, or nobody can tell which. */
  Optional<Scalar> counting() {
    return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
  }

  /** Whether the metric, or any loss, ended as no finite number. */
  Optional<String> divergence() {
    for (Scalar scalar : events.scalars()) {
      boolean telling =
          candidates.contains(scalar) || scalar.tag().toLowerCase(Locale.ROOT).contains("loss");
      if (telling && scalar.last().isPresent() && !Double.isFinite(scalar.last().getAsDouble())) {
        return Optional.of(
            "diverged: "
                + scalar.name()
                + "="
                + scalar.last().getAsDouble()
                + " in "
                + events.place());
      }
    }
    return Optional.empty();
  }

  /** Why there is no number, in a line; empty when nobody looked. */
  Optional<String> missing() {
    if (events.place().isEmpty()) {
      return Optional.empty();
    }
    String looked = "looked for " + metric + " in " + events.place();
    if (!events.absent().isEmpty()) {
      return Optional.of(looked + ": " + events.absent());
    }
    if (candidates.size() > 1) {
      return Optional.of(
          looked
              + ": "
              + names(candidates)
              + " have it; --metric "
              + candidates.getFirst().name()
              + " says which is meant");
    }
    if (candidates.size() == 1) {
      return Optional.of(
          looked
              + ": "
              + candidates.getFirst().name()
              + ": "
              + String.join("; ", candidates.getFirst().odd()));
    }
    if (events.scalars().isEmpty()) {
      return Optional.of(looked + ": they have no scalars");
    }
    List<String> known = new ArrayList<>();
    events.scalars().forEach(scalar -> known.add(scalar.tag()));
    events.scalars().forEach(scalar -> known.add(scalar.name()));
    String near = Nearest.to(metric, known).map(n -> " (did you mean " + n + "?)").orElse("");
    return Optional.of(
        looked + ": there is none" + near + "; they have " + names(events.scalars()));
  }

  private static String names(List<Scalar> scalars) {
    List<String> names = scalars.stream().map(Scalar::name).limit(MOST_NAMES).toList();
    int more = scalars.size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }

  /**
   * What is odd although there is a number: files that disagree with each other or with the log.
   *
   * @param logged the last value of the metric in the log, as written; empty for none
   */
  List<String> doubts(String place, String logged) {
    List<String> doubts = new ArrayList<>();
    for (Scalar scalar : candidates) {
      scalar.odd().forEach(odd -> doubts.add(scalar.name() + " in " + events.place() + ": " + odd));
    }
    List<Scalar> all =
        events.scalars().stream()
            .filter(s -> s.tag().equals(metric) || s.name().equals(metric))
            .filter(s -> s.last().isPresent())
            .toList();
    OptionalDouble value = Measures.number(logged);
    if (value.isPresent()
        && !all.isEmpty()
        && all.stream()
            .noneMatch(s -> agree(logged, value.getAsDouble(), s.last().getAsDouble()))) {
      Scalar other = candidates.stream().findFirst().orElse(all.getFirst());
      doubts.add(
          place
              + " and the event files disagree: "
              + metric
              + "="
              + logged
              + " there, "
              + Numbers.of(other.last())
              + " as the last of "
              + other.name()
              + " in "
              + events.place()
              + "; the log counts");
    }
    return doubts;
  }

  /** Whether a text may be that number, rounded. */
  private static boolean agree(String text, double logged, double value) {
    if (Double.compare(logged, value) == 0) {
      return true;
    }
    boolean percent = text.endsWith("%");
    double whole = percent ? value * 100 : value;
    try {
      BigDecimal written = new BigDecimal(percent ? text.substring(0, text.length() - 1) : text);
      double unit = written.ulp().doubleValue();
      return Math.abs(logged - whole) <= Math.max(unit, 1e-6 * Math.abs(logged));
    } catch (NumberFormatException e) {
      // NaN, infinity, or a spelling of numbers that only floating point has.
      return Math.abs(logged - whole) <= 1e-6 * Math.abs(logged);
    }
  }
}
