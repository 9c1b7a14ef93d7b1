package dev.mlk.practice.api.wire;

/** Answers calls, from whatever wire. */
@FunctionalInterface
public interface Handler {
  /** The answer; never an exception but for faults of the server itself. */
  Answer handle(Call call);
}
