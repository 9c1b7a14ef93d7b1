package dev.mlk.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.console.TestConsole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionTest {
  @TempDir private Path home;

  private List<String> after(String... words) {
    TestConsole console = TestConsole.pipe();
    List<String> arguments = new ArrayList<>(List.of("__complete", "--"));
    arguments.addAll(List.of(words));
    Map<String, String> environment = Map.of("HOME", home.toString());
    App app = new App(console.console(), environment, home, InstantSource.system());
    assertThat(app.run(arguments.toArray(String[]::new))).as(console.err()).isZero();
    return console.out().lines().toList();
  }

  @Test
  void nounsVerbsAndOptionsComeFromTheCommands() {
    assertThat(after("")).contains("cluster", "version", "completion", "help");
    assertThat(after("clu")).containsExactly("cluster");
    assertThat(after("cluster", "sta")).containsExactly("start", "status");
    assertThat(after("cluster", "start", "--gpu")).containsExactly("--gpu-model", "--gpus");
    assertThat(after("cluster", "start", "--name")).contains("--name", "--namespace");
    assertThat(after("-o", "json", "cluster", "res")).containsExactly("reset");
    assertThat(after("help", "exit")).containsExactly("exit-codes");
    assertThat(after("completion", "")).containsExactly("bash", "zsh", "fish");
    assertThat(after("version", "-o", "j")).containsExactly("json", "jsonl");
    assertThat(after("cluster", "serve", "x")).isEmpty();
  }

  @Test
  void contextsComeFromTheKubeconfig() throws IOException {
    Files.createDirectories(home.resolve(".kube"));
    Files.writeString(
        home.resolve(".kube/config"),
        "contexts: [{name: one, context: {}}, {name: two, context: {}}]\n");
    assertThat(after("version", "--context", "")).containsExactly("one", "two");
  }

  @Test
  void noClusterIsStartedForAName() {
    assertThat(after("version", "-n", "")).isEmpty();
    assertThat(home.resolve(".mlk")).doesNotExist();
  }

  @Test
  void namespacesAndClustersAreThoseThatAreThere() throws IOException {
    try (PracticeInProcess _ = PracticeInProcess.start(home)) {
      assertThat(after("version", "-n", "kube-")).contains("kube-system", "kube-public");
      assertThat(after("cluster", "stop", "--name", "")).containsExactly("practice");
    }
  }

  @Test
  void theScriptsAreSoundForTheirShells() throws Exception {
    for (String shell : List.of("bash", "zsh", "fish")) {
      TestConsole console = TestConsole.pipe();
      App app = new App(console.console(), Map.of(), home, InstantSource.system());
      assertThat(app.run("completion", shell)).isZero();
      Path script = Files.writeString(home.resolve("script." + shell), console.out());
      if (installed(shell)) {
        Process check = new ProcessBuilder(shell, "-n", script.toString()).start();
        String said = new String(check.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
      }
    }
  }

  private static boolean installed(String shell) {
    for (String folder : System.getenv("PATH").split(java.io.File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder, shell))) {
        return true;
      }
    }
    return false;
  }
}
