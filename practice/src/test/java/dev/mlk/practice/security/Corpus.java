package dev.mlk.practice.security;

import dev.mlk.practice.schema.Patches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests that make sense: those of the comparison with Kubernetes in {@code testbed/apidiff}. */
final class Corpus {
  private static final Path CASES = Path.of("..", "testbed", "apidiff", "cases");
  private static final Map<String, String> TYPES =
      Map.of(
          "json", "application/json-patch+json",
          "merge", "application/merge-patch+json",
          "strategic", "application/strategic-merge-patch+json",
          "apply", "application/apply-patch+yaml",
          "yaml", "application/yaml");

  /**
   * A request.
   *
   * @param type the body's media type
   * @param body the body, a missing node for none
   */
  record Sample(String method, String path, String type, JsonNode body) {}

  private final JsonNode templates;
  private final List<Sample> samples = new ArrayList<>();

  private Corpus(JsonNode templates) {
    this.templates = templates;
  }

  static List<Sample> read() throws IOException {
    Corpus corpus = new Corpus(tree(CASES.resolve("_templates.yaml")));
    try (Stream<Path> files = Files.list(CASES)) {
      for (Path file : files.sorted().toList()) {
        if (!file.getFileName().toString().startsWith("_")) {
          corpus.collect(tree(file));
        }
      }
    }
    return corpus.samples;
  }

  private static JsonNode tree(Path file) throws IOException {
    Object document =
        new Load(LoadSettings.builder().setAllowDuplicateKeys(true).build())
            .loadFromString(Files.readString(file));
    return JsonMapper.shared().valueToTree(Objects.requireNonNull(document));
  }

  private void collect(JsonNode node) {
    if (node.path("do").isString()) {
      String[] words = node.path("do").asString().split(" ", 2);
      if (words.length == 2 && words[0].matches("[A-Z]+")) {
        samples.add(
            new Sample(
                words[0],
                path(words[1]),
                TYPES.getOrDefault(node.path("type").asString("-"), "application/json"),
                whole(node.path("body"))));
      }
    }
    node.forEach(this::collect);
  }

  private static String path(String text) {
    String path = text.replaceAll("\\$\\{[^}]*}", "r").replace(' ', '+');
    if (path.startsWith("/")) {
      return path;
    }
    String[] parts = path.split("/", 3);
    return parts.length == 3 && parts[1].startsWith("v")
        ? "/apis/" + parts[0] + "/" + parts[1] + "/namespaces/default/" + parts[2]
        : "/api/v1/namespaces/default/" + path;
  }

  private JsonNode whole(JsonNode body) {
    if (body instanceof ObjectNode object && object.path("$from").isString()) {
      ObjectNode changes = object.deepCopy();
      String name = changes.remove("$from").asString();
      return Patches.merge(templates.path(name), changes);
    }
    return body;
  }
}
