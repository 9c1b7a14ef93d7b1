package dev.mlk.practice.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Fifty clients that want to change the same objects while two hundred look on. */
final class ConflictTest {
  private static final int CLIENTS = 50;
  private static final int EACH = 8;
  private static final int COUNTERS = 5;
  private static final int WATCHERS = 200;
  private static final String SELECTED = "app=counter";
  @TempDir Path folder;

  @Test
  void noUpdateIsLostNoneIsDoneTwiceAndEveryWatcherSeesThemAllInOrder() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<ApiClient> clients =
          IntStream.range(0, 8).mapToObj(_ -> client(cluster.cluster().socket())).toList();
      String start = create(cluster);
      List<Future<Void>> watchers = new ArrayList<>();
      for (int i = 0; i < WATCHERS; i++) {
        ApiClient client = clients.get(i % clients.size());
        boolean selects = i % 2 == 0;
        watchers.add(threads.submit(() -> follow(client, start, selects)));
      }
      List<Future<Void>> writers = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        ApiClient client = clients.get(i % clients.size());
        String counter = "counter-" + i % COUNTERS;
        writers.add(threads.submit(increments(client, counter)));
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
      for (int i = 0; i < COUNTERS; i++) {
        assertThat(count(cluster.client().get(Resources.CONFIG_MAPS, "default", "counter-" + i)))
            .isEqualTo(CLIENTS / COUNTERS * EACH);
      }
      for (Future<Void> watcher : watchers) {
        watcher.get();
      }
      clients.forEach(ApiClient::close);
    }
  }

  private static ApiClient client(Path socket) {
    return new ApiClient(new HttpTransport(Endpoint.unix(socket)), "test");
  }

  /** Returns the resourceVersion before the first increment. */
  private static String create(TestCluster cluster) {
    ObjectNode last = null;
    for (int i = 0; i < COUNTERS; i++) {
      last =
          cluster.create(
              Resources.CONFIG_MAPS,
              "default",
              "{metadata: {name: 'counter-"
                  + i
                  + "', labels: {app: 'counter'}}, data: {count: '0'}}");
    }
    return last.path("metadata").path("resourceVersion").asString();
  }

  private static Callable<Void> increments(ApiClient client, String counter) {
    return () -> {
      for (int done = 0; done < EACH; ) {
        ObjectNode now = client.get(Resources.CONFIG_MAPS, "default", counter);
        ((ObjectNode) now.path("data")).put("count", Integer.toString(count(now) + 1));
        try {
          client.update(Resources.CONFIG_MAPS, now);
          done++;
        } catch (ApiException e) {
          assertThat(e.conflict()).as(e.getMessage()).isTrue();
        }
      }
      return null;
    };
  }

  /** Until all counters are at their end: each by one at a time, resourceVersions only growing. */
  private static Void follow(ApiClient client, String start, boolean selects) throws IOException {
    Request request =
        Request.of("GET", Resources.CONFIG_MAPS.path("default"))
            .query("watch", "true")
            .query("resourceVersion", start);
    Map<String, Integer> counts = new HashMap<>();
    long last = Long.parseLong(start);
    int left = CLIENTS * EACH;
    try (Reply reply = client.open(selects ? request.query("labelSelector", SELECTED) : request);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
      while (left > 0) {
        String line = lines.readLine();
        assertThat(line).as("an event").isNotNull();
        if (line.isBlank()) {
          continue;
        }
        JsonNode object = JsonMapper.shared().readTree(line).path("object");
        long revision = object.path("metadata").path("resourceVersion").asLong();
        assertThat(revision).isGreaterThan(last);
        last = revision;
        String name = object.path("metadata").path("name").asString();
        if (name.startsWith("counter-")) {
          assertThat(count(object)).as(name).isEqualTo(counts.merge(name, 1, Integer::sum));
          left--;
        }
      }
    }
    return null;
  }

  private static int count(JsonNode counter) {
    return Integer.parseInt(counter.path("data").path("count").asString());
  }
}
