package dev.mlk.practice.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
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
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lists and watches, whose bytes are shared, over a real connection. */
final class ListsTest {
  private static final int OBJECTS = 300;
  @TempDir static Path folder;
  private static TestCluster cluster;
  private static ApiClient client;

  @BeforeAll
  static void fill() throws IOException {
    cluster = TestCluster.start(folder);
    client = new ApiClient(new HttpTransport(Endpoint.unix(cluster.cluster().socket())), "test");
    cluster.namespace("lists");
    for (int i = 0; i < OBJECTS; i++) {
      cluster.create(
          Resources.CONFIG_MAPS,
          "lists",
          "{metadata: {name: 'map-%03d', labels: {part: 'p%d'}}, data: {text: '%s'}}"
              .formatted(i, i % 10, "x".repeat(500)));
    }
  }

  @AfterAll
  static void stop() {
    client.close();
    cluster.close();
  }

  @Test
  void pagesShowTheMomentOfTheFirstWhateverHappensMeanwhile() {
    List<String> names = new ArrayList<>();
    String version = "";
    String next = "";
    do {
      Map<String, String> query =
          next.isEmpty() ? Map.of("limit", "120") : Map.of("limit", "120", "continue", next);
      ObjectNode page = client.list(Resources.CONFIG_MAPS, "lists", query);
      page.path("items").forEach(item -> names.add(name(item)));
      JsonNode metadata = page.path("metadata");
      assertThat(version.isEmpty() || version.equals(metadata.path("resourceVersion").asString()))
          .isTrue();
      version = metadata.path("resourceVersion").asString();
      next = metadata.path("continue").asString("");
      client.delete(Resources.CONFIG_MAPS, "lists", "map-299", TestCluster.json("{}"));
      cluster.create(
          Resources.CONFIG_MAPS,
          "lists",
          "{metadata: {name: 'map-299', labels: {part: 'p9'}}, data: {text: 'new'}}");
    } while (!next.isEmpty());
    assertThat(names).hasSize(OBJECTS + 1).doesNotHaveDuplicates().contains("kube-root-ca.crt");
  }

  @Test
  void aLargeListIsCompressedForWhoeverAsks() throws IOException {
    Request request = Request.of("GET", Resources.CONFIG_MAPS.path("lists"));
    try (Reply plain = client.open(request);
        Reply zipped = client.open(request.header("Accept-Encoding", "gzip"))) {
      assertThat(zipped.headers()).containsEntry("content-encoding", "gzip");
      assertThat(plain.headers()).doesNotContainKey("content-encoding");
      byte[] bytes = plain.body().readAllBytes();
      assertThat(plain.headers()).containsEntry("content-length", Integer.toString(bytes.length));
      JsonNode unzipped =
          JsonMapper.shared().readTree(new GZIPInputStream(zipped.body()).readAllBytes());
      assertThat(unzipped.path("items").size())
          .isEqualTo(JsonMapper.shared().readTree(bytes).path("items").size());
    }
  }

  @Test
  void tablesAndMetadataComeInPagesThatMakeUpTheWhole() throws IOException {
    for (String form : List.of("Table", "PartialObjectMetadataList")) {
      String items = form.equals("Table") ? "rows" : "items";
      List<String> paged = new ArrayList<>();
      String next = "";
      do {
        ObjectNode page = reduced(form, Map.of("limit", "70", "continue", next));
        page.path(items).forEach(item -> paged.add(shownName(item)));
        next = page.path("metadata").path("continue").asString("");
        assertThat(page.path("metadata").has("remainingItemCount")).isEqualTo(!next.isEmpty());
      } while (!next.isEmpty());
      List<String> whole = new ArrayList<>();
      reduced(form, Map.of()).path(items).forEach(item -> whole.add(shownName(item)));
      assertThat(paged).hasSizeGreaterThan(OBJECTS).isEqualTo(whole);
    }
  }

  private static ObjectNode reduced(String form, Map<String, String> query) throws IOException {
    Request request =
        Request.of("GET", Resources.CONFIG_MAPS.path("lists"))
            .header("Accept", "application/json;as=" + form + ";v=v1;g=meta.k8s.io");
    for (Map.Entry<String, String> one : query.entrySet()) {
      request = request.query(one.getKey(), one.getValue());
    }
    try (Reply reply = client.open(request)) {
      ObjectNode list = (ObjectNode) JsonMapper.shared().readTree(reply.body().readAllBytes());
      assertThat(list.path("kind").asString()).isEqualTo(form);
      return list;
    }
  }

  /** The name in a row or an item. */
  private static String shownName(JsonNode item) {
    return name(item.has("object") ? item.path("object") : item);
  }

  @Test
  void selectorsSeeTheLatestLabels() {
    Map<String, String> selector = Map.of("labelSelector", "part=p3");
    assertThat(names(selector)).contains("map-003", "map-013").doesNotContain("map-004");
    relabel("map-013", "moved");
    assertThat(names(selector)).contains("map-003").doesNotContain("map-013");
    assertThat(names(Map.of("labelSelector", "part=moved"))).containsExactly("map-013");
    relabel("map-013", "p3");
    assertThat(names(selector)).contains("map-013");
    assertThat(names(Map.of("fieldSelector", "metadata.name=map-007"))).containsExactly("map-007");
  }

  @Test
  void anObjectThatLeavesASelectionIsDeletedForItsWatcher() throws IOException {
    String version =
        client
            .list(Resources.CONFIG_MAPS, "lists", Map.of("limit", "1"))
            .path("metadata")
            .path("resourceVersion")
            .asString();
    Request request =
        Request.of("GET", Resources.CONFIG_MAPS.path("lists"))
            .query("watch", "true")
            .query("labelSelector", "part=p5")
            .query("resourceVersion", version);
    try (Reply reply = client.open(request);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
      relabel("map-005", "elsewhere");
      relabel("map-006", "p5");
      relabel("map-005", "p5");
      relabel("map-006", "p6");
      List<String> seen = new ArrayList<>();
      while (seen.size() < 4) {
        String line = lines.readLine();
        if (!line.isBlank()) {
          JsonNode event = JsonMapper.shared().readTree(line);
          seen.add(event.path("type").asString() + " " + name(event.path("object")));
        }
      }
      assertThat(seen)
          .containsExactly("DELETED map-005", "ADDED map-006", "ADDED map-005", "DELETED map-006");
    }
  }

  private static void relabel(String name, String part) {
    cluster.patch(
        Resources.CONFIG_MAPS, "lists", name, "{metadata: {labels: {part: '" + part + "'}}}");
  }

  private static List<String> names(Map<String, String> query) {
    return client
        .list(Resources.CONFIG_MAPS, "lists", query)
        .path("items")
        .valueStream()
        .map(ListsTest::name)
        .toList();
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asString();
  }
}
