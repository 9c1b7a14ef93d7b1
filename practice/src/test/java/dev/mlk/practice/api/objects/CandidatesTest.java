package dev.mlk.practice.api.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.catalog.Catalog;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.store.Limits;
import dev.mlk.practice.store.ObjectStore;
import dev.mlk.practice.store.Snapshot;
import dev.mlk.practice.store.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class CandidatesTest {
  private static final int PODS = 300;
  private static final int WRITERS = 3;
  private static final int CHANGES = 300;
  private static final String APP = Words.label("app", "b");
  private static final String NODE = Words.field("n1");

  @TempDir Path folder;

  @Test
  void whatTheIndexGivesIsWhatALookAtAllObjectsOfThatRevisionFindsWhileOthersWrite()
      throws InterruptedException, ExecutionException {
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      Pods pods = new Pods(store);
      for (int i = 0; i < PODS; i++) {
        pods.create(i, "a", "");
      }
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int number = i;
        writers.add(threads.submit(() -> change(pods, number)));
      }
      do {
        pods.compare("", "app=b", List.of(APP));
        pods.compare("even", "on n1", List.of(NODE));
        pods.compare("odd", "app=b on n1", List.of(APP, NODE));
      } while (!writers.stream().allMatch(Future::isDone));
      for (Future<?> writer : writers) {
        writer.get();
      }
      assertThat(pods.compare("", "app=b", List.of(APP))).isNotEmpty();
      assertThat(pods.compare("", "on n1", List.of(NODE))).isNotEmpty().hasSizeLessThan(PODS);
      assertThat(pods.compare("", "nowhere", List.of(Words.field("none")))).isEmpty();
    }
  }

  @Test
  void objectsOfAnEarlierProcessAreFoundAsWell() {
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
      Pods pods = new Pods(store);
      for (int i = 0; i < PODS; i++) {
        pods.create(i, i % 7 == 0 ? "b" : "a", i % 3 == 0 ? "n1" : "");
      }
    }
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
      Pods pods = new Pods(store);
      for (int look = 0; look < 3; look++) {
        assertThat(pods.compare("", "app=b", List.of(APP))).hasSize(43);
        assertThat(pods.compare("", "on n1", List.of(NODE))).hasSize(100);
        assertThat(pods.compare("", "app=b on n1", List.of(APP, NODE))).hasSize(15);
      }
    }
  }

  private static void change(Pods pods, int writer) {
    Random random = new Random(writer);
    for (int i = 0; i < CHANGES; i++) {
      // Each writer has its own pods, so that none loses to another.
      int pod = random.nextInt(PODS / WRITERS) * WRITERS + writer;
      if (random.nextInt(5) == 0) {
        pods.delete(pod);
        pods.create(pod, "b", "n1");
      } else {
        pods.update(pod, random.nextBoolean() ? "a" : "b", "n" + random.nextInt(3));
      }
    }
  }

  /** Pods in a store; those with an even number in one namespace, the others in another. */
  private static final class Pods {
    private final Objects objects;
    private final Served served;

    Pods(ObjectStore store) {
      Catalog catalog = Catalog.builtIn();
      objects = new Objects(store, catalog);
      served = catalog.require(Resources.PODS);
    }

    void create(int number, String app, String node) {
      objects.create(served, pod(number, app, node));
    }

    void update(int number, String app, String node) {
      ObjectNode pod = pod(number, app, node);
      assertThat(objects.update(served, pod, revision(number))).isPresent();
    }

    void delete(int number) {
      assertThat(objects.delete(served, pod(number, "a", ""), revision(number))).isPresent();
    }

    private long revision(int number) {
      return Objects.revision(
          objects.find(served, namespace(number), "pod-" + number).orElseThrow());
    }

    /** Selects both ways at the same revision, and returns what was selected. */
    List<Stored> compare(String namespace, String what, List<String> words) {
      Predicate<Stored> selected =
          value -> Words.of(objects.selectable(served, value)).containsAll(words);
      Snapshot found = objects.candidates(served, namespace, words);
      List<Stored> indexed = found.values().stream().filter(selected).toList();
      Snapshot all = objects.store().listAt(served.prefix(namespace), found.revision());
      assertThat(indexed)
          .as("%s at revision %s", what, found.revision())
          .isEqualTo(all.values().stream().filter(selected).toList());
      return indexed;
    }

    private static String namespace(int number) {
      return number % 2 == 0 ? "even" : "odd";
    }

    private static ObjectNode pod(int number, String app, String node) {
      ObjectNode pod = JsonMapper.shared().createObjectNode();
      pod.put("kind", "Pod").put("apiVersion", "v1");
      ObjectNode metadata = pod.putObject("metadata");
      metadata.put("name", "pod-" + number).put("namespace", namespace(number));
      metadata.putObject("labels").put("app", app).put("number", Integer.toString(number));
      pod.putObject("spec").put("nodeName", node);
      return pod;
    }
  }
}
