package dev.mlk.practice.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Kill -9 at random moments under load, many rounds on one store. {@code -Drounds=N} and {@code
 * -Ddurability.seed=N} change the defaults.
 */
final class DurabilityTest {
  private static final int CLIENTS = 8;
  private static final List<Resource> RESOURCES = List.of(Resources.PODS, Resources.CONFIG_MAPS);
  @TempDir Path folder;
  private final Set<Long> revisions = ConcurrentHashMap.newKeySet();
  private final List<ObjectWriter> writers = new ArrayList<>();
  private final List<WatchFollower> watches = RESOURCES.stream().map(WatchFollower::new).toList();

  @Test
  @Tag("slow")
  void fiftyKillsLoseNothing() throws Exception {
    killAndLook(
        Integer.getInteger("rounds", 50), Long.getLong("durability.seed", System.nanoTime()));
  }

  private void killAndLook(int rounds, long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < CLIENTS; i++) {
      writers.add(new ObjectWriter("client" + i, random.nextLong(), revisions));
    }
    ServerProcess first = ServerProcess.start(folder);
    try (ApiClient watching = first.client();
        Informers informers = new Informers(watching)) {
      List<Informer> copies = RESOURCES.stream().map(informers::on).toList();
      for (Informer copy : copies) {
        copy.awaitSynced();
      }
      ServerProcess server = first;
      for (int round = 0; round < rounds; round++) {
        long highest = Math.max(round(server, random), highestSeen());
        server = ServerProcess.start(folder);
        try (ApiClient client = server.client()) {
          String when = "seed " + seed + ", after round " + round;
          assertThat(revision(client)).as(when).isGreaterThanOrEqualTo(highest);
          assertThat(wrong(client)).as(when).isEmpty();
        }
      }
      agree(server, copies);
      server.close();
    }
    System.out.printf(
        "seed %d: %d rounds, %d acknowledged writes; %s%n",
        seed, rounds, writers.stream().mapToLong(ObjectWriter::count).sum(), watches);
  }

  /** Load until the kill; the highest resourceVersion that any client was told of. */
  private long round(ServerProcess server, Random random) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    int before = revisions.size();
    try (ApiClient client = server.client()) {
      for (WatchFollower watch : watches) {
        watch.use(client);
        threads.add(Thread.startVirtualThread(watch));
      }
      for (ObjectWriter writer : writers) {
        writer.use(client);
        threads.add(Thread.startVirtualThread(writer));
      }
      TestCluster.await(() -> revisions.size() - before, fresh -> fresh >= CLIENTS);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(800)));
      server.kill();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    return writers.stream().mapToLong(ObjectWriter::highest).max().orElseThrow();
  }

  /** Nobody may see what can still be lost. */
  private long highestSeen() {
    return watches.stream().mapToLong(WatchFollower::last).max().orElseThrow();
  }

  private List<String> wrong(ApiClient client) {
    Map<String, JsonNode> found = new TreeMap<>();
    for (Resource resource : RESOURCES) {
      client
          .list(resource, ObjectWriter.NAMESPACE, Map.of())
          .path("items")
          .forEach(item -> found.put(name(item), item));
    }
    // The deletion of a pod is two writes; after the first its end is the controllers' work.
    found.values().removeIf(item -> item.path("metadata").has("deletionTimestamp"));
    List<String> wrong = new ArrayList<>();
    writers.forEach(writer -> wrong.addAll(writer.check(found)));
    watches.forEach(watch -> wrong.addAll(watch.faults()));
    return wrong;
  }

  /** After the last restart, watches and informers come to what a list says. */
  private void agree(ServerProcess server, List<Informer> copies) throws InterruptedException {
    try (ApiClient client = server.client()) {
      List<Thread> threads = new ArrayList<>();
      for (WatchFollower watch : watches) {
        watch.use(client);
        threads.add(Thread.startVirtualThread(watch));
      }
      for (int i = 0; i < RESOURCES.size(); i++) {
        Resource resource = RESOURCES.get(i);
        Informer copy = copies.get(i);
        WatchFollower watch = watches.get(i);
        TestCluster.await(
            () -> difference(client, resource, copy, watch), difference -> difference.isEmpty());
      }
      server.kill();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(watches).allSatisfy(watch -> assertThat(watch.faults()).isEmpty());
  }

  private static Set<String> difference(
      ApiClient client, Resource resource, Informer copy, WatchFollower watch) {
    Map<String, String> listed = new TreeMap<>();
    Set<String> different = new HashSet<>();
    for (JsonNode item : client.list(resource, ObjectWriter.NAMESPACE, Map.of()).path("items")) {
      listed.put(name(item), version(item));
      if (item.path("metadata").has("deletionTimestamp")) {
        different.add(name(item) + " is still on its way out");
      }
    }
    Map<String, String> copied = new TreeMap<>();
    copy.in(ObjectWriter.NAMESPACE).forEach(item -> copied.put(name(item), version(item)));
    if (!copied.equals(listed)) {
      different.add("informer " + copied + " list " + listed);
    }
    if (!watch.objects().equals(listed)) {
      different.add("watch " + watch.objects() + " list " + listed);
    }
    return different;
  }

  private static long revision(ApiClient client) {
    return client
        .list(Resources.CONFIG_MAPS, ObjectWriter.NAMESPACE, Map.of())
        .path("metadata")
        .path("resourceVersion")
        .asLong();
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asString();
  }

  private static String version(JsonNode object) {
    return object.path("metadata").path("resourceVersion").asString();
  }
}
