package dev.mlk.practice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Request;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.PracticeConfig;
import dev.mlk.practice.security.Corpus.Sample;
import dev.mlk.practice.security.Wire.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
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

  /** Kubernetes itself answers these with a 504 and, for the others, a 500. */
  private static final List<String> AS_KUBERNETES =
      List.of(
          "Too large resource version",
          "strconv.ParseUint",
          "does not contain declared merge key",
          "doesn't match $setElementOrder list",
          "list element types are not identical",
          "unknown patch type",
          "merging lists cannot yet be specified",
          "failed to create typed patch object",
          "resourceVersion should not be set on objects to be created");

  private static final int MOST_FAULTS = 20;
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE");
  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/yaml",
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json",
          "application/apply-patch+yaml",
          "application/vnd.kubernetes.protobuf",
          "text/plain",
          ";;",
          "application/json; charset=x");
  private static final List<String> ACCEPTS =
      List.of(
          "application/json",
          "application/yaml",
          "application/json;as=Table;v=v1;g=meta.k8s.io",
          "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
          "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
          "application/vnd.kubernetes.protobuf",
          "*/*",
          ";q=",
          "a/b;as=,");
  private static final List<String> PARAMETERS =
      List.of(
          "labelSelector",
          "fieldSelector",
          "limit",
          "continue",
          "resourceVersion",
          "resourceVersionMatch",
          "sendInitialEvents",
          "allowWatchBookmarks",
          "timeoutSeconds",
          "watch",
          "dryRun",
          "fieldManager",
          "fieldValidation",
          "force",
          "pretty",
          "gracePeriodSeconds",
          "propagationPolicy",
          "orphanDependents",
          "container",
          "tailLines",
          "sinceSeconds",
          "sinceTime",
          "limitBytes",
          "includeObject",
          "command",
          "ports");

  @TempDir Path folder;
  private final RandomGenerator random = new SplittableRandom(SEED);
  private final Mutation mutation = new Mutation(random);
  private final List<String> faults = new ArrayList<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private String server;
  private String token;
  private Wire wire;

  @Test
  void noRequestIsTooStrange() throws IOException {
    PracticeConfig config = PracticeConfig.of("fuzz", folder);
    long count = 0;
    Map<String, Integer> before;
    try (PracticeCluster cluster = PracticeCluster.start(config)) {
      server = cluster.server();
      token = "Authorization: Bearer " + Keys.token(cluster);
      wire = Wire.to(server);
      List<Sample> samples = Corpus.read();
      assertThat(samples).hasSizeGreaterThan(500);
      List<JsonNode> bodies =
          samples.stream().map(Sample::body).filter(body -> !body.isMissingNode()).toList();
      long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
      while (System.nanoTime() < end && faults.size() < MOST_FAULTS) {
        Sample sample = mutation.any(samples);
        attempt(sample, mutation.bytes(mutation.tree(sample.body(), bodies)));
        count++;
      }
      wire.close();
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

  private void attempt(Sample sample, byte[] body) throws IOException {
    String method = random.nextInt(12) == 0 ? mutation.any(METHODS) : sample.method();
    String path = path(sample.path());
    String type = random.nextInt(8) == 0 ? mutation.any(TYPES) : sample.type();
    List<String> headers = new ArrayList<>(List.of(token, "Content-Type: " + type));
    if (random.nextInt(4) == 0) {
      headers.add("Accept: " + mutation.any(ACCEPTS));
    }
    String request = method + " " + path;
    String shown =
        (request + " (" + type + ") " + new String(body, StandardCharsets.UTF_8))
            .replaceAll("(.)\\1{99,}", "$1...");
    // What is slow once may be what a first time costs; twice is too often.
    boolean slow = took(request, headers, body, shown) > SLOW.toNanos();
    if (slow && took(request, headers, body, shown) > SLOW.toNanos()) {
      faults.add("slow: " + shown);
    }
  }

  private long took(String request, List<String> headers, byte[] body, String shown)
      throws IOException {
    long begin = System.nanoTime();
    try {
      wire.request(request, headers, body);
      Reply reply = request.startsWith("HEAD ") ? wire.head() : wire.reply();
      statuses.merge(reply.status(), 1, Integer::sum);
      if (reply.status() >= 500 && AS_KUBERNETES.stream().noneMatch(reply.text()::contains)) {
        faults.add(reply.status() + " to " + shown + "\n  " + reply.text());
      }
      if (reply.header("connection").equalsIgnoreCase("close")) {
        reconnect();
      }
    } catch (SocketTimeoutException e) {
      faults.add("no answer to " + shown);
      reconnect();
    } catch (EOFException e) {
      // Broken requests may end their connection; whether the server still answers is seen next.
      reconnect();
    } catch (IOException e) {
      throw new IOException(shown, e);
    }
    return System.nanoTime() - begin;
  }

  private void reconnect() throws IOException {
    wire.close();
    wire = Wire.to(server);
  }

  /** A path with some of its parameters and parts changed; every watch ends within a second. */
  private String path(String original) {
    String path = original;
    if (random.nextInt(8) == 0) {
      String[] parts = path.split("/", -1);
      parts[random.nextInt(parts.length)] = encoded(mutation.text());
      path = String.join("/", parts);
      path = path.startsWith("/") ? path : "/" + path;
    }
    StringBuilder query = new StringBuilder();
    int more = random.nextInt(3) == 0 ? random.nextInt(1, 4) : 0;
    for (int i = 0; i < more; i++) {
      String name = mutation.any(PARAMETERS);
      if (!name.equals("timeoutSeconds")) {
        query.append('&').append(name).append('=').append(encoded(mutation.text()));
      }
    }
    path = path.replaceAll("timeoutSeconds=[^&]*", "x=y");
    String joint = path.contains("?") ? "&" : "?";
    return path.replaceAll("follow=[^&]*", "x=y") + joint + "timeoutSeconds=1" + query;
  }

  private String encoded(String text) {
    return random.nextInt(20) == 0
        ? text.replaceAll("[^!-~]", "")
        : URLEncoder.encode(text, StandardCharsets.UTF_8);
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
