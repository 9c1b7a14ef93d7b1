package dev.mlk.course.check;

import java.nio.file.Path;
import java.util.Map;

/**
 * Who is being looked at.
 *
 * @param name the learner's name, a legal label value
 * @param namespace the learner's namespace
 * @param folder the learner's files of the module at hand; need not exist
 * @param answers what was answered, by name
 */
public record Learner(String name, String namespace, Path folder, Map<String, String> answers) {
  public Learner {
    answers = Map.copyOf(answers);
  }
}
