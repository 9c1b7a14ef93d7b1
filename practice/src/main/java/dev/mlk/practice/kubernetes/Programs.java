package dev.mlk.practice.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The programs of a control plane: a folder with etcd, kube-apiserver, kube-controller-manager and
 * kube-scheduler, as they are released, or with one program {@code kube} that acts as any of them
 * by its first argument.
 *
 * @param folder where they are
 */
public record Programs(Path folder) {
  /** The names of the four. */
  public static final List<String> NAMES =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

  private static final String ALL_IN_ONE = "kube";
  private static final int PATIENCE_SECONDS = 20;

  public Programs {
    folder = folder.toAbsolutePath().normalize();
  }

  /** The names of those that the folder lacks. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (String name : NAMES) {
      if (!Files.isExecutable(folder.resolve(name))
          && !Files.isExecutable(folder.resolve(ALL_IN_ONE))) {
        missing.add(name);
      }
    }
    return missing;
  }

  /** How to start one of them: the program and its first arguments. */
  List<String> command(String name) {
    Path program = folder.resolve(name);
    return Files.isExecutable(program)
        ? List.of(program.toString())
        : List.of(folder.resolve(ALL_IN_ONE).toString(), name);
  }

  /**
   * The version of the API server, such as {@code v1.35.4}.
   *
   * @throws IOException with the sentence for the user when it does not run or says something else
   */
  public String version() throws IOException {
    List<String> command = new ArrayList<>(command("kube-apiserver"));
    command.add("--version");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    try (InputStream output = process.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0 || !said.startsWith("Kubernetes v")) {
        throw new IOException(
            command.getFirst()
                + " is not the API server of Kubernetes: asked for its version it said \""
                + (said.length() > 200 ? said.substring(0, 200) + "..." : said)
                + "\"");
      }
      return said.substring("Kubernetes ".length());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command.getFirst() + " told its version", e);
    }
  }
}
