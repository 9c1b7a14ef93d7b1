package dev.mlk.sweep;

import dev.mlk.manifest.Document;
import dev.mlk.sweep.space.Domain;
import dev.mlk.template.Parameter;
import dev.mlk.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Which places of a job a parameter fills, as {@code --set} writes places. */
final class Targets {
  private Targets() {}

  /**
   * The places that a template's parameter names; its values are checked.
   *
   * @throws IllegalArgumentException with a sentence
   */
  static List<String> ofTemplate(Template template, Document job, String name, Domain domain) {
    for (String value : domain.grid()) {
      Document copy = new Document(job.object().deepCopy(), job.places(), job.start());
      Optional<String> problem = template.set(List.of(copy), name, value);
      if (problem.isPresent()) {
        throw new IllegalArgumentException(problem.get());
      }
    }
    Parameter parameter = template.parameter(name).orElseThrow();
    List<String> targets = new ArrayList<>();
    for (String path : parameter.paths()) {
      if (!path.startsWith("spec.")) {
        throw new IllegalArgumentException("trials cannot differ in " + path);
      }
      targets.add(path);
    }
    for (String argument : parameter.arguments()) {
      String[] typeAndFlag = argument.split("\\.", 2);
      targets.add(typeAndFlag[0].toLowerCase(Locale.ROOT) + ".arg." + typeAndFlag[1]);
    }
    return targets;
  }

  /** An argument where some replica has it already, else of all; a name with a dot is a path. */
  static List<String> ofFile(Document job, String name, List<String> notes) {
    if (name.indexOf('.') >= 0) {
      return List.of(name);
    }
    List<String> targets = new ArrayList<>();
    for (Map.Entry<String, JsonNode> type :
        job.object().path("spec").path("tfReplicaSpecs").properties()) {
      for (JsonNode container : type.getValue().path("template").path("spec").path("containers")) {
        for (JsonNode arg : container.path("args")) {
          String word = arg.asString("");
          if (word.equals("--" + name) || word.startsWith("--" + name + "=")) {
            targets.add(type.getKey().toLowerCase(Locale.ROOT) + ".arg." + name);
          }
        }
      }
    }
    if (targets.isEmpty()) {
      notes.add("No replica has the argument --" + name + " yet; every one gets it.");
      return List.of("arg." + name);
    }
    return targets.stream().distinct().toList();
  }
}
