package dev.mlk.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.cluster.PracticeInProcess.Result;
import dev.mlk.console.DocumentedFields;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Resources;
import dev.mlk.tfjob.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk cluster check} on the practice cluster, as a user runs it. */
final class ClusterCheckCommandTest {
  @TempDir private static Path home;
  private static PracticeInProcess cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeInProcess.start(home);
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  @Test
  void nothingFailsOnAFreshPracticeCluster() {
    Result result = cluster.run("cluster", "check");
    assertThat(result.out()).contains("gpu.capacity", "(simulated)", " 0 failed");
    assertThat(result.code()).as(result.out() + result.err()).isZero();
  }

  @Test
  void theDocumentHasARowAVerdictAndTheCounts() {
    Result result = cluster.run("cluster", "check", "--only", "nodes,gpu.free", "-o", "json");
    JsonNode document = Json.read(result.out());
    assertThat(document.path("kind").asString("")).isEqualTo("ClusterCheck");
    assertThat(document.path("exitCode").asInt(-1)).isEqualTo(result.code());
    assertThat(document.path("items"))
        .hasSize(6)
        .allMatch(item -> item.has("check") && item.has("seen") && item.has("next"));
    assertThat(document.path("counts").path("PASS").asInt(0)).isEqualTo(6);
    assertThat(document.path("requests").asInt(99)).isLessThan(10);
  }

  @Test
  void everyFieldOfTheDocumentIsDescribedAndNoOther() throws IOException {
    JsonNode document = Json.read(cluster.run("cluster", "check", "-o", "json").out());
    assertThat(DocumentedFields.documented("cluster-check.md", "JSON"))
        .isEqualTo(DocumentedFields.of(document));
  }

  @Test
  void aWarningFailsTheRunOnlyWhenItIsStrictAndAFailureAlways() {
    String[] warned = {"cluster", "check", "--for", "1", "--only", "plan.namespaces"};
    assertThat(cluster.run(warned).code()).isZero();
    String[] strict = Arrays.copyOf(warned, warned.length + 1);
    strict[warned.length] = "--strict";
    Result result = cluster.run(strict);
    assertThat(result.out()).contains("WARN", "0 failed");
    assertThat(result.code()).isEqualTo(1);
    assertThat(cluster.run("cluster", "check", "--for", "2", "--only", "plan.gpus").code())
        .isEqualTo(1);
  }

  @Test
  void aProbeFindsAnOperatorAClaimAndAnImageAndLeavesNothing() {
    Result result =
        cluster.run(
            "cluster",
            "check",
            "--probe",
            "--only",
            "probe",
            "--image",
            "mlk/mnist:0.1",
            "--image",
            "nobody/knows:1",
            "--timeout",
            "30s");
    assertThat(result.out())
        .contains("a new TFJob got its first condition")
        .contains("a ReadWriteMany claim was bound")
        .contains("mlk/mnist:0.1 can be pulled")
        .contains("nobody/knows:1 cannot be pulled (");
    assertThat(result.code()).isEqualTo(1);
    assertThat(cluster.run("tfjob", "list").out()).isEmpty();
    String left = cluster.run("cluster", "check", "--only", "gpu.free,tfjob.waiting").out();
    assertThat(left).contains("3 of 3 GPUs free", "no TFJob in namespace default");
  }

  @Test
  void whatAKilledProbeLeftTheNextOneTakesAwayWhenItIsOldEnough() {
    Path socket = home.resolve(".mlk/clusters/practice/api.sock");
    try (ApiClient api = new ApiClient(new HttpTransport(Endpoint.unix(socket)), "test")) {
      ObjectNode claim = ProbeObjects.sharedClaim();
      ((ObjectNode) claim.path("metadata")).putObject("labels").put("mlk.dev/probe", "true");
      String name =
          api.create(Resources.VOLUME_CLAIMS, "default", claim).at("/metadata/name").asString("");
      for (int minutes : new int[] {5, 11}) {
        InstantSource later = () -> Instant.now().plusSeconds(60L * minutes);
        try (Probe probe = new Probe(api, "default", later, Duration.ofSeconds(1), List.of("a"))) {
          assertThat(probe.checks()).hasSize(3);
        }
        // Kubernetes protects a claim until a controller has seen that no pod uses it.
        Eventually.within(
            Duration.ofSeconds(20),
            "what becomes of a probe " + minutes + " minutes old",
            () -> api.find(Resources.VOLUME_CLAIMS, "default", name).isPresent() == (minutes < 10));
      }
    }
  }

  @Test
  void aPlanIsWrittenAsAManifestThatIsNeverWrittenOverAnything() throws IOException {
    Result result = cluster.run("cluster", "check", "--for", "12", "--write", "class.yaml");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(Files.readString(home.resolve("class.yaml")))
        .contains("name: learner-01\n", "name: learner-12\n", "requests.nvidia.com/gpu: \"3\"");
    Result again = cluster.run("cluster", "check", "--for", "12", "--write", "class.yaml");
    assertThat(again.code()).isEqualTo(10);
    assertThat(again.err()).contains("class.yaml exists already");
  }

  @Test
  void wrongNumbersAndNamesAreRefused() {
    assertThat(cluster.run("cluster", "check", "--for", "0", "--write", "-").code()).isEqualTo(2);
    assertThat(cluster.run("cluster", "check", "--for", "-3").code()).isEqualTo(2);
    Result result = cluster.run("cluster", "check", "--only", "gpus");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("no check is called \"gpus\"", "did you mean gpu?");
  }

  @Test
  void aFileForJUnitIsWritten() throws IOException, SAXException {
    Result result = cluster.run("cluster", "check", "--only", "nodes", "-o", "junit=nodes.xml");
    assertThat(result.code()).isZero();
    assertThat(Files.readString(home.resolve("nodes.xml"))).contains("<testsuite ", "nodes.ready");
    ReportTest.accepted(Files.readString(home.resolve("nodes.xml")));
    Result nowhere = cluster.run("cluster", "check", "-o", "junit=no/such/folder.xml");
    assertThat(nowhere.code()).as(nowhere.err()).isEqualTo(2);
  }
}
