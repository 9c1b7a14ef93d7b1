package dev.mlk.tfjob.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Kubernetes' own etcd and kube-apiserver, without controllers, scheduler or nodes. The program is
 * named by the property {@code mlk.test.kube} or the variable {@code MLK_TEST_KUBE}: one binary
 * that acts as either by its first argument.
 */
public final class RealApiServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOKEN = "test-admin";

  private final Path binary;
  private final Path state;
  private final int etcdPort;
  private final int apiPort;
  private final Process etcd;
  private Process apiServer;

  private RealApiServer(Path binary) throws IOException, NoSuchAlgorithmException {
    this.binary = binary;
    state = Files.createTempDirectory("mlk-apiserver");
    etcdPort = freePort();
    apiPort = freePort();
    keys();
    String peers = "http://127.0.0.1:" + freePort();
    etcd =
        run(
            "etcd",
            "--data-dir=" + state.resolve("etcd"),
            "--unsafe-no-fsync",
            "--log-level=warn",
            "--listen-client-urls=http://127.0.0.1:" + etcdPort,
            "--advertise-client-urls=http://127.0.0.1:" + etcdPort,
            "--listen-peer-urls=" + peers,
            "--initial-advertise-peer-urls=" + peers,
            "--initial-cluster=default=" + peers);
    startApiServer();
  }

  /** Where the program is; empty when nobody named one. */
  public static Optional<Path> binary() {
    String named = System.getProperty("mlk.test.kube", System.getenv("MLK_TEST_KUBE"));
    return named == null || named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named));
  }

  /** Skips the running test, and says so on the console, when nobody named the program. */
  public static void assumeThere() {
    if (binary().isEmpty()) {
      String why = "no real API server to test against: -Dmlk.test.kube=BINARY names one";
      System.out.println("SKIPPED " + why);
      Assumptions.abort(why);
    }
  }

  /** Starts both and waits until they are ready. */
  public static RealApiServer start(Path binary) throws IOException {
    try {
      RealApiServer server = new RealApiServer(binary);
      server.awaitReady();
      return server;
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  /** Kills the API server and starts it again on the same port and data. */
  public void restart() throws IOException {
    end(apiServer);
    startApiServer();
    awaitReady();
  }

  /** A client with all rights. */
  public KubernetesClient client() {
    return builder().build();
  }

  /** The same, before it is built. */
  public KubernetesClientBuilder builder() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://127.0.0.1:" + apiPort)
            .withOauthToken(TOKEN)
            .withTrustCerts(true)
            .withDisableHostnameVerification(true)
            .withNamespace("default")
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config);
  }

  private void startApiServer() throws IOException {
    apiServer =
        run(
            "kube-apiserver",
            "--etcd-servers=http://127.0.0.1:" + etcdPort,
            "--secure-port=" + apiPort,
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--endpoint-reconciler-type=none",
            "--cert-dir=" + state.resolve("pki"),
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + state.resolve("sa.pub"),
            "--service-account-signing-key-file=" + state.resolve("sa.key"),
            "--token-auth-file=" + state.resolve("tokens.csv"),
            "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.96.0.0/16",
            "--disable-admission-plugins=ServiceAccount");
  }

  private Process run(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(binary.toString(), program));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(state.resolve(program + ".log").toFile())
            .start();
    // A run that is broken off must not leave it behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  private void keys() throws IOException, NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    pem("sa.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
    pem("sa.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
    Files.writeString(state.resolve("tokens.csv"), TOKEN + ",admin,admin,system:masters\n");
  }

  private void pem(String file, String type, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        state.resolve(file),
        "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException {
    try (KubernetesClient client = client()) {
      Eventually.within(
          PATIENCE,
          "the API server is ready",
          () -> {
            try {
              return "ok".equals(client.raw("/readyz"))
                  && client.namespaces().withName("default").get() != null;
            } catch (KubernetesClientException e) {
              return false;
            }
          });
    }
  }

  private static void end(Process process) {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    end(apiServer);
    end(etcd);
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
