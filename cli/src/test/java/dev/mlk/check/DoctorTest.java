package dev.mlk.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that lack something, made of real folders, files and programs. */
final class DoctorTest {
  @TempDir private Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final Properties properties = new Properties();
  private Path programs;

  @BeforeEach
  void aMachineThatHasAll() throws IOException {
    properties.putAll(System.getProperties());
    properties.setProperty("os.name", "Linux");
    properties.setProperty("os.arch", "aarch64");
    programs = Files.createDirectory(home.resolve("bin"));
    environment.put("HOME", home.toString());
    environment.put("PATH", programs.toString());
    program("getconf", "echo glibc 2.36");
    program("kubectl", "echo '{\"clientVersion\":{\"gitVersion\":\"v1.35.4\"}}'");
    program("helm", "echo v3.19.0");
    program("docker", "echo 27.5.1");
    program("tensorboard", "echo 2.20");
  }

  private void program(String name, String script) throws IOException {
    Path file = programs.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Verdict look(String id) throws InterruptedException {
    List<Report.Row> rows = rows(id);
    assertThat(rows).hasSize(1);
    return rows.getFirst().verdict();
  }

  /** What all checks say, or one. */
  private List<Report.Row> rows(String id) throws InterruptedException {
    List<Check<Machine>> checks = new ArrayList<>(MachineChecks.all());
    checks.addAll(ToolChecks.all());
    Invocation invocation =
        new Invocation(
            TestConsole.pipe().console(),
            GlobalOptions.NONE,
            environment,
            home,
            InstantSource.system());
    Machine machine = new Machine(invocation, properties);
    return Checks.run(Checks.only(checks, id.isEmpty() ? List.of() : List.of(id)), machine);
  }

  private void says(String id, Outcome outcome, String... words) throws InterruptedException {
    Verdict verdict = look(id);
    assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(outcome);
    assertThat(verdict.seen() + "\n" + verdict.expected() + "\n" + verdict.next()).contains(words);
    if (outcome == Outcome.FAIL || outcome == Outcome.WARN) {
      assertThat(verdict.expected()).isNotEmpty();
      assertThat(verdict.next()).isNotEmpty();
    }
  }

  /** What is this machine's own, whatever the test makes of the rest. */
  private static final Set<String> OWN =
      Set.of(
          "machine.processor",
          "machine.memory",
          "machine.disk",
          "machine.files",
          "machine.loopback");

  @Test
  void theWholeScreen() throws IOException, InterruptedException {
    properties.setProperty("java.version", "25.0.1");
    properties.setProperty("java.vendor", "Example");
    properties.setProperty("java.home", home.resolve("jdk").toString());
    properties.setProperty("os.version", "6.12");
    properties.setProperty("java.io.tmpdir", home.toString());
    program("docker", "exit 1");
    Files.delete(programs.resolve("helm"));
    environment.put("https_proxy", "http://proxy:3128");
    List<Report.Row> rows = new ArrayList<>();
    for (Report.Row row : rows("")) {
      rows.add(
          OWN.contains(row.check().id())
              ? new Report.Row(row.check(), Verdict.pass("as this machine is"), 0)
              : row);
    }
    Screens.hold("doctor", rows, text -> text.replace(home.toString(), "/home/ann"));
  }

  @Test
  void anOldJava() throws InterruptedException {
    says("machine.java", Outcome.PASS, "Java ");
    properties.setProperty("java.version", "17.0.9");
    says("machine.java", Outcome.FAIL, "Java 17.0.9", "JDK 25 or newer");
  }

  @Test
  void aSystemWithoutTensorFlowForJava() throws InterruptedException {
    says("machine.system", Outcome.PASS, "Linux", "aarch64");
    properties.setProperty("os.name", "Windows 11");
    says("machine.system", Outcome.WARN, "use WSL 2");
  }

  @Test
  void anOldCLibrary() throws IOException, InterruptedException {
    says("machine.libc", Outcome.PASS, "glibc 2.36");
    program("getconf", "echo glibc 2.12");
    says("machine.libc", Outcome.FAIL, "glibc 2.12", "2.17 or newer");
    program("getconf", "exit 1");
    says("machine.libc", Outcome.SKIP, "does not tell its version");
  }

  @Test
  void aFolderForTemporaryFilesThatIsNotThere() throws InterruptedException {
    says("machine.temporary", Outcome.PASS, "can be written");
    properties.setProperty("java.io.tmpdir", home.resolve("nowhere").toString());
    says("machine.temporary", Outcome.FAIL, "nowhere cannot be written", "java.io.tmpdir=FOLDER");
  }

  @Test
  void aStateFolderThatOthersMayWriteTo() throws IOException, InterruptedException {
    says("machine.state", Outcome.PASS, "is not there yet");
    Path state = Files.createDirectory(home.resolve(".mlk"));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
    says("machine.state", Outcome.WARN, "others may write", "chmod 700 " + state);
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    says("machine.state", Outcome.PASS, "is yours alone");
  }

  @Test
  void aKubeconfigThatIsNone() throws IOException, InterruptedException {
    says("tools.kubeconfig", Outcome.PASS, "commands use the practice cluster");
    Path file = Files.createDirectory(home.resolve(".kube")).resolve("config");
    Files.writeString(file, "contexts: nonsense\n");
    says("tools.kubeconfig", Outcome.FAIL, "contexts must be a list", "kubectl config view");
    Files.writeString(file, "contexts: [{name: work, context: {cluster: c, user: u}}]\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    says("tools.kubeconfig", Outcome.WARN, "1 context: work", "chmod 600 " + file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    says("tools.kubeconfig", Outcome.PASS, "1 context: work");
  }

  @Test
  void kubectlThatIsNotThereOrDoesNotRun() throws IOException, InterruptedException {
    says("tools.kubectl", Outcome.PASS, "kubectl v1.35.4");
    program("kubectl", "echo broken; exit 3");
    says("tools.kubectl", Outcome.WARN, "does not tell its version");
    Files.delete(programs.resolve("kubectl"));
    says("tools.kubectl", Outcome.WARN, "not on the PATH");
  }

  @Test
  void helmOfTheOldKind() throws IOException, InterruptedException {
    says("tools.helm", Outcome.PASS, "helm v3.19.0");
    program("helm", "echo v2.17.0+gdeadbee");
    says("tools.helm", Outcome.WARN, "needs Tiller");
    Files.delete(programs.resolve("helm"));
    says("tools.helm", Outcome.SKIP, "not on the PATH");
  }

  @Test
  void anEngineThatDoesNotAnswer() throws IOException, InterruptedException {
    says("tools.engine", Outcome.PASS, "docker 27.5.1");
    program("docker", "exit 1");
    says("tools.engine", Outcome.WARN, "does not answer", "docker info");
    Files.delete(programs.resolve("docker"));
    says("tools.engine", Outcome.SKIP, "no docker, podman or nerdctl");
  }

  @Test
  void aProxyForThisMachineToo() throws InterruptedException {
    says("tools.proxy", Outcome.PASS, "no proxy is set");
    environment.put("https_proxy", "http://proxy:3128");
    says("tools.proxy", Outcome.WARN, "HTTPS_PROXY set", "export NO_PROXY=127.0.0.0/8,localhost");
    environment.put("NO_PROXY", "localhost,127.0.0.0/8");
    says("tools.proxy", Outcome.PASS, "not for this machine");
  }
}
