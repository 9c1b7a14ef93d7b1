package dev.mlk.course.check;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cluster that is looked at, as the kubeconfig names it.
 *
 * @param context the context that mlk uses; empty in a pod
 * @param server the API server's address
 * @param kubectlContext the context that kubectl would use; empty when there is none
 * @param practice the folder of the practice cluster that this is, if it is one
 */
public record Target(
    String context, String server, String kubectlContext, Optional<Path> practice) {
  private static final Pattern PRODUCTION =
      Pattern.compile("(^|[^a-z])(prod|prd|production|live)([^a-z]|$)");

  /** Whether its names say that other people's work depends on it. */
  public boolean looksLikeProduction() {
    String names = (context + " " + server).toLowerCase(Locale.ROOT);
    return practice.isEmpty() && PRODUCTION.matcher(names).find();
  }
}
