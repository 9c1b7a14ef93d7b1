package dev.mlk.board.pod;

import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.kube.WebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Runs a command in a container (the exec subresource). */
final class Exec {
  /** The newest first; servers before 1.30 know the second only. */
  private static final String PROTOCOLS = "v5.channel.k8s.io, v4.channel.k8s.io";

  private static final int OUT = 1;
  private static final int ERR = 2;
  private static final int STATUS = 3;

  private final ApiClient client;
  private final String namespace;
  private final String pod;
  private final String container;

  Exec(ApiClient client, String namespace, String pod, String container) {
    this.client = client;
    this.namespace = namespace;
    this.pod = pod;
    this.container = container;
  }

  /**
   * Runs a command to its end.
   *
   * @param out gets its standard output as it comes
   * @throws IOException when the connection breaks, or with what the command said when it failed
   */
  void run(OutputStream out, String... command) throws IOException {
    List<Map.Entry<String, String>> query = new ArrayList<>();
    query.add(Map.entry("container", container));
    query.add(Map.entry("stdout", "true"));
    query.add(Map.entry("stderr", "true"));
    for (String word : command) {
      query.add(Map.entry("command", word));
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String path = Resources.PODS.path(namespace, pod, "exec");
    try (WebSocket socket = client.connect(path, query, PROTOCOLS)) {
      Optional<byte[]> next = socket.read();
      while (next.isPresent()) {
        byte[] message = next.get();
        switch (message.length == 0 ? -1 : message[0]) {
          case OUT -> out.write(message, 1, message.length - 1);
          case ERR -> said.write(message, 1, message.length - 1);
          case STATUS -> {
            ended(new String(message, 1, message.length - 1, StandardCharsets.UTF_8), said);
            return;
          }
          default -> {
            // Other channels are for terminals.
          }
        }
        next = socket.read();
      }
      throw new IOException("the command's end was not told");
    }
  }

  private static void ended(String text, ByteArrayOutputStream said) throws IOException {
    JsonNode status = Json.read(text);
    if (!status.path("status").asString("").equals("Success")) {
      String words = said.toString(StandardCharsets.UTF_8).strip();
      throw new IOException(words.isEmpty() ? status.path("message").asString(text) : words);
    }
  }
}
