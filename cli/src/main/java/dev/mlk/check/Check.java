package dev.mlk.check;

import java.util.List;
import java.util.function.Function;

/**
 * One thing that is looked at.
 *
 * @param group the group, as {@code --only} takes it, such as {@code gpu}
 * @param name its name within the group; {@code gpu.plugin} is how it is spoken of
 * @param question what it finds out, one line
 * @param look judges what is known; at least one verdict
 * @param <T> what it looks at
 */
public record Check<T>(
    String group, String name, String question, Function<T, List<Verdict>> look) {
  /** {@code group.name}. */
  public String id() {
    return group + "." + name;
  }
}
