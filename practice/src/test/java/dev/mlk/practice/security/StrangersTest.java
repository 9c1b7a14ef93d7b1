package dev.mlk.practice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.PracticeConfig;
import dev.mlk.practice.TestCluster;
import dev.mlk.practice.security.Wire.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whoever is not known gets a 401, whoever has no right a 403, for every kind and verb. */
final class StrangersTest {
  private static final KeyManager[] NONE = {};
  private static final AtomicReference<Instant> NOW = new AtomicReference<>();

  /** What everybody who is known may ask. */
  private static final Pattern SELF = Pattern.compile("/selfsubject[a-z]*reviews$");

  private static PracticeCluster cluster;
  private static ApiClient owner;
  private static List<Attempt> everything;

  /** A request that only somebody with rights may make. */
  private record Attempt(String method, String path) {}

  @BeforeAll
  static void start() {
    NOW.set(Instant.now());
    InstantSource clock = NOW::get;
    cluster = PracticeCluster.start(config -> config.nodes(0).clock(clock));
    owner = new ApiClient(cluster.transport(), "test");
    everything = everything();
    assertThat(everything).hasSizeGreaterThan(250);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void whoeverHasNoCredentialsGetsA403() throws IOException {
    refused(NONE, List.of(), 403);
  }

  @Test
  void aBadTokenGetsA401() throws Exception {
    String token = token("default", "default", "{spec: {}}");
    String[] parts = token.split("\\.", -1);
    List<String> bad =
        List.of(
            "x",
            Keys.token(cluster) + "x",
            Keys.token(cluster).substring(1),
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1] + "." + parts[2].substring(2),
            parts[0] + "." + claims(parts[1], "default", "admin") + "." + parts[2],
            unsigned(parts[1]) + ".",
            "..",
            token + "." + token);
    refused(NONE, List.of("Authorization: Bearer " + bad.getFirst()), 401);
    for (String each : bad) {
      assertThat(status(NONE, List.of("Authorization: Bearer " + each))).as(each).isEqualTo(401);
    }
    assertThat(status(NONE, List.of("Authorization: Basic YWRtaW46YWRtaW4="))).isEqualTo(403);
    assertThat(status(NONE, List.of("Authorization: bearer " + Keys.token(cluster))))
        .isEqualTo(200);
  }

  @Test
  void aTokenEndsWithItsTimeItsAccountAndItsPod() throws IOException {
    owner.create(
        Resources.SERVICE_ACCOUNTS, "default", TestCluster.json("{metadata: {name: 'gone'}}"));
    String gone = token("default", "gone", "{spec: {}}");
    List<String> header = List.of("Authorization: Bearer " + gone);
    assertThat(status(NONE, header)).isEqualTo(403);
    owner.deleteIfThere(Resources.SERVICE_ACCOUNTS, "default", "gone");
    assertThat(status(NONE, header)).isEqualTo(401);
    owner.create(
        Resources.SERVICE_ACCOUNTS, "default", TestCluster.json("{metadata: {name: 'gone'}}"));
    assertThat(status(NONE, header)).as("another account of that name").isEqualTo(401);

    ObjectNode pod =
        owner.create(
            Resources.PODS,
            "default",
            TestCluster.json(
                "{metadata: {name: 'bound'}, spec: {containers: [{name: 'a', image: 'i'}]}}"));
    String uid = pod.path("metadata").path("uid").asString();
    String bound =
        token(
            "default",
            "default",
            "{spec: {boundObjectRef: {apiVersion: 'v1', kind: 'Pod', name: 'bound', uid: '"
                + uid
                + "'}}}");
    header = List.of("Authorization: Bearer " + bound);
    assertThat(status(NONE, header)).isEqualTo(403);
    owner.delete(Resources.PODS, "default", "bound", TestCluster.json("{gracePeriodSeconds: 0}"));
    assertThat(status(NONE, header)).isEqualTo(401);

    String old = token("default", "default", "{spec: {expirationSeconds: 600}}");
    assertThat(status(NONE, List.of("Authorization: Bearer " + old))).isEqualTo(403);
    NOW.updateAndGet(now -> now.plusSeconds(601));
    assertThat(status(NONE, List.of("Authorization: Bearer " + old))).isEqualTo(401);
  }

  @Test
  void aTokenForSomebodyElseIsNotForTheApi() throws IOException {
    String vault = token("default", "default", "{spec: {audiences: ['vault']}}");
    assertThat(status(NONE, List.of("Authorization: Bearer " + vault))).isEqualTo(401);
  }

  @Test
  void aCertificateOfAnotherAuthorityGetsA401() throws Exception {
    try (PracticeCluster other = PracticeCluster.start(config -> config.nodes(0))) {
      refused(Keys.of(other, "owner"), List.of(), 401);
    }
  }

  @Test
  void aCertificateThatIsNotForClientsGetsA401() throws Exception {
    assertThat(status(Keys.of(cluster, "server"), List.of())).isEqualTo(401);
    assertThat(status(Keys.of(cluster, "ca"), List.of())).isEqualTo(401);
    assertThat(status(Keys.of(cluster, "owner"), List.of())).isEqualTo(200);
  }

  @Test
  void anExpiredCertificateGetsA401(@TempDir Path folder) throws Exception {
    PracticeConfig config = PracticeConfig.of("old", folder);
    PracticeCluster.start(config).close();
    Instant later = Instant.now().plus(Duration.ofDays(365 * 30));
    try (PracticeCluster old = PracticeCluster.start(config.clock(() -> later))) {
      try (Wire wire = Wire.to(old.server(), Keys.of(old, "owner"), List.of())) {
        wire.request("GET /api/v1/secrets", List.of(), new byte[0]);
        assertThat(wire.reply().status()).isEqualTo(401);
      }
    }
  }

  @Test
  void anAccountWithoutRightsGetsA403ForEveryKindAndVerb() throws IOException {
    refused(
        NONE, List.of("Authorization: Bearer " + token("default", "default", "{spec: {}}")), 403);
  }

  /** Tries everything and looks that nothing of it was done. */
  private static void refused(KeyManager[] keys, List<String> headers, int status)
      throws IOException {
    long before = settled();
    List<String> through = new ArrayList<>();
    try (Wire wire = Wire.to(cluster.server(), keys, List.of())) {
      List<String> all = new ArrayList<>(headers);
      all.add("Content-Type: application/json");
      for (Attempt attempt : everything) {
        byte[] body =
            attempt.method.equals("GET") ? new byte[0] : "{}".getBytes(StandardCharsets.UTF_8);
        Reply reply = wire.request(attempt.method + " " + attempt.path, all, body).reply();
        boolean aboutOneself =
            status == 403 && !headers.isEmpty() && SELF.matcher(attempt.path).find();
        if (reply.status() != status && !aboutOneself) {
          through.add(attempt + " -> " + reply.status() + " " + reply.text());
        }
      }
    }
    assertThat(through).isEmpty();
    assertThat(revision()).isEqualTo(before);
  }

  /** The revision once controllers have done what a new cluster or account makes them do. */
  private static long settled() {
    long[] seen = {0, 0};
    TestCluster.await(
        () -> {
          long now = revision();
          seen[1] = now == seen[0] ? seen[1] + 1 : 0;
          seen[0] = now;
          return seen[1];
        },
        same -> same >= 100);
    return seen[0];
  }

  private static long revision() {
    return Long.parseLong(
        owner
            .list(Resources.CONFIG_MAPS, "no-such-namespace", java.util.Map.of())
            .path("metadata")
            .path("resourceVersion")
            .asString());
  }

  private static int status(KeyManager[] keys, List<String> headers) throws IOException {
    try (Wire wire = Wire.to(cluster.server(), keys, List.of())) {
      return wire.request("GET /api/v1/secrets", headers, new byte[0]).reply().status();
    }
  }

  private static String token(String namespace, String account, String request) {
    return owner
        .call(
            Request.of("POST", Resources.SERVICE_ACCOUNTS.path(namespace, account, "token"))
                .body(
                    "application/json",
                    TestCluster.json(request).toString().getBytes(StandardCharsets.UTF_8)))
        .path("status")
        .path("token")
        .asString();
  }

  private static String claims(String part, String from, String to) {
    String text = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.replace(from, to).getBytes(StandardCharsets.UTF_8));
  }

  private static String unsigned(String claims) {
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + claims;
  }

  /** Every verb of every resource and subresource that discovery names, and the paths beside. */
  private static List<Attempt> everything() {
    List<String> roots = new ArrayList<>(List.of("/api/v1"));
    for (JsonNode group : owner.call(Request.of("GET", "/apis")).path("groups")) {
      group
          .path("versions")
          .forEach(version -> roots.add("/apis/" + version.path("groupVersion").asString()));
    }
    List<Attempt> all = new ArrayList<>();
    for (String root : roots) {
      for (JsonNode resource : owner.call(Request.of("GET", root)).path("resources")) {
        attempts(root, resource, all);
      }
    }
    for (String path : List.of("/metrics", "/logs/", "/debug/pprof/", "/x")) {
      all.add(new Attempt("GET", path));
    }
    return all;
  }

  private static void attempts(String root, JsonNode resource, List<Attempt> all) {
    String[] name = resource.path("name").asString().split("/", 2);
    boolean namespaced = resource.path("namespaced").asBoolean();
    String place = namespaced ? root + "/namespaces/default/" : root + "/";
    String collection = place + name[0];
    String one = collection + "/x" + (name.length > 1 ? "/" + name[1] : "");
    for (JsonNode verb : resource.path("verbs")) {
      switch (verb.asString()) {
        case "get" -> all.add(new Attempt("GET", one));
        case "list" -> {
          all.add(new Attempt("GET", collection));
          all.add(new Attempt("GET", root + "/" + name[0] + "?limit=1"));
        }
        case "watch" -> {
          all.add(new Attempt("GET", collection + "?watch=1&timeoutSeconds=1"));
          all.add(new Attempt("GET", root + "/watch/" + name[0] + "?timeoutSeconds=1"));
        }
        case "create" -> all.add(new Attempt("POST", name.length > 1 ? one : collection));
        case "update" -> all.add(new Attempt("PUT", one));
        case "patch" -> all.add(new Attempt("PATCH", one));
        case "delete" -> all.add(new Attempt("DELETE", one));
        case "deletecollection" -> all.add(new Attempt("DELETE", collection));
        default -> throw new AssertionError("a verb without an attempt: " + verb);
      }
    }
  }
}
