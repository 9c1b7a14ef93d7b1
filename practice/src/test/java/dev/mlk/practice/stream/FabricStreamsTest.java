package dev.mlk.practice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.PracticeConfig;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The streams to a pod, through the whole server, with the fabric8 client. */
final class FabricStreamsTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path folder;
  private PracticeCluster cluster;
  private KubernetesClient client;
  private PodResource pod;

  @BeforeEach
  void start() throws IOException {
    cluster = PracticeCluster.start(PracticeConfig.of("test", folder.resolve("c")));
    cluster.podStreams(new LocalPodStreams());
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
            .build();
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName("a")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withNodeName("n1")
                .addNewContainer()
                .withName("main")
                .withImage("example/train:1")
                .endContainer()
                .endSpec()
                .build())
        .create();
    pod = client.pods().inNamespace("default").withName("a");
  }

  @AfterEach
  void stop() {
    client.close();
    cluster.close();
  }

  @Test
  void execGivesOutputErrorsAndExitCode() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    try (ExecWatch watch =
        pod.writingOutput(out)
            .writingError(errors)
            .exec("sh", "-c", "echo out; echo err >&2; exit 3")) {
      assertThat(watch.exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(3);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("out\n");
    assertThat(errors.toString(StandardCharsets.UTF_8)).isEqualTo("err\n");
  }

  @Test
  void execReadsWhatTheClientSends() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] typed = "hello\n".getBytes(StandardCharsets.UTF_8);
    try (ExecWatch watch = pod.redirectingInput().writingOutput(out).exec("head", "-n", "1")) {
      watch.getInput().write(typed);
      watch.getInput().flush();
      assertThat(watch.exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isZero();
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("hello\n");
  }

  @Test
  void portForwardLeadsToThePort() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LocalPortForward forward = pod.portForward(server.getLocalPort())) {
      Thread.ofVirtual().start(() -> echoOnce(server));
      try (Socket socket = new Socket(forward.getLocalAddress(), forward.getLocalPort())) {
        socket.getOutputStream().write("ping".getBytes(StandardCharsets.UTF_8));
        assertThat(socket.getInputStream().readNBytes(4))
            .asString(StandardCharsets.UTF_8)
            .isEqualTo("ping");
      }
    }
  }

  private static void echoOnce(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write(socket.getInputStream().readNBytes(4));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPodThatIsNotThereIsRefusedBeforeTheUpgrade() {
    PodResource missing = client.pods().inNamespace("default").withName("none");
    assertThatThrownBy(
            () -> missing.exec("date").exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(KubernetesClientException.class)
        .rootCause()
        .hasMessageContaining("pods \"none\" not found");
  }
}
