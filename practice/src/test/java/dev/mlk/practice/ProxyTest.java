package dev.mlk.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Transport;
import dev.mlk.practice.kubelet.NodeUsage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The proxy subresources, with a server of this test as the program in the pod. */
final class ProxyTest {
  private static final String NAMESPACE = "/api/v1/namespaces/default/";
  private static final CountDownLatch READ = new CountDownLatch(1);

  private static PracticeCluster cluster;
  private static ApiClient owner;
  private static Transport client;
  private static HttpServer server;

  /** An answer as text. */
  private record Got(int status, String body, Reply reply) {
    String header(String name) {
      return reply.headers().getOrDefault(name, "");
    }
  }

  @BeforeAll
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", ProxyTest::echo);
    server.createContext("/slow", ProxyTest::slow);
    server.createContext("/away", ProxyTest::redirect);
    server.start();
    cluster = PracticeCluster.start(config -> config.nodes(0));
    cluster.podStreams(
        new UnreachablePods() {
          @Override
          public Socket connect(Target target, int port) throws IOException {
            if (!target.pod().equals("web") || port != 8080) {
              throw new IOException(
                  "dial tcp " + target.pod() + ":" + port + ": connection refused");
            }
            return new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort());
          }

          @Override
          public NodeUsage usage() {
            return new NodeUsage(List.of("here"), Instant.EPOCH, List.of());
          }
        });
    owner = new ApiClient(cluster.transport(), "test");
    client = new HttpTransport(Endpoint.unix(cluster.socket()));
    owner.create(Resources.NODES, "", TestCluster.json("{metadata: {name: 'here'}}"));
    owner.create(Resources.NODES, "", TestCluster.json("{metadata: {name: 'foreign'}}"));
    String uid = pod("web", "10.0.0.9");
    pod("young", "");
    service("web", uid);
  }

  private static String pod(String name, String address) {
    JsonNode pod =
        owner.create(
            Resources.PODS,
            "default",
            TestCluster.json(
                "{metadata: {name: '"
                    + name
                    + "'}, spec: {nodeName: 'here', containers: [{name: 'a', image: 'i', ports:"
                    + " [{containerPort: 8080}]}]}}"));
    owner.patch(
        Resources.PODS.path("default", name, "status"),
        ApiClient.PatchType.MERGE,
        TestCluster.json("{status: {phase: 'Running', podIP: '" + address + "'}}"));
    return pod.path("metadata").path("uid").asString();
  }

  private static void service(String name, String uid) {
    owner.create(
        Resources.SERVICES,
        "default",
        TestCluster.json(
            "{metadata: {name: '"
                + name
                + "'}, spec: {ports: [{name: 'http', port: 80, targetPort: 8080}]}}"));
    owner.create(
        Resources.ENDPOINTS,
        "default",
        TestCluster.json(
            "{metadata: {name: '"
                + name
                + "'}, subsets: [{addresses: [{ip: '10.0.0.9', targetRef: {kind: 'Pod', name:"
                + " 'web', namespace: 'default', uid: '"
                + uid
                + "'}}], ports: [{name: 'http', port: 8080}]}]}"));
  }

  @AfterAll
  static void stop() {
    client.close();
    cluster.close();
    server.stop(0);
  }

  /** Says what it was asked. */
  private static void echo(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String text =
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + body
            + " "
            + exchange.getRequestHeaders().keySet();
    exchange.getResponseHeaders().set("X-Own", "yes");
    exchange.getResponseHeaders().set("Connection", "X-Hop");
    exchange.getResponseHeaders().set("X-Hop", "no");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(body.equals("teapot") ? 418 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Ends only when the beginning of its answer has been read. */
  private static void slow(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write("begin".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    try {
      assertThat(READ.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.getResponseBody().write(" end".getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  private static void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", "/login?from=away");
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  @Test
  void a_request_reaches_the_pod_with_method_path_query_and_body() throws IOException {
    Got got =
        send(
            Request.of("POST", NAMESPACE + "pods/web:8080/proxy/a%20b/c")
                .query("x", "1 2")
                .header("X-Mine", "m")
                .header("Authorization", "Bearer secret")
                .body("text/plain", "hello".getBytes(StandardCharsets.UTF_8)));
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.body())
        .startsWith("POST /a%20b/c?x=1+2 hello ")
        .contains("X-mine", "X-forwarded-uri", "Content-type")
        .doesNotContain("Authorization");
    assertThat(got.header("x-own")).isEqualTo("yes");
    assertThat(got.header("x-hop")).isEmpty();
  }

  @Test
  void every_verb_goes_through_and_the_status_comes_back() throws IOException {
    for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
      assertThat(send(Request.of(method, NAMESPACE + "pods/web/proxy/x")).body())
          .startsWith(method + " /x ");
    }
    Request brewing =
        Request.of("PUT", NAMESPACE + "pods/web/proxy/")
            .body("text/plain", "teapot".getBytes(StandardCharsets.UTF_8));
    assertThat(send(brewing).status()).isEqualTo(418);
  }

  @Test
  void an_answer_comes_as_it_is_written() throws IOException {
    try (Reply reply =
        client.send(Request.of("GET", NAMESPACE + "pods/http:web:8080/proxy/slow"))) {
      assertThat(new String(reply.body().readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("begin");
      READ.countDown();
      assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(" end");
    }
  }

  @Test
  void a_service_leads_to_its_pods_by_the_name_or_number_of_a_port() throws IOException {
    for (String name : List.of("web:http", "web:80", "http:web:80", "http:web:http")) {
      assertThat(send(Request.of("GET", NAMESPACE + "services/" + name + "/proxy/m")).body())
          .startsWith("GET /m ");
    }
    refused("services/web/proxy/", 503, "no endpoints available for service \"web\"");
    refused("services/web:81/proxy/", 503, "no service port 81 found for service \"web\"");
    refused("services/none:80/proxy/", 404, "services \"none\" not found");
    refused("services/ftp:web:80/proxy/", 400, "invalid service request \"ftp:web:80\"");
  }

  @Test
  void what_cannot_be_reached_is_told_as_kubernetes_does() throws IOException {
    refused("pods/none/proxy/", 404, "pods \"none\" not found");
    refused("pods/young/proxy/", 400, "address not allowed");
    refused(
        "pods/web:1/proxy/",
        503,
        "error trying to reach service: dial tcp web:1: connection refused");
    refused("pods/a:b:c:d/proxy/", 400, "invalid pod request \"a:b:c:d\"");
  }

  @Test
  void redirects_stay_behind_the_proxy() throws IOException {
    Got root = send(Request.of("GET", NAMESPACE + "pods/web/proxy").query("a", "b"));
    assertThat(root.status()).isEqualTo(301);
    assertThat(root.header("location")).isEqualTo(NAMESPACE + "pods/web/proxy/?a=b");
    Got away = send(Request.of("GET", NAMESPACE + "pods/web/proxy/away"));
    assertThat(away.status()).isEqualTo(302);
    assertThat(away.header("location")).isEqualTo(NAMESPACE + "pods/web/proxy/login?from=away");
  }

  @Test
  void the_right_is_that_to_the_subresource() throws IOException {
    Got got =
        send(
            Request.of("DELETE", NAMESPACE + "pods/web:8080/proxy/x")
                .header("Impersonate-User", "alice"));
    assertThat(got.status()).isEqualTo(403);
    assertThat(JsonMapper.shared().readTree(got.body()).path("message").asString())
        .isEqualTo(
            "pods \"web:8080\" is forbidden: User \"alice\" cannot delete resource \"pods/proxy\""
                + " in API group \"\" in the namespace \"default\"");
  }

  @Test
  void a_node_tells_what_a_kubelet_tells() throws IOException {
    assertThat(send(Request.of("GET", "/api/v1/nodes/here/proxy/healthz")).body()).isEqualTo("ok");
    JsonNode pods =
        JsonMapper.shared()
            .readTree(send(Request.of("GET", "/api/v1/nodes/here/proxy/pods")).body());
    assertThat(pods.path("items").size()).isEqualTo(2);
    JsonNode summary =
        JsonMapper.shared()
            .readTree(send(Request.of("GET", "/api/v1/nodes/here/proxy/stats/summary")).body());
    assertThat(summary.path("node").path("nodeName").asString()).isEqualTo("here");
    assertThat(send(Request.of("GET", "/api/v1/nodes/here:10250/proxy/metrics")).body())
        .contains("kubelet_node_name{node=\"here\"} 1");
    assertThat(send(Request.of("GET", "/api/v1/nodes/here/proxy/else")).status()).isEqualTo(404);
    assertThat(send(Request.of("GET", "/api/v1/nodes/foreign/proxy/healthz")).status())
        .isEqualTo(503);
  }

  private static void refused(String path, int status, String message) throws IOException {
    Got got = send(Request.of("GET", NAMESPACE + path));
    assertThat(JsonMapper.shared().readTree(got.body()).path("message").asString())
        .isEqualTo(message);
    assertThat(got.status()).isEqualTo(status);
  }

  private static Got send(Request request) throws IOException {
    try (Reply reply = client.send(request)) {
      return new Got(
          reply.status(), new String(reply.body().readAllBytes(), StandardCharsets.UTF_8), reply);
    }
  }
}
