package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;

/**
 * Runs the {@link Script}s of a client, each in a namespace and a folder of its own. The cluster is
 * the installed practice cluster, or the one of the kubeconfig that {@code -Dmlk.test.kubeconfig}
 * names, which may be any Kubernetes with the project's node agent. {@code -Dscript=NAME} runs one.
 */
@Tag("slow")
abstract class ClientScripts {
  private static final Path SCRIPTS = Path.of("src/test/resources/clients").toAbsolutePath();
  private static final int AT_ONCE = 3;
  private static Mlk mlk;
  private static Path kubeconfig;

  @BeforeAll
  static void findCluster() throws Exception {
    mlk = new Mlk();
    String given = System.getProperty("mlk.test.kubeconfig", "");
    if (given.isEmpty()) {
      mlk.ok("cluster", "start");
      kubeconfig = Path.of(mlk.file("kubeconfig.yaml", mlk.ok("cluster", "kubeconfig")));
    } else {
      kubeconfig = Path.of(given).toAbsolutePath();
    }
  }

  @AfterAll
  static void stopCluster() throws Exception {
    try (Mlk last = mlk) {
      Path cluster = last.home().resolve(".mlk/clusters/practice");
      if (Files.exists(cluster)) {
        // As it is, and in Base64, as the API has it.
        ClusterFolderCheck.logKeepsSecrets(cluster, List.of("xyzzy", "eHl6enk"));
        ClusterFolderCheck.filesArePrivate(cluster);
      }
    }
  }

  /**
   * The scripts of a folder as tests; several run at a time, as most of them wait most of the time.
   *
   * @param folder the name of the folder
   * @param kubectl the kubectl that the scripts find as {@code kubectl}
   * @param programs further programs by the name that scripts use; also as variables, in capitals
   */
  final Stream<DynamicTest> scripts(String folder, Kubectl kubectl, Map<String, Path> programs)
      throws IOException {
    kubectl.assumeThere();
    Map<String, Path> all = new TreeMap<>(programs);
    all.put("kubectl", Path.of(kubectl.program()).toAbsolutePath());
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    List<DynamicTest> tests = new ArrayList<>();
    for (Script script : read(SCRIPTS.resolve(folder))) {
      Future<List<String>> run =
          threads.submit(() -> run(script, kubectl.label(), all, SCRIPTS.resolve(folder)));
      tests.add(
          DynamicTest.dynamicTest(
              script.name() + " (" + kubectl + ")", () -> assertThat(run.get()).isEmpty()));
    }
    threads.shutdown();
    return tests.stream();
  }

  /** The kubectl with which the scripts of other clients prepare things and look at them. */
  static Kubectl firstKubectl() {
    return Kubectl.all().findFirst().orElseThrow();
  }

  /** A program that an environment variable names; without it the test is skipped aloud. */
  static Map<String, Path> program(String name, String variable) {
    String path = System.getenv(variable);
    // Not every machine has this client; the script in .ci/checks installs it and names it.
    assumeTrue(path != null, "SKIPPED: " + variable + " names no " + name);
    return Map.of(name, Path.of(path).toAbsolutePath());
  }

  private static List<Script> read(Path folder) throws IOException {
    String only = System.getProperty("script", "");
    try (Stream<Path> files = Files.list(folder)) {
      List<Script> scripts = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".t")).sorted().toList()) {
        Script script = Script.read(file);
        if (only.isEmpty() || only.equals(script.name())) {
          scripts.add(script);
        }
      }
      assertThat(scripts).as("scripts in " + folder).isNotEmpty();
      return scripts;
    }
  }

  private static List<String> run(
      Script script, String client, Map<String, Path> programs, Path folder) throws Exception {
    String namespace = script.name() + "-" + client;
    Path home = Files.createDirectories(mlk.home().resolve(namespace));
    Path bin = Files.createDirectories(home.resolve("bin"));
    Map<String, String> environment = new TreeMap<>();
    for (Map.Entry<String, Path> program : programs.entrySet()) {
      Files.createSymbolicLink(bin.resolve(program.getKey()), program.getValue());
      environment.put(program.getKey().toUpperCase(Locale.ROOT), program.getValue().toString());
    }
    Path own = Files.copy(kubeconfig, home.resolve("kubeconfig"));
    environment.put("HOME", home.toString());
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    environment.put("KUBECONFIG", own.toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TERM", "dumb");
    environment.put("NS", namespace);
    environment.put("CLIENT", client);
    environment.put("SCRIPTS", folder.toString());
    try (Shell shell = new Shell(home, environment)) {
      return new ScriptRun(script, client, namespace, shell).run();
    }
  }
}
