package dev.mlk.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The lean way and fabric8's way to one server, over TLS with a client certificate. */
final class TransportsTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  @TempDir private static Path home;
  private static PracticeInProcess practice;

  @BeforeAll
  static void start() throws IOException {
    practice = PracticeInProcess.start(home);
  }

  @AfterAll
  static void stop() throws IOException {
    practice.close();
  }

  private static Kubeconfig.Context context(Path file) {
    Kubeconfig config = Kubeconfig.read(List.of(file));
    return config.context(config.current());
  }

  private static Transport lean() {
    return new HttpTransport(
        UsualWay.endpoint(context(practice.kubeconfig()), Optional.empty(), Optional.empty(), ""));
  }

  private static Transport fabric() {
    return FabricWay.transport(context(practice.kubeconfig()), Optional.empty(), "");
  }

  @Test
  void bothGiveTheSameAnswers() throws IOException {
    assertThat(story(fabric(), "one")).isEqualTo(story(lean(), "one"));
  }

  /**
   * Create, read, patch, conflict, select, watch, delete, not found; what the server said to each.
   */
  private static List<String> story(Transport transport, String name) throws IOException {
    List<String> said = new ArrayList<>();
    try (ApiClient client = new ApiClient(transport, "test/1")) {
      ObjectNode map = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
      map.putObject("metadata").put("name", name).putObject("labels").put("a/b", "c-d");
      map.putObject("data").put("key", "wörld & more=1");
      ObjectNode made = client.create(Resources.CONFIG_MAPS, "default", map);
      said.add(made.path("data").toString());
      said.add(refused(() -> client.create(Resources.CONFIG_MAPS, "default", map)));
      ObjectNode patch = JSON.createObjectNode();
      patch.putObject("data").put("key", "2");
      String path = Resources.CONFIG_MAPS.path("default", name);
      said.add(client.patch(path, ApiClient.PatchType.MERGE, patch).path("data").toString());
      Map<String, String> selected =
          Map.of("labelSelector", "a/b in (c-d, x)", "fieldSelector", "metadata.name=" + name);
      said.add("" + client.list(Resources.CONFIG_MAPS, "default", selected).path("items").size());
      Request watch =
          Request.of("GET", Resources.CONFIG_MAPS.path("default"))
              .query("watch", "true")
              .query("fieldSelector", "metadata.name=" + name)
              .query("resourceVersion", made.path("metadata").path("resourceVersion").asString());
      said.add(firstEvent(client, watch));
      ObjectNode nothing = JSON.createObjectNode();
      said.add(
          client.delete(Resources.CONFIG_MAPS, "default", name, nothing).path("kind").asString());
      said.add(refused(() -> client.get(Resources.CONFIG_MAPS, "default", name)));
      said.add(refused(() -> client.call(Request.of("GET", "/apis/nothing/v1/things"))));
    }
    return said;
  }

  private static String firstEvent(ApiClient client, Request watch) throws IOException {
    try (Reply reply = client.open(watch);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
      return JSON.readTree(lines.readLine()).path("type").asString("");
    }
  }

  private static String refused(Runnable call) {
    try {
      call.run();
      return "nothing refused";
    } catch (ApiException e) {
      return e.code() + " " + e.reason() + " " + e.getMessage();
    }
  }

  @Test
  void aCredentialPluginGivesCertificateAndKey() throws IOException {
    Kubeconfig.Context owner = context(practice.kubeconfig());
    ObjectNode credential =
        JSON.createObjectNode()
            .put("apiVersion", "client.authentication.k8s.io/v1")
            .put("kind", "ExecCredential");
    credential
        .putObject("status")
        .put("clientCertificateData", pem(owner, "client-certificate"))
        .put("clientKeyData", pem(owner, "client-key"));
    Path plugin = home.resolve("bin").resolve("plugin");
    Files.createDirectories(plugin.getParent());
    Files.writeString(plugin.resolveSibling("answer.json"), credential.toString());
    Files.writeString(plugin, "#!/bin/sh\ncat \"${0%/*}/answer.json\"\n");
    assertThat(plugin.toFile().setExecutable(true)).isTrue();
    PracticeInProcess.Result result =
        practice.run("version", "--kubeconfig", withExec("bin/plugin"));
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("Kubernetes v1.");
    assertThat(result.code()).isZero();
  }

  @Test
  void aCredentialPluginThatIsNotThereIsNamed() throws IOException {
    PracticeInProcess.Result result =
        practice.run("version", "--kubeconfig", withExec("bin/no-such-plugin"));
    assertThat(result.code()).isEqualTo(5);
    assertThat(result.err())
        .contains("the credential plugin \"bin/no-such-plugin\" gave no credentials")
        .contains("No such file or directory");
  }

  @Test
  void aCredentialPluginThatFailsIsNamed() throws IOException {
    PracticeInProcess.Result failing = practice.run("version", "--kubeconfig", withExec("false"));
    PracticeInProcess.Result silent = practice.run("version", "--kubeconfig", withExec("true"));
    assertThat(failing.err()).contains("it ended with exit code 1");
    assertThat(silent.err()).contains("its answer is no ExecCredential");
    assertThat(List.of(failing.code(), silent.code())).containsOnly(5);
  }

  private static String pem(Kubeconfig.Context context, String field) {
    return new String(context.user().content(field).orElseThrow(), StandardCharsets.US_ASCII);
  }

  private static String withExec(String command) throws IOException {
    Kubeconfig.Context owner = context(practice.kubeconfig());
    Path file = home.resolve("exec-" + command.replace('/', '-'));
    Files.writeString(
        file,
        """
        current-context: a
        contexts:
        - {name: a, context: {cluster: a, user: a}}
        clusters:
        - {name: a, cluster: {server: "%s", certificate-authority-data: %s}}
        users:
        - name: a
          user:
            exec:
              apiVersion: client.authentication.k8s.io/v1
              command: %s
              interactiveMode: Never
        """
            .formatted(
                owner.cluster().text("server"),
                owner.cluster().text("certificate-authority-data"),
                command));
    return file.toString();
  }
}
