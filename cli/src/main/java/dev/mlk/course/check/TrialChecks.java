package dev.mlk.course.check;

import dev.mlk.manifest.Manifest;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether the server would take a learner's manifest. */
final class TrialChecks {
  private final Scene scene;

  TrialChecks(Scene scene) {
    this.scene = scene;
  }

  Observation look(String verb, Arguments arguments) {
    String file = arguments.text("file");
    Optional<Manifest> manifest = new LearnerFiles(scene.learner().folder()).manifest(file);
    if (manifest.isEmpty()) {
      return FileChecks.noFile(file);
    }
    Optional<Trial.Refusal> refusal = new Trial(scene).refusal(manifest.get());
    if (verb.equals("accepted")) {
      return refusal
          .map(one -> Observation.not(one.place() + ": " + one.message(), "that it is accepted"))
          .orElse(Observation.holds("the server would take " + file));
    }
    Pattern wanted = Pattern.compile(arguments.text("message", ""));
    boolean so = refusal.map(one -> wanted.matcher(one.message()).find()).orElse(false);
    return Observation.of(
        so,
        refusal.map(one -> one.place() + ": " + one.message()).orElse("the server would take it"),
        "a refusal like " + wanted);
  }
}
