package dev.mlk.connect;

import dev.mlk.console.Invocation;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which files kubectl would read: {@code --kubeconfig}, {@code $KUBECONFIG}, or the one at home.
 */
final class KubeconfigFiles {
  private KubeconfigFiles() {}

  /** The files that are there, in order of weight. */
  static List<Path> of(Invocation invocation) {
    String option = invocation.options().kubeconfig();
    if (!option.isEmpty()) {
      Path file = invocation.directory().resolve(option);
      if (!Files.exists(file)) {
        throw new Problem.NotFound(
            Explanation.of("no kubeconfig " + file).because("--kubeconfig names it"));
      }
      return List.of(file);
    }
    return wanted(invocation).stream().filter(Files::exists).toList();
  }

  /** The files that kubectl looks at, there or not; the first is the one it would write. */
  static List<Path> wanted(Invocation invocation) {
    String variable = invocation.environment().getOrDefault("KUBECONFIG", "");
    if (variable.isEmpty()) {
      return List.of(invocation.home().resolve(".kube").resolve("config"));
    }
    Set<Path> files = new LinkedHashSet<>();
    for (String part : variable.split(File.pathSeparator, -1)) {
      if (!part.isEmpty()) {
        files.add(invocation.directory().resolve(part));
      }
    }
    return List.copyOf(files);
  }
}
