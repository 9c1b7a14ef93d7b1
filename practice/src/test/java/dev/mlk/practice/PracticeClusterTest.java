package dev.mlk.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class PracticeClusterTest {
  private static final Resource ROLE_BINDINGS =
      Resource.namespaced("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");
  @TempDir static Path folder;
  private static PracticeCluster cluster;
  private static ApiClient owner;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeCluster.start(PracticeConfig.of("test", folder));
    owner = new ApiClient(cluster.transport(), "test");
    await(() -> owner.find(Resources.SERVICE_ACCOUNTS, "default", "default").isPresent());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void theSameObjectIsSeenOverAllThreeWays() throws IOException {
    owner.create(Resources.CONFIG_MAPS, "default", configMap("everywhere"));
    try (ApiClient socket = new ApiClient(new HttpTransport(Endpoint.unix(cluster.socket())), "t");
        ApiClient tls = new ApiClient(new HttpTransport(tls().token(this::ownerToken)), "t")) {
      ObjectNode here = owner.get(Resources.CONFIG_MAPS, "default", "everywhere");
      assertThat(socket.get(Resources.CONFIG_MAPS, "default", "everywhere")).isEqualTo(here);
      assertThat(tls.get(Resources.CONFIG_MAPS, "default", "everywhere")).isEqualTo(here);
    }
  }

  @Test
  void aForcedDeletionSucceedsThoughThePodsNodeIsQuicker() {
    cluster
        .informers()
        .on(Resources.PODS)
        .onChange(
            (change, before, now) -> {
              String name = now.path("metadata").path("name").asString();
              if (now.path("metadata").has("deletionTimestamp") && name.startsWith("forced-")) {
                owner.deleteIfThere(Resources.PODS, "default", name);
              }
            });
    ObjectNode now = JsonMapper.shared().createObjectNode().put("gracePeriodSeconds", 0);
    for (int i = 0; i < 100; i++) {
      owner.create(Resources.PODS, "default", boundPod("forced-" + i));
      owner.delete(Resources.PODS, "default", "forced-" + i, now);
      assertThat(owner.find(Resources.PODS, "default", "forced-" + i)).isEmpty();
    }
  }

  @Test
  void anEvictionInItsOldVersionIsUnderstood() {
    owner.create(Resources.PODS, "default", boundPod("evicted"));
    String body =
        """
        {"apiVersion": "policy/v1beta1", "kind": "Eviction", "metadata": {"name": "evicted"},
         "deleteOptions": {"gracePeriodSeconds": 0}}
        """;
    String path = Resources.PODS.path("default", "evicted") + "/eviction";
    ObjectNode answer =
        owner.call(
            Request.of("POST", path)
                .body("application/json", body.getBytes(StandardCharsets.UTF_8)));
    assertThat(answer.path("status").asString()).isEqualTo("Success");
    assertThat(owner.find(Resources.PODS, "default", "evicted")).isEmpty();
  }

  @Test
  void anApplyWithAVersionCreatesWhatIsNotThereAndChangesNothingElse() {
    String path = Resources.CONFIG_MAPS.path("default", "once");
    String body =
        "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"once\","
            + " \"resourceVersion\": \"1\"}, \"data\": {\"n\": \"NUMBER\"}}";
    assertThat(applied(path, body.replace("NUMBER", "1")).path("data").path("n").asString())
        .isEqualTo("1");
    assertThatThrownBy(() -> applied(path, body.replace("NUMBER", "2")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(409));
  }

  private static ObjectNode applied(String path, String body) {
    return owner.call(
        Request.of("PATCH", path)
            .query("fieldManager", "operator")
            .body("application/apply-patch+yaml", body.getBytes(StandardCharsets.UTF_8)));
  }

  /** A pod on a node that nobody acts for. */
  private static ObjectNode boundPod(String name) {
    if (owner.find(Resources.NODES, "", "silent").isEmpty()) {
      ObjectNode node = JsonMapper.shared().createObjectNode();
      node.put("apiVersion", "v1").put("kind", "Node").putObject("metadata").put("name", "silent");
      owner.create(Resources.NODES, "", node);
    }
    return (ObjectNode)
        JsonMapper.shared()
            .readTree(
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "NAME"},
                 "spec": {"nodeName": "silent", "containers": [{"name": "c", "image": "i"}]}}
                """
                    .replace("NAME", name));
  }

  @Test
  void theOwnersCertificateIsEnough() throws IOException {
    byte[] certificate = Files.readAllBytes(folder.resolve("pki/owner.crt"));
    byte[] key = Files.readAllBytes(folder.resolve("pki/owner.key"));
    try (ApiClient tls = new ApiClient(new HttpTransport(tls().identity(certificate, key)), "t")) {
      assertThat(tls.list(Resources.SECRETS, "", Map.of()).path("kind").asString())
          .isEqualTo("SecretList");
    }
  }

  @Test
  void aStrangerIsRefused() throws IOException {
    try (ApiClient nobody = new ApiClient(new HttpTransport(tls()), "t");
        ApiClient liar = new ApiClient(new HttpTransport(tls().token(() -> "made-up")), "t")) {
      assertThatThrownBy(() -> nobody.list(Resources.SECRETS, "default", Map.of()))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(403))
          .hasMessageContaining("User \"system:anonymous\" cannot list resource \"secrets\"");
      assertThatThrownBy(() -> liar.list(Resources.SECRETS, "default", Map.of()))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(401));
    }
  }

  @Test
  void aServiceAccountMayWhatItsRoleSaysAndNoMore() throws IOException {
    ObjectNode request = json("{\"spec\":{}}");
    String path = Resources.SERVICE_ACCOUNTS.path("default", "default", "token");
    byte[] body = JsonMapper.shared().writeValueAsBytes(request);
    String token =
        owner
            .call(Request.of("POST", path).body("application/json", body))
            .path("status")
            .path("token")
            .asString();
    owner.create(
        ROLE_BINDINGS,
        "default",
        json(
            "{\"metadata\":{\"name\":\"viewers\"},\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":"
                + "\"view\",\"apiGroup\":\"rbac.authorization.k8s.io\"},\"subjects\":[{\"kind\":"
                + "\"ServiceAccount\",\"name\":\"default\",\"namespace\":\"default\"}]}"));
    try (ApiClient account = new ApiClient(new HttpTransport(tls().token(() -> token)), "t")) {
      assertThat(account.list(Resources.PODS, "default", Map.of()).path("items")).isEmpty();
      assertThatThrownBy(() -> account.list(Resources.SECRETS, "default", Map.of()))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(403));
      assertThatThrownBy(() -> account.list(Resources.PODS, "kube-system", Map.of()))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(403));
    }
  }

  @Test
  void noneOfManyConflictingUpdatesIsLost() throws Exception {
    int clients = 10;
    int each = 10;
    ObjectNode counter = configMap("counter");
    counter.putObject("data").put("n", "0");
    owner.create(Resources.CONFIG_MAPS, "default", counter);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(threads.submit(() -> count(each)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(
            owner
                .get(Resources.CONFIG_MAPS, "default", "counter")
                .path("data")
                .path("n")
                .asString())
        .isEqualTo(Integer.toString(clients * each));
  }

  private static void count(int times) {
    for (int done = 0; done < times; ) {
      ObjectNode now = owner.get(Resources.CONFIG_MAPS, "default", "counter");
      int next = Integer.parseInt(now.path("data").path("n").asString()) + 1;
      ((ObjectNode) now.path("data")).put("n", Integer.toString(next));
      try {
        owner.update(Resources.CONFIG_MAPS, now);
        done++;
      } catch (ApiException e) {
        assertThat(e.code()).isEqualTo(409);
      }
    }
  }

  @Test
  void aWatchOverTlsSeesWhatHappensAfterIt() throws IOException {
    String version =
        owner
            .list(Resources.CONFIG_MAPS, "default", Map.of())
            .path("metadata")
            .path("resourceVersion")
            .asString();
    try (ApiClient tls = new ApiClient(new HttpTransport(tls().token(this::ownerToken)), "t")) {
      Request request =
          Request.of("GET", Resources.CONFIG_MAPS.path("default"))
              .query("watch", "true")
              .query("fieldSelector", "metadata.name=seen")
              .query("resourceVersion", version);
      try (Reply reply = tls.open(request);
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
        owner.create(Resources.CONFIG_MAPS, "default", configMap("seen"));
        owner.deleteIfThere(Resources.CONFIG_MAPS, "default", "seen");
        assertThat(json(lines.readLine()).path("type").asString()).isEqualTo("ADDED");
        assertThat(json(lines.readLine()).path("type").asString()).isEqualTo("DELETED");
      }
    }
  }

  @Test
  void aPatchThatRenamesIsRefused() {
    owner.create(Resources.CONFIG_MAPS, "default", configMap("named"));
    assertThatThrownBy(
            () ->
                owner.patch(
                    Resources.CONFIG_MAPS.path("default", "named"),
                    ApiClient.PatchType.MERGE,
                    json("{\"metadata\":{\"name\":\"other\"}}")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(400));
  }

  @Test
  void aBodyInProtobufIsRead() throws IOException {
    // What kubectl 1.32 sends for: kubectl create namespace a
    byte[] body = {
      'k', '8', 's', 0, 0x0a, 0x0f, 0x0a, 2, 'v', '1', 0x12, 9, 'N', 'a', 'm', 'e', 's', 'p', 'a',
      'c', 'e', 0x12, 5, 0x0a, 3, 0x0a, 1, 'a'
    };
    Request request =
        Request.of("POST", Resources.NAMESPACES.path(""))
            .body("application/vnd.kubernetes.protobuf", body);
    assertThat(owner.call(request).path("metadata").path("name").asString()).isEqualTo("a");
  }

  @Test
  void aCustomKindIsServedOnceItsDefinitionIsThere() {
    owner.create(
        Resources.CUSTOM_RESOURCES,
        "",
        json(
            """
            {"metadata":{"name":"things.example.org"},"spec":{"group":"example.org",
             "scope":"Namespaced","names":{"plural":"things","kind":"Thing"},
             "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},
              "schema":{"openAPIV3Schema":{"type":"object","properties":{
               "spec":{"type":"object","properties":{"size":{"type":"integer","default":3}}}}}}}]}}
            """));
    Resource things = Resource.namespaced("example.org", "v1", "things", "Thing");
    await(() -> owner.find(things, "default", "none").isEmpty() && served(things));
    ObjectNode made =
        owner.create(
            things,
            "default",
            json(
                "{\"apiVersion\":\"example.org/v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":"
                    + "\"a\"},\"spec\":{\"unknown\":1}}"));
    assertThat(made.path("spec")).isEqualTo(json("{\"size\":3}"));
    owner.delete(Resources.CUSTOM_RESOURCES, "", "things.example.org", json("{}"));
    await(() -> !served(things));
  }

  private static boolean served(Resource resource) {
    try {
      owner.list(resource, "", Map.of());
      return true;
    } catch (ApiException e) {
      return false;
    }
  }

  @Test
  void filesArePrivate() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    for (String file : List.of("kubeconfig", "pki/owner.key", "pki/owner.token", "pki/ca.key")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void objectsAreThereAfterARestart(@TempDir Path other) throws IOException {
    String uid;
    try (PracticeCluster first = PracticeCluster.start(PracticeConfig.of("again", other))) {
      ApiClient client = new ApiClient(first.transport(), "test");
      uid =
          client
              .create(Resources.CONFIG_MAPS, "default", configMap("kept"))
              .path("metadata")
              .path("uid")
              .asString();
    }
    try (PracticeCluster second = PracticeCluster.start(PracticeConfig.of("again", other))) {
      ApiClient client = new ApiClient(second.transport(), "test");
      JsonNode kept = client.get(Resources.CONFIG_MAPS, "default", "kept");
      assertThat(kept.path("metadata").path("uid").asString()).isEqualTo(uid);
    }
    assertThat(other.resolve("api.sock")).doesNotExist();
  }

  private static Endpoint tls() throws IOException {
    return Endpoint.at(URI.create(cluster.server()))
        .trusting(Files.readAllBytes(folder.resolve("pki/ca.crt")));
  }

  private String ownerToken() {
    try {
      return Files.readString(folder.resolve("pki/owner.token")).strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ObjectNode configMap(String name) {
    return json("{\"metadata\":{\"name\":\"" + name + "\"}}");
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  private static void await(BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("in time").isBefore(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
