package dev.mlk.course.check;

import dev.mlk.facts.Known;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Looks whether checks hold. */
public final class Checks {
  private final Scene scene;
  private final Words words;

  /** In what this scene shows. */
  public Checks(Scene scene) {
    this.scene = scene;
    this.words = new Words(scene);
  }

  /** The texts of the module, as this scene fills them. */
  public Words words() {
    return words;
  }

  /** What the scene is. */
  public Scene scene() {
    return scene;
  }

  /**
   * Whether a check holds.
   *
   * @param verb its name
   * @param arguments its fields, or the list of checks that it takes
   */
  public Observation look(String verb, JsonNode arguments) {
    if (Vocabulary.isList(verb)) {
      return several(verb, arguments);
    }
    Arguments filled = new Arguments(words.fill(arguments));
    if (filled.has("notOnPractice") && scene.target().practice().isPresent()) {
      return Observation.unknown(filled.text("notOnPractice"));
    }
    Known<Observation> known =
        scene.cluster().reader().attempt("read this (" + verb + ")", _ -> one(verb, filled));
    return known.either(observation -> observation, unknown -> Observation.unknown(unknown.why()));
  }

  private Observation one(String verb, Arguments arguments) {
    return switch (verb) {
      case "exists", "absent", "field", "forbid", "count", "condition" ->
          new ObjectChecks(scene).look(verb, arguments);
      case "event" -> new EventCheck(scene).look(arguments);
      case "log", "progress" -> new LogChecks(scene).look(verb, arguments);
      case "metric", "http" -> new HttpChecks(scene).look(verb, arguments);
      case "order", "stable" -> new TimeChecks(scene).look(verb, arguments);
      case "volume" -> new VolumeCheck(scene).look(arguments);
      case "quiz" -> new QuizCheck(scene).look(arguments);
      case "text", "json", "image" -> new FileChecks(scene).look(verb, arguments);
      case "dockerfile" -> new DockerfileCheck(scene).look(arguments);
      case "rejected", "accepted" -> new TrialChecks(scene).look(verb, arguments);
      case "context" -> new ContextCheck(scene).look(arguments);
      case "server", "access" -> new ServerChecks(scene).look(verb, arguments);
      default -> throw new IllegalArgumentException("no check " + verb);
    };
  }

  private Observation several(String verb, JsonNode checks) {
    List<String> seen = new ArrayList<>();
    Observation first = Observation.holds("");
    int holding = 0;
    for (JsonNode check : checks) {
      String name = check.propertyNames().iterator().next();
      Observation observation = look(name, check.path(name));
      if (observation.outcome() == Observation.Outcome.UNKNOWN) {
        return observation;
      }
      if (observation.holds()) {
        holding++;
        seen.add(observation.seen());
        if (verb.equals("any")) {
          return observation;
        }
      } else if (first.holds()) {
        first = observation;
      }
    }
    return switch (verb) {
      case "all" -> first.holds() ? Observation.holds(String.join("; ", seen)) : first;
      case "any" -> first;
      default -> Observation.of(holding == 0, String.join("; ", seen), "that none of these is so");
    };
  }
}
