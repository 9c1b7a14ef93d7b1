package dev.mlk.practice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Request;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.PracticeConfig;
import dev.mlk.practice.security.RandomRequests.Drawn;
import dev.mlk.practice.security.Wire.Reply;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Requests that were changed by chance: no answer is a fault of the server, none takes long, and
 * what is stored afterwards can be read, also after a restart. {@code -Dfuzz.seconds=N} goes on
 * longer, {@code -Dfuzz.seed=N} repeats a run: the seed is in every failure.
 */
final class FuzzTest {
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 5);
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);
  private static final Duration SLOW = Duration.ofSeconds(2);
  private static final int MOST_FAULTS = 20;

  @TempDir Path folder;
  private final List<String> faults = new ArrayList<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private Peer server;

  @Test
  void noRequestIsTooStrange() throws IOException {
    PracticeConfig config = PracticeConfig.of("fuzz", folder);
    long count = 0;
    Map<String, Integer> before;
    try (PracticeCluster cluster = PracticeCluster.start(config)) {
      server = new Peer(cluster.server(), Keys.token(cluster));
      RandomRequests requests = new RandomRequests(new SplittableRandom(SEED));
      assertThat(requests.samples()).isGreaterThan(500);
      long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
      while (System.nanoTime() < end && faults.size() < MOST_FAULTS) {
        attempt(requests.next());
        count++;
      }
      server.close();
      before = everything(cluster);
    }
    assertThat(faults).as("seed %d, %d requests %s", SEED, count, statuses).isEmpty();
    assertThat(count).as("requests in %d s, seed %d", SECONDS, SEED).isGreaterThan(10L * SECONDS);
    try (PracticeCluster again = PracticeCluster.start(config)) {
      assertThat(everything(again).keySet())
          .as("seed %d: the kinds that are served after a restart", SEED)
          .containsAll(before.keySet());
    }
  }

  private void attempt(Drawn drawn) throws IOException {
    // What is slow once may be what a first time costs; twice is too often.
    boolean slow = took(drawn) > SLOW.toNanos();
    if (slow && took(drawn) > SLOW.toNanos()) {
      faults.add("slow: " + drawn);
    }
  }

  private long took(Drawn drawn) throws IOException {
    long begin = System.nanoTime();
    try {
      Optional<Reply> reply = server.send(drawn);
      // Broken requests may end their connection; whether the server still answers is seen next.
      int status = reply.map(Reply::status).orElse(0);
      statuses.merge(status, 1, Integer::sum);
      if (status >= 500) {
        String text = words(drawn, reply.orElseThrow());
        if (!KnownFaults.contain(text)) {
          faults.add(status + " to " + drawn + "\n  " + text);
        }
      }
    } catch (SocketTimeoutException e) {
      faults.add("no answer to " + drawn);
    }
    return System.nanoTime() - begin;
  }

  /** What the server said; a HEAD tells no words, a GET of the same does. */
  private String words(Drawn drawn, Reply reply) throws IOException {
    if (!drawn.method().equals("HEAD")) {
      return reply.text();
    }
    Drawn get = new Drawn("GET", drawn.path(), drawn.headers(), drawn.body());
    return server.send(get).map(Reply::text).orElse("");
  }

  /** Lists every resource that can be listed. */
  private static Map<String, Integer> everything(PracticeCluster cluster) {
    Map<String, Integer> counts = new TreeMap<>();
    try (ApiClient owner = new ApiClient(cluster.transport(), "test")) {
      List<String> roots = new ArrayList<>(List.of("/api/v1"));
      for (JsonNode group : owner.call(Request.of("GET", "/apis")).path("groups")) {
        group
            .path("versions")
            .forEach(version -> roots.add("/apis/" + version.path("groupVersion").asString()));
      }
      for (String root : roots) {
        for (JsonNode resource : owner.call(Request.of("GET", root)).path("resources")) {
          if (resource.path("verbs").toString().contains("\"list\"")) {
            String path = root + "/" + resource.path("name").asString();
            Request list =
                Request.of("GET", path)
                    .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
            counts.put(path, owner.call(list).path("rows").size());
          }
        }
      }
    }
    return counts;
  }
}
