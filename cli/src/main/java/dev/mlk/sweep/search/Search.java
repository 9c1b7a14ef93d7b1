package dev.mlk.sweep.search;

import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.space.Space;
import java.util.List;
import java.util.Optional;

/** Chooses what a sweep tries next. The same seed and the same history give the same choice. */
public interface Search {
  /** How to search. */
  enum Kind {
    GRID("grid"),
    RANDOM("random"),
    TPE("tpe"),

    /** Somebody else chooses, and mlk only reports. */
    OTHER("other");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As the user writes it. */
    public String word() {
      return word;
    }

    /** The kind of that word, if there is one. */
    public static Optional<Kind> of(String word) {
      for (Kind kind : values()) {
        if (kind != OTHER && kind.word.equals(word)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * The next point; empty when there is no other.
   *
   * @param history all points proposed so far, in order
   */
  Optional<Point> next(List<Tried> history);

  /** Whether what comes next does not depend on how earlier points did. */
  boolean settled();

  /** The search of that kind. */
  static Search of(Kind kind, Space space, long seed) {
    return switch (kind) {
      case GRID -> new GridSearch(space);
      case RANDOM -> new RandomSearch(space, seed);
      case TPE -> new TpeSearch(space, seed);
      case OTHER -> throw new IllegalArgumentException("others choose what is tried next");
    };
  }
}
