package dev.mlk.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What stands on the command line besides mlk's own options: a file, and parameters with their
 * values.
 *
 * @param source the file or template; empty when none was named
 * @param parameters {@code name=values} each
 */
record Words(String source, List<String> parameters) {
  /**
   * Sorts words.
   *
   * @param own mlk's options of this command, which a parameter may have been meant to be
   * @throws IllegalArgumentException with a sentence
   */
  static Words read(List<String> words, Set<String> own) {
    String source = "";
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--")) {
        if (!source.isEmpty()) {
          throw new IllegalArgumentException(
              "one file or template at a time: \"" + source + "\" and \"" + word + "\"");
        }
        source = word;
        continue;
      }
      String name = word.substring(2);
      if (name.indexOf('=') > 0) {
        parameters.add(name);
      } else if (i + 1 < words.size() && !words.get(i + 1).startsWith("--")) {
        parameters.add(name + "=" + words.get(++i));
      } else {
        throw new IllegalArgumentException(
            own.contains(word)
                ? "the option " + word + " needs a value"
                : "the parameter " + word + " needs values, such as " + word + " 0.01,0.1");
      }
    }
    return new Words(source, List.copyOf(parameters));
  }
}
