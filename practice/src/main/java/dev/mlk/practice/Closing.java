package dev.mlk.practice;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started, to be closed in the opposite order. */
final class Closing {
  /** Something to close; nothing that a caller could act on goes wrong in it. */
  @FunctionalInterface
  interface Step {
    void close();
  }

  private final Deque<Step> steps = new ArrayDeque<>();

  synchronized void add(Step step) {
    steps.push(step);
  }

  /** Closes everything, each one whatever becomes of the others; a second call does nothing. */
  synchronized void close() {
    RuntimeException failure = null;
    while (!steps.isEmpty()) {
      try {
        steps.pop().close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
