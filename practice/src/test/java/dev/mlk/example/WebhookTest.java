package dev.mlk.example;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.mlk.practice.PracticeCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReviewBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @AutoClose
  private static final PracticeCluster CLUSTER = PracticeCluster.start(config -> config.nodes(0));

  @Test
  void anImageWithoutTagIsRefused(@TempDir Path folder) throws Exception {
    KeyStore keys = keys(folder.resolve("keys.p12"));
    HttpsServer hook = hook(keys);
    Config config = Config.fromKubeconfig(CLUSTER.kubeconfig());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      client
          .admissionRegistration()
          .v1()
          .validatingWebhookConfigurations()
          .resource(
              new ValidatingWebhookConfigurationBuilder()
                  .withNewMetadata()
                  .withName("tags")
                  .endMetadata()
                  .addNewWebhook()
                  .withName("tags.example.com")
                  .withAdmissionReviewVersions("v1")
                  .withSideEffects("None")
                  .withNewClientConfig()
                  .withUrl("https://127.0.0.1:" + hook.getAddress().getPort() + "/")
                  .withCaBundle(pem(keys))
                  .endClientConfig()
                  .addNewRule()
                  .withApiGroups("")
                  .withApiVersions("v1")
                  .withOperations("CREATE")
                  .withResources("pods")
                  .endRule()
                  .endWebhook()
                  .build())
          .create();

      client.pods().inNamespace("default").resource(pod("tagged", "busybox:1.36")).create();
      assertThatThrownBy(
              () -> client.pods().inNamespace("default").resource(pod("bare", "busybox")).create())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("denied the request: busybox has no tag");
    } finally {
      hook.stop(0);
    }
  }

  /** The webhook under test: it refuses pods with an image that names no tag. */
  private static void answer(HttpExchange exchange) throws IOException {
    AdmissionReview review =
        Serialization.unmarshal(exchange.getRequestBody(), AdmissionReview.class);
    Pod pod = (Pod) review.getRequest().getObject();
    String image = pod.getSpec().getContainers().getFirst().getImage();
    AdmissionReview answer =
        new AdmissionReviewBuilder()
            .withNewResponse()
            .withUid(review.getRequest().getUid())
            .withAllowed(image.contains(":"))
            .withStatus(new StatusBuilder().withMessage(image + " has no tag").build())
            .endResponse()
            .build();
    byte[] body = Serialization.asJson(answer).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static HttpsServer hook(KeyStore keys) throws Exception {
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", WebhookTest::answer);
    server.start();
    return server;
  }

  /** A key for 127.0.0.1, made by the JDK's own tool. */
  private static KeyStore keys(Path file) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    new ProcessBuilder(
            keytool,
            "-genkeypair",
            "-alias",
            "hook",
            "-keyalg",
            "EC",
            "-dname",
            "CN=hook",
            "-ext",
            "san=ip:127.0.0.1",
            "-keystore",
            file.toString(),
            "-storepass",
            new String(PASSWORD))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    return KeyStore.getInstance(file.toFile(), PASSWORD);
  }

  private static String pem(KeyStore keys) throws Exception {
    String body = Base64.getMimeEncoder().encodeToString(keys.getCertificate("hook").getEncoded());
    String pem = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }

  private static Pod pod(String name, String image) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage(image)
        .endContainer()
        .endSpec()
        .build();
  }
}
