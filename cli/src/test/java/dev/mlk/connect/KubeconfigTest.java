package dev.mlk.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.TestConsole;
import dev.mlk.problem.Problem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KubeconfigTest {
  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String config(String name, String server) {
    return """
    current-context: %1$s
    contexts:
    - name: %1$s
      context: {cluster: %1$s, user: %1$s, namespace: team}
    clusters:
    - name: %1$s
      cluster: {server: "%2$s", certificate-authority: pki/ca.crt}
    users:
    - name: %1$s
      user: {token: secret}
    """
        .formatted(name, server);
  }

  private Invocation invocation(Map<String, String> environment, String kubeconfig) {
    return new Invocation(
        TestConsole.pipe().console(),
        new GlobalOptions(
            kubeconfig,
            "",
            "",
            "",
            Output.TEXT,
            Optional.empty(),
            new GlobalOptions.Switches(false, false, false)),
        environment,
        folder,
        InstantSource.system());
  }

  @Test
  void theFirstFileToSaySomethingWinsAndPathsStartFromTheirOwnFile() throws IOException {
    Path one = write("one/config", config("a", "https://one:1"));
    Path two =
        write(
            "two/config",
            config("b", "https://two:2")
                + config("a", "https://two:3").replace("current-context: a\n", "---\n"));
    Kubeconfig both = Kubeconfig.read(List.of(one, two));
    assertThat(both.current()).isEqualTo("a");
    assertThat(both.contextNames()).containsExactly("a", "b");
    assertThat(both.context("a").cluster().text("server")).isEqualTo("https://one:1");
    assertThat(both.context("b").cluster().path("certificate-authority"))
        .contains(folder.resolve("two/pki/ca.crt"));
    assertThat(both.context("a").namespace()).isEqualTo("team");
  }

  @Test
  void theVariableListsFilesAndThoseNotThereAreSkipped() throws IOException {
    Path one = write("one", config("a", "https://one:1"));
    String variable = folder.resolve("nothing") + File.pathSeparator + "one" + File.pathSeparator;
    assertThat(KubeconfigFiles.of(invocation(Map.of("KUBECONFIG", variable), "")))
        .containsExactly(one);
  }

  @Test
  void theFileAtHomeIsTheLastResort() throws IOException {
    Path home = write(".kube/config", config("a", "https://one:1"));
    Map<String, String> environment = Map.of("HOME", folder.toString());
    assertThat(KubeconfigFiles.of(invocation(environment, ""))).containsExactly(home);
  }

  @Test
  void aNamedFileThatIsNotThereIsAProblem() {
    assertThatThrownBy(() -> KubeconfigFiles.of(invocation(Map.of(), "nothing")))
        .isInstanceOf(Problem.NotFound.class);
  }

  @Test
  void anUnknownContextIsNotFoundAndTheOthersAreNamed() throws IOException {
    Kubeconfig config = Kubeconfig.read(List.of(write("one", config("a", "https://one:1"))));
    assertThatThrownBy(() -> config.context("x"))
        .isInstanceOfSatisfying(
            Problem.NotFound.class,
            problem -> assertThat(problem.explanation().causes()).containsExactly("it has: a"));
  }

  @Test
  void mistakesNameFileLineAndColumn() throws IOException {
    for (String[] wrong :
        new String[][] {
          {"contexts: {a: b}\n", ":1:11: contexts must be a list"},
          {"users:\n- name: a\n  user: [1]\n", ":3:9: user must have fields"},
          {"- a\n", ":1:1: expected a kubeconfig: fields with names"},
          {"a: {\n", ":2:1: "},
          {
            "clusters:\n- name: a\n  cluster: {server: [1]}\ncontexts:\n- name: a\n  context: {cluster: a}\n",
            ":3:21: cluster \"a\": server must be text"
          }
        }) {
      Path file = write("wrong", wrong[0]);
      assertThatThrownBy(() -> UsualWay.server(Kubeconfig.read(List.of(file)).context("a")))
          .isInstanceOfSatisfying(
              Problem.BadInput.class,
              problem ->
                  assertThat(problem.explanation().causes().getFirst())
                      .startsWith(file + wrong[1]));
    }
  }

  @Test
  void anEmptyFileIsAnEmptyKubeconfig() throws IOException {
    assertThat(
            Kubeconfig.read(List.of(write("empty", ""), write("comment", "# nothing\n"))).isEmpty())
        .isTrue();
  }

  @Test
  void whatIsUsualGoesTheLeanWayAndTheRestGoesThroughFabric() throws IOException {
    String text = config("a", "https://one:1");
    assertThat(fits(text)).isTrue();
    assertThat(fits(text.replace("{token: secret}", "{exec: {command: x}}"))).isTrue();
    assertThat(fits(text.replace("{token: secret}", "{auth-provider: {name: oidc}}"))).isFalse();
    assertThat(
            fits(
                text.replace(
                    "{token: secret}",
                    "{client-certificate-data: QQ==, client-key-data: RU5DUllQVEVE}")))
        .isFalse();
  }

  private boolean fits(String text) throws IOException {
    return UsualWay.fits(
        Kubeconfig.read(List.of(write("config", text))).context("a"), Optional.empty());
  }
}
