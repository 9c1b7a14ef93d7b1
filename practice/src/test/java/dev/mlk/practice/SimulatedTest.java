package dev.mlk.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each simulated thing says so where a user meets it, in the words that the page names. */
final class SimulatedTest {
  private static PracticeCluster cluster;
  private static ApiClient owner;
  private static String page;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeCluster.start();
    owner = new ApiClient(cluster.transport(), "test");
    page = Files.readString(Path.of("..", "docs", "practice-cluster.md"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aNodeSaysThatItsGpusAreSimulatedAndItsContainersProcesses() {
    JsonNode node = owner.get(Resources.NODES, "", "node-1");
    says(node.path("metadata").path("labels").path("mlk.dev/simulated-gpu"), "true");
    says(
        node.path("metadata").path("annotations").path("mlk.dev/simulated-gpu"),
        "GPUs of this node are simulated");
    JsonNode info = node.path("status").path("nodeInfo");
    says(info.path("osImage"), "processes of this machine");
    says(info.path("containerRuntimeVersion"), "mlk://");
    onPage("mlk.dev/simulated-gpu", "osImage", "mlk://");
  }

  @Test
  void aContainerWithoutProcessSaysSoInItsEventAndItsLog() {
    run("timer", "mlk/simulated", "['--duration', '60s']");
    event("timer", "Container started (simulated: no process runs)");
    assertThat(TestCluster.await(() -> log("timer"), text -> !text.isEmpty()))
        .contains("simulated");
    onPage("Container started (simulated: no process runs)");
  }

  @Test
  void anImageThatIsNotThereSaysWhatThereIs() {
    run("unknown", "example.com/team/model:1", "[]");
    event("unknown", "the practice cluster has no image \"example.com/team/model:1\"");
    event("unknown", "mlk/simulated");
  }

  @Test
  void aPullTransfersNothingAndAnArrangedOneSaysThatItWasArranged() {
    run("pulled", "busybox", "[]");
    event("pulled", "Image size: 0 bytes");
    owner.create(
        Resources.CONFIG_MAPS,
        "kube-system",
        TestCluster.json(
            "{metadata: {name: 'simulated-registry'}, data: {'pulls.yaml': '- {image:"
                + " nginx, error: not-found}'}}"));
    // It holds within a second, so the first pod may be too early.
    TestCluster.await(
        () -> {
          owner.deleteIfThere(Resources.PODS, "default", "arranged");
          TestCluster.await(
              () -> owner.find(Resources.PODS, "default", "arranged").isEmpty(), gone -> gone);
          run("arranged", "nginx", "[]");
          TestCluster.await(
              () -> events("arranged"),
              text -> text.contains("Started") || text.contains("Failed"));
          return events("arranged");
        },
        text -> text.contains("(simulated registry)"));
    onPage("Image size: 0 bytes", "(simulated registry)");
  }

  private static void says(JsonNode value, String text) {
    assertThat(value.asString("")).contains(text);
  }

  private static void onPage(String... texts) {
    assertThat(page).contains(texts);
  }

  private static void run(String name, String image, String arguments) {
    owner.create(
        Resources.PODS,
        "default",
        TestCluster.json(
            "{metadata: {name: '"
                + name
                + "'}, spec: {terminationGracePeriodSeconds: 0, restartPolicy: 'Never', containers:"
                + " [{name: 'main', image: '"
                + image
                + "', args: "
                + arguments
                + "}]}}"));
  }

  private static void event(String pod, String text) {
    TestCluster.await(() -> events(pod), all -> all.contains(text));
  }

  private static String events(String pod) {
    StringBuilder all = new StringBuilder();
    for (JsonNode event : owner.list(Resources.EVENTS, "default", Map.of()).path("items")) {
      if (TestCluster.text(event, "involvedObject", "name").equals(pod)) {
        all.append(TestCluster.text(event, "reason"))
            .append(": ")
            .append(TestCluster.text(event, "message"))
            .append('\n');
      }
    }
    return all.toString();
  }

  private static String log(String pod) {
    try (var reply = owner.open(Request.of("GET", Resources.PODS.path("default", pod, "log")))) {
      return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException | ApiException e) {
      return "";
    }
  }
}
