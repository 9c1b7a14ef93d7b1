package dev.mlk.cluster;

import dev.mlk.console.Invocation;
import dev.mlk.practice.kubernetes.Programs;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Finds the programs of the real control plane: in the folder that the user names, or built from
 * the checkout's {@code testbed/}, once.
 */
final class KubernetesPrograms {
  private static final String OFFICIAL =
      "mlk cluster start --engine kubernetes --kubernetes-bin DIR, with the released programs etcd,"
          + " kube-apiserver, kube-controller-manager and kube-scheduler in DIR";
  private static final int LAST_LINES = 6;

  private final Invocation invocation;

  KubernetesPrograms(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * The engine with programs that are there and run.
   *
   * @throws Problem when they cannot be had
   */
  Engine complete(Engine wanted) {
    boolean named = !wanted.programs().isEmpty();
    Path folder = named ? invocation.directory().resolve(wanted.programs()).normalize() : built();
    Programs programs = new Programs(folder);
    try {
      List<Programs.Trouble> troubles = programs.troubles();
      if (!troubles.isEmpty()) {
        throw unusable(troubles, programs.missing().isEmpty());
      }
    } catch (InterruptedIOException e) {
      throw new Problem.Interrupted(Explanation.of(String.valueOf(e.getMessage())));
    }
    return new Engine(Engine.KUBERNETES, folder.toString());
  }

  private static Problem unusable(List<Programs.Trouble> troubles, boolean there) {
    Explanation explanation =
        Explanation.of(troubles.getFirst().sentence())
            .because(troubles.stream().skip(1).map(Programs.Trouble::sentence).toList())
            .because("the engine \"kubernetes\" runs the programs of a real control plane");
    for (Programs.Trouble trouble : troubles) {
      explanation = explanation.next(trouble.next());
    }
    explanation = explanation.next(OFFICIAL);
    return there ? new Problem.BadInput(explanation) : new Problem.NotFound(explanation);
  }

  private Path built() {
    Path script = Path.of(System.getProperty("mlk.dist", ".")).resolve("../../../testbed/build.sh");
    if (!Files.exists(script)) {
      throw new Problem.NotFound(
          Explanation.of("no programs of a real control plane")
              .because("this mlk is no checkout, from whose testbed/ they could be built")
              .next(OFFICIAL));
    }
    try {
      return build(script.normalize());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem.Interrupted(Explanation.of("the control plane is not built"));
    }
  }

  private Path build(Path script) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString());
    builder.environment().clear();
    builder.environment().putAll(invocation.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    Deque<String> last = new ArrayDeque<>();
    try (BufferedReader progress =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = progress.readLine(); line != null; line = progress.readLine()) {
        invocation.note(line);
        last.addLast(line);
        if (last.size() > LAST_LINES) {
          last.removeFirst();
        }
      }
    }
    String folder =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0 || folder.isEmpty()) {
      throw new Problem.Unreachable(
          Explanation.of("the real control plane cannot be built from " + script.getParent())
              .because(List.copyOf(last))
              .next(OFFICIAL));
    }
    return Path.of(folder);
  }
}
