package dev.mlk.cluster;

import dev.mlk.format.Json;
import dev.mlk.format.Yaml;
import dev.mlk.format.YamlNode;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a cluster that is ready listens, as its {@code endpoint.json} says.
 *
 * @param socket the Unix socket
 * @param server the TLS address
 * @param pid the process
 * @param started when it started
 */
record RunningCluster(Path socket, String server, long pid, Instant started) {
  /** What the file says; whether that is still so, the lock knows. */
  static Optional<RunningCluster> read(ClusterFolder folder) {
    try {
      // JSON is YAML, and this reader is cheap to start.
      String text = Files.readString(folder.endpoint());
      if (!(Yaml.read(text, "endpoint.json").getFirst() instanceof YamlNode.Mapping fields)) {
        return Optional.empty();
      }
      return Optional.of(
          new RunningCluster(
              Path.of(text(fields, "socket")),
              text(fields, "server"),
              Long.parseLong(text(fields, "pid")),
              Instant.parse(text(fields, "started"))));
    } catch (IOException | Problem | NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String text(YamlNode.Mapping fields, String name) {
    return fields.fields().get(name) instanceof YamlNode.Scalar scalar ? scalar.text() : "";
  }

  /** Notes it in the cluster's folder. */
  void write(ClusterFolder folder) throws IOException {
    PrivateFiles.replace(
        folder.endpoint(),
        Json.writeLine(
            Json.object()
                .put("socket", socket.toString())
                .put("server", server)
                .put("pid", pid)
                .put("started", started.toString())));
  }
}
