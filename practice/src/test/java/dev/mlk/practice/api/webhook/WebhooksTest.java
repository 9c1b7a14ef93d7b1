package dev.mlk.practice.api.webhook;

import static dev.mlk.practice.TestCluster.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import dev.mlk.practice.pki.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Texts were read off kube-apiserver 1.35.4. */
final class WebhooksTest {
  private static final Resource CONFIGURATIONS =
      Resource.cluster(
          "admissionregistration.k8s.io",
          "v1",
          "validatingwebhookconfigurations",
          "ValidatingWebhookConfiguration");

  private static TestCluster cluster;
  private static TestServer server;

  /** What the webhook was asked. */
  private static final List<JsonNode> ASKED = new CopyOnWriteArrayList<>();

  /** Holds the webhook at {@code /slow} until the test is over. */
  private static final CountDownLatch OVER = new CountDownLatch(1);

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException, GeneralSecurityException {
    cluster = TestCluster.start(folder);
    server = TestServer.start(WebhooksTest::answer, "hook.hooks.svc");
    cluster.namespace("hooks");
  }

  @AfterAll
  static void stop() {
    OVER.countDown();
    server.close();
    cluster.close();
  }

  @AfterEach
  void remove() {
    cluster.delete(CONFIGURATIONS, "", "test", "Background");
    ASKED.clear();
  }

  /** The path says what to answer, in the form of a URL's path. */
  private static void answer(HttpExchange exchange) throws IOException {
    JsonNode review = JsonMapper.shared().readTree(exchange.getRequestBody());
    ASKED.add(review.path("request"));
    String uid = review.path("request").path("uid").asString();
    int status = 200;
    String response =
        switch (exchange.getRequestURI().getPath()) {
          case "/deny" ->
              "'allowed': false, 'status': {'message': 'no way'}, 'warnings': ['careful']";
          case "/teapot" ->
              "'allowed': false, 'status': {'code': 418, 'reason': 'BadRequest', 'message': 'tea'}";
          case "/silent" -> "'allowed': false";
          case "/warn" -> "'allowed': true, 'warnings': ['one', 'two']";
          case "/other" -> "'allowed': true, 'uid': 'x'";
          case "/slow" -> {
            await();
            yield "'allowed': true";
          }
          case "/broken" -> {
            status = 500;
            yield "'allowed': true";
          }
          default -> "'allowed': true";
        };
    String head = response.contains("'uid'") ? "" : "'uid': '" + uid + "', ";
    byte[] body =
        json("{'apiVersion': 'admission.k8s.io/v1', 'kind': 'AdmissionReview', 'response': {"
                + head
                + response
                + "}}")
            .toString()
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private static void await() throws IOException {
    try {
      OVER.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static String url(String path) throws GeneralSecurityException {
    return "{url: '" + server.url() + path + "', caBundle: '" + server.bundle() + "'}";
  }

  private static String hook(String name, String client, String more) {
    return "{name: '"
        + name
        + ".t.io', clientConfig: "
        + client
        + ", admissionReviewVersions: ['v1'], sideEffects: 'None', timeoutSeconds: 1, rules:"
        + " [{operations: ['*'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps',"
        + " 'pods/*']}]"
        + more
        + "}";
  }

  private static void configure(String... hooks) {
    cluster.create(
        CONFIGURATIONS,
        "",
        "{metadata: {name: 'test'}, webhooks: [" + String.join(", ", hooks) + "]}");
  }

  /** What becomes of a map with that name: the status and, in a refusal, its message. */
  private static String create(String name) throws IOException {
    ObjectNode map = json("{metadata: {name: '" + name + "', labels: {app: 'a'}}, data: {k: 'v'}}");
    Request request =
        Request.of("POST", Resources.CONFIG_MAPS.path("hooks"))
            .query("dryRun", "All")
            .body(
                "application/json",
                map.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try (Reply reply = cluster.cluster().transport().send(request)) {
      JsonNode answer = JsonMapper.shared().readTree(reply.body());
      String warning = reply.headers().getOrDefault("warning", "");
      return reply.status()
          + (reply.ok() ? "" : " " + answer.path("message").asString())
          + (warning.isEmpty() ? "" : " [" + warning + "]");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          /allow => 201
          /warn => 201 [299 - "one", 299 - "two"]
          /deny => 400 admission webhook "a.t.io" denied the request: no way [299 - "careful"]
          /teapot => 418 admission webhook "a.t.io" denied the request: tea
          /silent => 400 admission webhook "a.t.io" denied the request without explanation
          /broken => 500 Internal error occurred: failed calling webhook "a.t.io": failed to call webhook: an error on the server ("unknown") has prevented the request from succeeding
          """)
  void itsWordIsTheServers(String path, String outcome) throws Exception {
    configure(hook("a", url(path), ""));
    assertThat(create("x")).isEqualTo(outcome);
  }

  @Test
  void oneThatCannotBeAskedRefusesOrIsPassedOver() throws Exception {
    configure(hook("a", url("/slow"), ""));
    assertThat(create("x"))
        .isEqualTo(
            "500 Internal error occurred: failed calling webhook \"a.t.io\": failed to call"
                + " webhook: Post \""
                + server.url()
                + "/slow?timeout=1s\": context deadline exceeded");
    remove();
    configure(hook("a", url("/other"), ", failurePolicy: 'Ignore'"));
    assertThat(create("x")).isEqualTo("201");
    remove();
    configure(hook("a", "{url: '" + server.url() + "/allow'}", ""));
    assertThat(create("x")).endsWith("x509: certificate signed by unknown authority");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          objectSelector: {matchLabels: {app: 'b'}} => 201
          objectSelector: {matchLabels: {app: 'a'}} => 400 admission webhook "a.t.io" denied the request: no way [299 - "careful"]
          namespaceSelector: {matchExpressions: [{key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['hooks']}]} => 201
          matchConditions: [{name: 'c', expression: 'object.data.k == "w"'}] => 201
          matchConditions: [{name: 'c', expression: 'request.operation == "CREATE" && object.data.k == "v"'}] => 400 admission webhook "a.t.io" denied the request: no way [299 - "careful"]
          matchConditions: [{name: 'c', expression: 'object.data.missing == "w"'}] => 403 configmaps "x" is forbidden: expression 'object.data.missing == "w"' resulted in error: no such key: missing
          failurePolicy: 'Ignore', matchConditions: [{name: 'c', expression: 'object.data.missing == "w"'}] => 201
          rules: [{operations: ['UPDATE'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*']}] => 201
          """)
  void onlyWhatItIsAboutIsAsked(String more, String outcome) throws Exception {
    configure(hook("a", url("/deny"), ", " + more));
    assertThat(create("x")).isEqualTo(outcome);
  }

  @Test
  void itIsShownWhatIsToBeAndWhatWas() throws Exception {
    configure(hook("a", url("/allow"), ""));
    cluster.create(Resources.CONFIG_MAPS, "hooks", "{metadata: {name: 'seen'}, data: {a: '1'}}");
    cluster.patch(Resources.CONFIG_MAPS, "hooks", "seen", "{data: {a: '2'}}");
    cluster.delete(Resources.CONFIG_MAPS, "hooks", "seen", "Foreground");
    cluster.awaitGone(Resources.CONFIG_MAPS, "hooks", "seen");
    JsonNode create = ASKED.get(0);
    JsonNode update = ASKED.get(1);
    JsonNode delete = ASKED.get(2);
    assertThat(create.path("operation").asString()).isEqualTo("CREATE");
    assertThat(create.at("/object/data/a").asString()).isEqualTo("1");
    assertThat(create.path("oldObject").isNull()).isTrue();
    assertThat(create.path("kind"))
        .isEqualTo(json("{group: '', version: 'v1', kind: 'ConfigMap'}"));
    assertThat(create.at("/userInfo/username").asString()).isEqualTo("kubernetes-admin");
    assertThat(update.at("/object/data/a").asString()).isEqualTo("2");
    assertThat(update.at("/oldObject/data/a").asString()).isEqualTo("1");
    assertThat(update.at("/options/kind").asString()).isEqualTo("UpdateOptions");
    assertThat(delete.path("object").isNull()).isTrue();
    assertThat(delete.at("/oldObject/data/a").asString()).isEqualTo("2");
    assertThat(delete.at("/options/propagationPolicy").asString()).isEqualTo("Foreground");
  }

  @Test
  void severalAreAskedAtOnceAndTheFirstRefusalCounts() throws Exception {
    configure(
        hook("a", url("/allow"), ""), hook("b", url("/deny"), ""), hook("c", url("/silent"), ""));
    assertThat(create("x")).contains("\"b.t.io\" denied");
    assertThat(ASKED).hasSize(3);
  }

  @Test
  void aServiceIsFoundByItsEndpoints() throws Exception {
    configure(
        hook(
            "a",
            "{service: {namespace: 'hooks', name: 'hook', path: '/deny'}, caBundle: '"
                + server.bundle()
                + "'}",
            ""));
    assertThat(create("x")).endsWith("?timeout=1s\": service \"hook\" not found");
    cluster.create(
        Resources.SERVICES, "hooks", "{metadata: {name: 'hook'}, spec: {ports: [{port: 443}]}}");
    cluster.create(
        Resource.namespaced("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice"),
        "hooks",
        "{metadata: {name: 'hook', labels: {'kubernetes.io/service-name': 'hook'}}, addressType:"
            + " 'IPv4', endpoints: [{addresses: ['127.0.0.1']}], ports: [{name: '', port: "
            + server.port()
            + "}]}");
    assertThat(create("x")).contains("denied the request: no way");
  }

  @Test
  void whoeverLockedThemselvesOutGetsInAgain() throws Exception {
    configure(
        hook(
            "a",
            url("/deny"),
            ", rules: [{operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources:"
                + " ['*/*']}]"));
    assertThat(create("x")).startsWith("400 ");
    cluster.client().delete(CONFIGURATIONS, "", "test", json("{}"));
    assertThat(create("x")).isEqualTo("201");
  }
}
