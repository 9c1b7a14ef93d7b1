package dev.mlk.sweep.store;

import dev.mlk.sweep.space.Point;

/**
 * One trial as the sweep has written it down.
 *
 * @param number counted from 1 in the order of proposal
 * @param point its parameters
 * @param attempt which attempt counts, from 0
 * @param first the attempt that retries are counted from; later than 0 after a resume
 * @param result what came out
 * @param named the name of its job where others gave it one; empty where the sweep does
 */
public record Trial(int number, Point point, int attempt, int first, Result result, String named) {
  /** A trial that has not begun. */
  public static Trial proposed(int number, Point point) {
    return new Trial(number, point, 0, 0, Result.NONE, "");
  }

  /** A trial whose job others have made. */
  public static Trial met(int number, Point point, Result result, String job) {
    return new Trial(number, point, 0, 0, result, job);
  }

  /** How it is. */
  public TrialState state() {
    return result.state();
  }

  /** The name of its job in a sweep; an attempt after the first has its number behind it. */
  public String job(String sweep) {
    return named.isEmpty() ? sweep + "-" + point.id() + (attempt == 0 ? "" : "-" + attempt) : named;
  }

  /** The same with that result. */
  public Trial with(Result other) {
    return new Trial(number, point, attempt, first, other, named);
  }

  /** The same, to be tried once more for this reason. */
  public Trial retried(Result why) {
    return new Trial(number, point, attempt + 1, first, why, named);
  }

  /** The same, to be tried anew with all its retries. */
  public Trial reopened() {
    return new Trial(number, point, attempt + 1, attempt + 1, Result.again(result.cause()), named);
  }
}
