package dev.mlk.practice.api.admission;

/** One rule of admission. */
public interface Rule {
  /** Adds to the object what the server adds; refuses with an {@code ApiError}. */
  default void mutate(Attempt attempt) {}

  /** Looks at the finished object; refuses with an {@code ApiError}. */
  default void validate(Attempt attempt) {}

  /** Hears that a write that all rules let through is stored, or will not be after all. */
  default void finish(Attempt attempt) {}
}
