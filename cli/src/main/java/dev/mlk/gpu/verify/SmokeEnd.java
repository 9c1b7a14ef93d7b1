package dev.mlk.gpu.verify;

import java.util.List;

/** How a smoke pod ended. */
sealed interface SmokeEnd {
  /**
   * It ran.
   *
   * @param pod its name
   * @param node where it ran
   * @param logs what its containers printed, in the order of the plan's parts
   * @param failure how it failed, in words; empty when it ended well
   */
  record Ran(String pod, String node, List<SmokeLog> logs, String failure) implements SmokeEnd {
    public Ran {
      logs = List.copyOf(logs);
    }
  }

  /**
   * It did not get to run.
   *
   * @param why what it waited for or who refused it, with the cause
   * @param expected what should have been
   * @param next what helps
   */
  record NotRun(String why, String expected, String next) implements SmokeEnd {}

  /**
   * The user may not have it run.
   *
   * @param right what is missing, such as {@code create jobs.batch}
   */
  record NotAllowed(String right) implements SmokeEnd {}
}
