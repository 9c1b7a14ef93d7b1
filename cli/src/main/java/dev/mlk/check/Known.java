package dev.mlk.check;

import java.util.List;
import java.util.function.Function;

/** A fact about the cluster, or why it is not known. */
sealed interface Known<T> {
  /**
   * It is known.
   *
   * @param value the fact
   */
  record Fact<T>(T value) implements Known<T> {}

  /**
   * It is not known.
   *
   * @param why one sentence without a full stop
   * @param next what would make it known; may be empty
   */
  record Unknown<T>(String why, String next) implements Known<T> {}

  /** What to say about the fact; when it is not known, that it is not. */
  default List<Verdict> judge(Function<T, List<Verdict>> judgement) {
    return switch (this) {
      case Fact<T> fact -> judgement.apply(fact.value);
      case Unknown<T> unknown -> List.of(Verdict.skip(unknown.why, unknown.next));
    };
  }

  /** Another fact that follows from this one. */
  default <R> Known<R> map(Function<T, R> function) {
    return switch (this) {
      case Fact<T> fact -> new Fact<>(function.apply(fact.value));
      case Unknown<T> unknown -> new Unknown<>(unknown.why, unknown.next);
    };
  }

  /** The fact, or something else where it is not known. */
  default T or(T other) {
    return this instanceof Fact<T> fact ? fact.value : other;
  }

  /** Whether it is known. */
  default boolean known() {
    return this instanceof Fact;
  }
}
