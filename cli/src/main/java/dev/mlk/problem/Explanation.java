package dev.mlk.problem;

import java.util.ArrayList;
import java.util.List;

/**
 * A problem in words.
 *
 * @param sentence what went wrong, one sentence without a full stop
 * @param causes why, one line each; may be empty
 * @param next commands or steps that help, the likeliest first; may be empty
 */
public record Explanation(String sentence, List<String> causes, List<String> next) {
  public Explanation {
    causes = List.copyOf(causes);
    next = List.copyOf(next);
  }

  /** Just the sentence. */
  public static Explanation of(String sentence) {
    return new Explanation(sentence, List.of(), List.of());
  }

  /** The same with one more line of cause. */
  public Explanation because(String cause) {
    return new Explanation(sentence, plus(causes, cause), next);
  }

  /** The same with these lines of cause as well. */
  public Explanation because(List<String> more) {
    var all = new ArrayList<>(causes);
    all.addAll(more);
    return new Explanation(sentence, all, next);
  }

  /** The same with one more next step: a command, or words. */
  public Explanation next(String step) {
    return new Explanation(sentence, causes, plus(next, step));
  }

  private static List<String> plus(List<String> lines, String line) {
    if (line.isEmpty()) {
      return lines;
    }
    var all = new ArrayList<>(lines);
    all.add(line);
    return all;
  }
}
