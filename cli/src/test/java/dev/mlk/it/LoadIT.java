package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A thousand jobs of three pods each in one cluster, while fifty clients want to change the same
 * objects and watchers check every revision. Prints what it took.
 */
@Tag("slow")
final class LoadIT {
  private static final int JOBS = 1_000;
  private static final int CLIENTS = 50;
  private static final int COUNTERS = 5;
  private static final int EACH = 20;
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Resource TFJOBS =
      Resource.namespaced("kubeflow.org", "v1", "tfjobs", "TFJob");

  @Test
  void aThousandJobsSucceedAndNoUpdateIsLostAndNoRevisionComesTwice() throws Exception {
    try (Mlk mlk = new Mlk()) {
      // Room for three thousand pods: 110 on each node.
      mlk.ok("cluster", "start", "--nodes", "30", "--cpu", "64", "--memory", "256Gi");
      Path folder = mlk.home().resolve(".mlk/clusters/practice");
      JsonNode endpoint = Json.read(Files.readString(folder.resolve("endpoint.json")));
      List<ApiClient> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(client(folder, endpoint.path("server").asString()));
      }
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        run(clients, threads, new ProcessFigures(endpoint.path("pid").asLong()));
        bill(mlk, clients.getFirst());
      } finally {
        clients.forEach(ApiClient::close);
      }
    }
  }

  /** Over TLS with the owner's certificate, as other people's clients come. */
  private static ApiClient client(Path folder, String server) throws IOException {
    Path pki = folder.resolve("pki");
    return new ApiClient(
        new HttpTransport(
            Endpoint.at(URI.create(server))
                .trusting(Files.readAllBytes(pki.resolve("ca.crt")))
                .identity(
                    Files.readAllBytes(pki.resolve("owner.crt")),
                    Files.readAllBytes(pki.resolve("owner.key")))),
        "load");
  }

  private static void run(List<ApiClient> clients, ExecutorService threads, ProcessFigures cluster)
      throws Exception {
    ApiClient first = clients.getFirst();
    for (int i = 0; i < COUNTERS; i++) {
      ObjectNode counter = Json.object();
      counter.putObject("metadata").put("name", "counter-" + i);
      counter.putObject("data").put("count", "0");
      first.create(Resources.CONFIG_MAPS, "default", counter);
    }
    Revisions revisions = new Revisions();
    CountDownLatch succeeded = new CountDownLatch(JOBS);
    Set<String> done = ConcurrentHashMap.newKeySet();
    List<AutoCloseable> followers = new ArrayList<>();
    followers.add(revisions.follow(first, Resources.CONFIG_MAPS, _ -> {}));
    followers.add(revisions.follow(first, Resources.PODS, _ -> {}));
    followers.add(
        revisions.follow(
            first,
            TFJOBS,
            job -> {
              if (hasSucceeded(job) && done.add(name(job))) {
                succeeded.countDown();
              }
            }));
    double processor = cluster.processorSeconds();
    long begin = System.nanoTime();
    Future<Integer> conflicts = threads.submit(() -> increments(clients, threads));
    createJobs(clients, threads);
    double created = seconds(begin);
    int tries = conflicts.get();
    double counted = seconds(begin);
    boolean all = succeeded.await(LONGEST.toSeconds(), TimeUnit.SECONDS);
    double ended = seconds(begin);
    assertThat(all).as("%d of %d jobs have succeeded", done.size(), JOBS).isTrue();
    processor = cluster.processorSeconds() - processor;
    for (AutoCloseable follower : followers) {
      follower.close();
    }
    checkCounters(first);
    checkPods(first);
    assertThat(revisions.complaints()).isEmpty();
    System.out.printf(
        "load: %d TFJobs of 3 pods each: created in %.1f s (%.0f/s), all succeeded after %.1f s;"
            + " %d increments of %d objects by %d clients in %d tries, done after %.1f s;"
            + " %d events in order; cluster: %.0f s of processor time, at most %d MiB%n",
        JOBS,
        created,
        JOBS / created,
        ended,
        CLIENTS * EACH,
        COUNTERS,
        CLIENTS,
        tries,
        counted,
        revisions.seen(),
        processor,
        cluster.mostMemory());
  }

  /** Every pod stands in the ledger once, in few and small ConfigMaps, and is in the bill. */
  private static void bill(Mlk mlk, ApiClient client) throws Exception {
    Mlk.await("the ledger of all pods", () -> ledger(client).sizes().size() >= 3 * JOBS);
    Ledger ledger = ledger(client);
    assertThat(ledger.largest()).isLessThan(1 << 19);
    List<Long> millis = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      long begin = System.nanoTime();
      JsonNode usage = Json.read(mlk.ok("usage", "--by", "job", "-o", "json"));
      millis.add((System.nanoTime() - begin) / 1_000_000);
      assertThat(usage.path("items")).hasSize(JOBS);
      assertThat(usage.path("total").path("pods").asInt(0)).isEqualTo(3 * JOBS);
    }
    System.out.printf(
        "load: ledger of %d pods: %d ConfigMaps of at most %d KiB, %.0f bytes a pod;"
            + " mlk usage --by job, ms: %s%n",
        ledger.sizes().size(),
        ledger.maps(),
        ledger.largest() >> 10,
        ledger.sizes().stream().mapToInt(Integer::intValue).average().orElse(0),
        millis);
  }

  /**
   * What the operator has written down of pods that have ended.
   *
   * @param maps how many ConfigMaps there are
   * @param largest the size of the largest, in characters
   * @param sizes of all entries
   */
  private record Ledger(int maps, int largest, List<Integer> sizes) {}

  private static Ledger ledger(ApiClient client) {
    List<Integer> sizes = new ArrayList<>();
    int maps = 0;
    int largest = 0;
    for (JsonNode map :
        client
            .list(
                Resources.CONFIG_MAPS,
                "default",
                Map.of("labelSelector", "mlk.dev/usage,mlk.dev/usage!=open"))
            .path("items")) {
      maps++;
      largest = Math.max(largest, map.toString().length());
      map.path("data").forEach(entry -> sizes.add(entry.asString("").length()));
    }
    return new Ledger(maps, largest, sizes);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void createJobs(List<ApiClient> clients, ExecutorService threads)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    all(
        threads,
        client -> {
          for (int i = next.getAndIncrement(); i < JOBS; i = next.getAndIncrement()) {
            clients.get(client % clients.size()).create(TFJOBS, "default", job("train-" + i));
          }
          return 0;
        });
  }

  /** Returns how many tries it took. */
  private static int increments(List<ApiClient> clients, ExecutorService threads) throws Exception {
    return all(
        threads,
        client -> {
          ApiClient api = clients.get(client % clients.size());
          int tries = 0;
          for (int done = 0; done < EACH; tries++) {
            ObjectNode now =
                api.get(Resources.CONFIG_MAPS, "default", "counter-" + client % COUNTERS);
            ((ObjectNode) now.path("data")).put("count", Integer.toString(count(now) + 1));
            try {
              api.update(Resources.CONFIG_MAPS, now);
              done++;
            } catch (ApiException e) {
              assertThat(e.conflict()).as(e.getMessage()).isTrue();
            }
          }
          return tries;
        });
  }

  private interface Client {
    int run(int number) throws Exception;
  }

  private static int all(ExecutorService threads, Client client) throws Exception {
    List<Callable<Integer>> tasks =
        IntStream.range(0, CLIENTS)
            .<Callable<Integer>>mapToObj(number -> () -> client.run(number))
            .toList();
    int sum = 0;
    for (Future<Integer> one : threads.invokeAll(tasks)) {
      sum += one.get();
    }
    return sum;
  }

  private static void checkCounters(ApiClient client) {
    for (int i = 0; i < COUNTERS; i++) {
      assertThat(count(client.get(Resources.CONFIG_MAPS, "default", "counter-" + i)))
          .as("counter-" + i)
          .isEqualTo(CLIENTS / COUNTERS * EACH);
    }
  }

  private static void checkPods(ApiClient client) {
    Map<String, Integer> ofJob = new HashMap<>();
    for (JsonNode pod : client.list(Resources.PODS, "default", Map.of()).path("items")) {
      assertThat(pod.path("status").path("phase").asString(""))
          .as(name(pod))
          .isEqualTo("Succeeded");
      JsonNode labels = pod.path("metadata").path("labels");
      ofJob.merge(labels.path("training.kubeflow.org/job-name").asString(), 1, Integer::sum);
    }
    assertThat(ofJob).hasSize(JOBS);
    assertThat(ofJob.values()).allMatch(pods -> pods == 3);
  }

  private static boolean hasSucceeded(JsonNode job) {
    for (JsonNode condition : job.path("status").path("conditions")) {
      if (condition.path("type").asString().equals("Succeeded")) {
        return condition.path("status").asString().equals("True");
      }
    }
    return false;
  }

  private static int count(JsonNode counter) {
    return Integer.parseInt(counter.path("data").path("count").asString());
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asString();
  }

  /** All of its pods must succeed; they stay, so that they can be counted. */
  private static ObjectNode job(String name) {
    return (ObjectNode)
        Json.read(
            """
            {"apiVersion":"kubeflow.org/v1","kind":"TFJob","metadata":{"name":"NAME","namespace":"default"},
             "spec":{"successPolicy":"AllWorkers","runPolicy":{"cleanPodPolicy":"None"},"tfReplicaSpecs":{"Worker":
              {"replicas":3,"restartPolicy":"Never","template":{"spec":{"containers":[{"name":"tensorflow","image":"mlk/simulated",
               "args":["--duration=2s"],"resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]}}}}}}
            """
                .replace("NAME", name));
  }
}
