package dev.mlk.cluster;

import dev.mlk.console.Invocation;
import dev.mlk.practice.kubernetes.Programs;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
    Path folder = Path.of(wanted.programs());
    if (!wanted.programs().isEmpty()) {
      folder = invocation.directory().resolve(folder).normalize();
      List<String> missing = new Programs(folder).missing();
      if (!missing.isEmpty()) {
        throw new Problem.NotFound(
            Explanation.of("no " + String.join(", no ", missing) + " in " + folder)
                .because("the engine \"kubernetes\" runs the programs of a real control plane")
                .next(OFFICIAL));
      }
    } else {
      folder = built();
    }
    try {
      invocation.detail("control plane: " + new Programs(folder).version() + " in " + folder);
    } catch (IOException e) {
      throw new Problem.BadInput(
          Explanation.of("the programs in " + folder + " do not run here")
              .because(String.valueOf(e.getMessage()))
              .next(OFFICIAL));
    }
    return new Engine(Engine.KUBERNETES, folder.toString());
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
