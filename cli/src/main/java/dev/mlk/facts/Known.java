package dev.mlk.facts;

import java.util.function.Function;

/** A fact about the cluster, or why it is not known. */
public sealed interface Known<T> {
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

  /** What follows from the fact, or from its not being known. */
  default <R> R either(Function<T, R> known, Function<Unknown<T>, R> otherwise) {
    return switch (this) {
      case Fact<T> fact -> known.apply(fact.value);
      case Unknown<T> unknown -> otherwise.apply(unknown);
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
