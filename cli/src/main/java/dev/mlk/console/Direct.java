package dev.mlk.console;

import java.util.List;
import java.util.function.Consumer;

/**
 * A command that understands its simplest command line by itself. picocli reads annotations, which
 * takes longer than all the rest of {@code mlk tfjob list}; so what people type all day goes round
 * it, and everything with an option goes through it.
 */
public interface Direct {
  /**
   * Takes the words after the command's name, none of which is an option, exactly as picocli would.
   *
   * @return false when they are not the simple case; the command is unchanged then
   */
  boolean takes(List<String> words);

  /** Hands over the only word; whether there is exactly one. */
  static boolean one(List<String> words, Consumer<String> taker) {
    if (words.size() != 1) {
      return false;
    }
    taker.accept(words.getFirst());
    return true;
  }
}
