package dev.mlk.course.board;

import dev.mlk.format.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where one learner is, as the learner's own mlk has written it down. Nothing in it is to be
 * trusted: learners can write what they like into their namespaces.
 *
 * @param learner who
 * @param namespace where
 * @param place the step at hand
 * @param passed how many steps have passed in all modules
 * @param steps how many there are
 * @param minutes time spent in all
 * @param updated when it was written
 */
public record Note(
    String learner,
    String namespace,
    Place place,
    int passed,
    int steps,
    long minutes,
    Instant updated) {
  /**
   * A step.
   *
   * @param module its module, such as {@code module-3}
   * @param step its number, such as {@code 3.3}; empty when the module is complete
   * @param code what is the matter with it; empty when nothing was seen yet
   * @param since since when that is so
   * @param hints how many hints were taken
   */
  public record Place(String module, String step, String code, Instant since, int hints) {}

  private static final int LONGEST_WORD = 40;
  private static final int LARGEST = 100_000;

  /** How long the learner is at this step with this code. */
  Duration at(Instant now) {
    Duration since = Duration.between(place.since, now);
    return since.isNegative() ? Duration.ZERO : since;
  }

  /** As it is kept in the cluster. */
  String text() {
    ObjectNode note = document();
    note.remove("namespace");
    return Json.writeLine(note);
  }

  /** As a document. */
  ObjectNode document() {
    ObjectNode note = Json.object();
    note.put("learner", learner).put("namespace", namespace);
    note.put("module", place.module).put("step", place.step).put("code", place.code);
    note.put("since", place.since.toString()).put("hints", place.hints);
    note.put("passed", passed).put("steps", steps).put("minutes", minutes);
    return note.put("updated", updated.toString());
  }

  /**
   * Reads what is kept in the cluster; what makes no sense is left out.
   *
   * @param namespace where it was found
   */
  static Note read(String namespace, String text) {
    JsonNode note;
    try {
      note = text.length() > LARGEST ? Json.object() : Json.read(text);
    } catch (JacksonException e) {
      note = Json.object();
    }
    Place place =
        new Place(
            word(note, "module"),
            word(note, "step"),
            word(note, "code"),
            time(note, "since"),
            number(note, "hints"));
    String learner = word(note, "learner");
    return new Note(
        learner.isEmpty() ? namespace : learner,
        namespace,
        place,
        number(note, "passed"),
        number(note, "steps"),
        number(note, "minutes"),
        time(note, "updated"));
  }

  private static String word(JsonNode note, String field) {
    String text = note.path(field).asString("").replaceAll("[^\\p{L}\\p{N} ._@-]", "");
    return text.codePointCount(0, text.length()) <= LONGEST_WORD
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_WORD));
  }

  private static int number(JsonNode note, String field) {
    return Math.clamp(note.path(field).asLong(0), 0, LARGEST);
  }

  private static Instant time(JsonNode note, String field) {
    try {
      return Instant.parse(note.path(field).asString(""));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
