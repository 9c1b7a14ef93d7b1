package dev.mlk.connect;

import dev.mlk.kube.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster of the pod that mlk runs in.
 *
 * @param endpoint its API server, with the service account's token
 * @param namespace the pod's namespace
 */
record InCluster(Endpoint endpoint, String namespace) {
  /**
   * Says where they are instead: a container of the practice cluster is a process, which finds no
   * mount under its own path.
   */
  static final String VARIABLE = "MLK_SERVICE_ACCOUNT";

  /** Where Kubernetes puts a pod's credentials. */
  static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  static Optional<InCluster> find(Map<String, String> environment, Path usual) {
    String named = environment.getOrDefault(VARIABLE, "");
    Path folder = named.isEmpty() ? usual : Path.of(named);
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "");
    Path token = folder.resolve("token");
    if (host.isEmpty() || port.isEmpty() || !Files.exists(token)) {
      return Optional.empty();
    }
    String address = host.contains(":") ? "[" + host + "]" : host;
    Endpoint endpoint =
        Endpoint.at(URI.create("https://" + address + ":" + port)).token(() -> read(token));
    Path authority = folder.resolve("ca.crt");
    if (Files.exists(authority)) {
      endpoint = endpoint.trusting(bytes(authority));
    }
    Path namespace = folder.resolve("namespace");
    return Optional.of(
        new InCluster(endpoint, Files.exists(namespace) ? read(namespace) : "default"));
  }

  private static String read(Path file) {
    return new String(bytes(file), java.nio.charset.StandardCharsets.UTF_8).strip();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
