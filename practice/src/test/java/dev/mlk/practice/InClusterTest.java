package dev.mlk.practice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The Service {@code kubernetes}, and a program in a pod that finds the API server by it. */
final class InClusterTest {
  /** Asks who it is, as client libraries find the API server and their token; prints the answer. */
  private static final String ASK =
      """
      import java.net.http.*;
      import java.nio.file.*;
      import java.security.KeyStore;
      import java.security.cert.CertificateFactory;
      import javax.net.ssl.*;

      public class Ask {
        public static void main(String[] arguments) throws Exception {
          var folder = Path.of(arguments[0]);
          var trusted = KeyStore.getInstance("PKCS12");
          trusted.load(null, null);
          try (var in = Files.newInputStream(folder.resolve("ca.crt"))) {
            trusted.setCertificateEntry(
                "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
          }
          var trust = TrustManagerFactory.getInstance("PKIX");
          trust.init(trusted);
          var tls = SSLContext.getInstance("TLS");
          tls.init(null, trust.getTrustManagers(), null);
          var environment = System.getenv("KUBERNETES_SERVICE_HOST") + ":"
              + System.getenv("KUBERNETES_SERVICE_PORT");
          for (var server : new String[] {environment, arguments[1]}) {
            var request = HttpRequest.newBuilder(java.net.URI.create(
                    "https://" + server + "/apis/authentication.k8s.io/v1/selfsubjectreviews"))
                .header("Authorization", "Bearer " + Files.readString(folder.resolve("token")))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
            System.out.println(HttpClient.newBuilder().sslContext(tls).build()
                .send(request, HttpResponse.BodyHandlers.ofString()).body());
          }
        }
      }
      """;

  private static PracticeCluster cluster;
  private static ApiClient owner;

  @BeforeAll
  static void start() {
    cluster = PracticeCluster.start();
    owner = new ApiClient(cluster.transport(), "test");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void theServiceLeadsToTheApiServer() {
    int port = URI.create(cluster.server()).getPort();
    JsonNode service = owner.get(Resources.SERVICES, "default", "kubernetes");
    assertThat(service.path("spec").path("clusterIP").asString()).isEqualTo("127.96.0.1");
    assertThat(service.path("spec").path("ports").path(0).path("port").asInt()).isEqualTo(443);
    JsonNode slice = owner.get(Resources.ENDPOINT_SLICES, "default", "kubernetes");
    assertThat(slice.path("ports").path(0).path("port").asInt()).isEqualTo(port);
    JsonNode endpoints = owner.get(Resources.ENDPOINTS, "default", "kubernetes");
    assertThat(endpoints.path("subsets").path(0).path("ports").path(0).path("port").asInt())
        .isEqualTo(port);
  }

  @Test
  void theCertificateIsForAllNamesOfTheService() throws Exception {
    SSLSocketFactory sockets =
        dev.mlk.practice.pki.Pki.openOrCreate(pki(), InstantSource.system())
            .ownerContext()
            .getSocketFactory();
    for (String name :
        List.of(
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "127.96.0.1",
            "127.0.0.1")) {
      try (Socket plain = new Socket()) {
        plain.connect(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(cluster.server()).getPort()));
        try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, name, 443, true)) {
          SSLParameters parameters = socket.getSSLParameters();
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          socket.setSSLParameters(parameters);
          socket.startHandshake();
          assertThat(socket.getSession().isValid()).as(name).isTrue();
        }
      }
    }
  }

  private static Path pki() {
    return cluster.kubeconfigFile().resolveSibling("pki");
  }

  @Test
  void aProgramInAPodReachesTheApiAndIsToldWhoItIs() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ObjectNode program = TestCluster.json("{metadata: {name: 'program'}}");
    program.putObject("data").put("Ask.java", ASK);
    owner.create(Resources.CONFIG_MAPS, "default", program);
    owner.create(
        Resources.PODS,
        "default",
        TestCluster.json(
            """
            {metadata: {name: 'asks'}, spec: {restartPolicy: 'Never', volumes: [{name: 'program', configMap: {name: 'program'}}],
             containers: [{name: 'main', image: 'busybox', volumeMounts: [{name: 'program', mountPath: '/program'}],
               command: ['JAVA', '-XX:TieredStopAtLevel=1', '/program/Ask.java', '/var/run/secrets/kubernetes.io/serviceaccount', 'kubernetes.default.svc:443']}]}}
            """
                .replace("JAVA", java)));
    TestCluster.await(
        () ->
            owner.get(Resources.PODS, "default", "asks").path("status").path("phase").asString(""),
        phase -> phase.equals("Succeeded") || phase.equals("Failed"));
    String log = log();
    assertThat(log.split("\n"))
        .as(log)
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("system:serviceaccount:default:default"));
  }

  private static String log() {
    try (var reply = owner.open(Request.of("GET", Resources.PODS.path("default", "asks", "log")))) {
      return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
