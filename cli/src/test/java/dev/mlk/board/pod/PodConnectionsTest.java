package dev.mlk.board.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Resources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Ports and commands of pods of a practice cluster, over WebSockets. */
@Tag("slow")
final class PodConnectionsTest {
  @TempDir private Path home;

  private static void run(ApiClient api, String image) {
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", image);
    ObjectNode container = pod.putObject("spec").putArray("containers").addObject();
    container.put("name", "main").put("image", image);
    if (image.equals("busybox")) {
      container.putArray("command").add("sleep").add("1000");
    } else {
      container.putArray("ports").addObject().put("containerPort", 80);
    }
    api.create(Resources.PODS, "default", pod);
    await(
        image,
        () ->
            api.get(Resources.PODS, "default", image)
                .at("/status/phase")
                .asString("")
                .equals("Running"));
  }

  @Test
  void aPortOfThisMachineLeadsToThePodsAndCommandsRunInIt() throws Exception {
    try (PracticeInProcess _ = PracticeInProcess.start(home);
        ApiClient api =
            new ApiClient(
                new HttpTransport(Endpoint.unix(home.resolve(".mlk/clusters/practice/api.sock"))),
                "test");
        HttpClient http = HttpClient.newHttpClient()) {
      run(api, "nginx");
      run(api, "busybox");
      try (PortForward forward =
          PortForward.start(
              api, "default", () -> Optional.of("nginx"), 80, PortForward.listen(0, 0))) {
        URI page = URI.create("http://127.0.0.1:" + forward.port() + "/");
        assertThat(get(http, page)).contains("Welcome to nginx!");
        // A second one, over a tunnel of its own.
        assertThat(get(HttpClient.newHttpClient(), page)).contains("Welcome to nginx!");
      }
      Exec exec = new Exec(api, "default", "busybox", "main");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      exec.run(out, "sh", "-c", "printf '%s' \"$0\"", "two words & more");
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("two words & more");
      assertThatThrownBy(() -> exec.run(out, "sh", "-c", "echo no >&2; exit 3"))
          .isInstanceOf(IOException.class)
          .hasMessage("no");
    }
  }

  @Test
  void whoAsksWhileTheConnectionToTheClusterIsCutWaitsForTheAnswer() throws Exception {
    Path socket = home.resolve(".mlk/clusters/practice/api.sock");
    try (PracticeInProcess _ = PracticeInProcess.start(home);
        Cable cable = new Cable(home.resolve("cable"), socket);
        ApiClient api =
            new ApiClient(new HttpTransport(Endpoint.unix(home.resolve("cable"))), "test");
        HttpClient http = HttpClient.newHttpClient();
        PortForward forward =
            PortForward.start(
                api, "default", () -> Optional.of("nginx"), 80, PortForward.listen(0, 0))) {
      run(api, "nginx");
      URI page = URI.create("http://127.0.0.1:" + forward.port() + "/");
      assertThat(get(http, page)).contains("Welcome to nginx!");
      cable.cut();
      CompletableFuture<HttpResponse<String>> asked =
          HttpClient.newHttpClient()
              .sendAsync(
                  HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
      await("a try in vain", () -> cable.refused() > 0);
      cable.mend();
      assertThat(asked.get(60, TimeUnit.SECONDS).body()).contains("Welcome to nginx!");
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long for " + what).isLessThan(end);
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** The program may take a moment to listen after its pod runs. */
  private static String get(HttpClient http, URI page) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
            .body();
      } catch (IOException e) {
        assertThat(System.nanoTime()).as("no answer: " + e).isLessThan(end);
        LockSupport.parkNanos(100_000_000);
      }
    }
  }
}
