package dev.mlk.console;

import java.time.Duration;
import java.util.Optional;

/**
 * The options that every command takes, before and after its name. Empty text means not given.
 *
 * @param kubeconfig the file, instead of {@code KUBECONFIG} and {@code ~/.kube/config}
 * @param context the context in it
 * @param namespace the namespace, instead of the context's
 * @param as whom to act as
 * @param output the form of the output
 * @param timeout how long to wait, when given
 * @param switches the options without a value
 */
public record GlobalOptions(
    String kubeconfig,
    String context,
    String namespace,
    String as,
    Output output,
    Optional<Duration> timeout,
    Switches switches) {

  /**
   * The options without a value.
   *
   * @param quiet only data and errors
   * @param verbose what is asked of the cluster, on standard error
   * @param yes no questions
   */
  public record Switches(boolean quiet, boolean verbose, boolean yes) {}

  /** None given. */
  public static final GlobalOptions NONE =
      new GlobalOptions(
          "", "", "", "", Output.TEXT, Optional.empty(), new Switches(false, false, false));
}
