package dev.mlk.check;

import java.util.List;
import java.util.function.Function;

/**
 * One thing that is looked at.
 *
 * @param group the group, as {@code --only} takes it, such as {@code gpu}
 * @param name its name within the group; {@code gpu.plugin} is how it is spoken of
 * @param question what it finds out, one line
 * @param look reads the facts and judges them; at least one verdict
 */
record Check(String group, String name, String question, Function<Facts, List<Verdict>> look) {
  String id() {
    return group + "." + name;
  }
}
