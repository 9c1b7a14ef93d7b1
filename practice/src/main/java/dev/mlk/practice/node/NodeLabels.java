package dev.mlk.practice.node;

import dev.mlk.practice.pki.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The labels that the agent gave a node at its last start, kept in the node's folder. What users
 * changed stays; what the configuration changed since is set.
 */
final class NodeLabels {
  private final Path file;

  NodeLabels(Path nodeFolder) {
    this.file = nodeFolder.resolve("labels.json");
  }

  /**
   * The changes to make, as a merge patch has them; empty when there are none.
   *
   * @param known the node's labels as they are
   * @param wanted the labels of the configuration
   * @param usual all that the agent may have set, for nodes of which nothing is kept
   */
  ObjectNode changes(JsonNode known, Map<String, String> wanted, Map<String, String> usual) {
    Map<String, String> last = last(usual);
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    wanted.forEach(
        (key, value) -> {
          boolean usersOwn = known.has(key) && value.equals(last.get(key));
          if (!usersOwn && !known.path(key).asString("").equals(value)) {
            changes.put(key, value);
          }
        });
    for (String key : last.keySet()) {
      if (!wanted.containsKey(key) && known.has(key)) {
        changes.putNull(key);
      }
    }
    return changes;
  }

  private Map<String, String> last(Map<String, String> usual) {
    Map<String, String> last = new TreeMap<>();
    try {
      for (Map.Entry<String, JsonNode> label :
          JsonMapper.shared().readTree(Files.readString(file)).properties()) {
        last.put(label.getKey(), label.getValue().asString(""));
      }
    } catch (IOException | JacksonException e) {
      usual.keySet().forEach(key -> last.put(key, ""));
    }
    return last;
  }

  /** Notes what was set. */
  void keep(Map<String, String> labels) throws IOException {
    Files.createDirectories(file.getParent());
    String text = JsonMapper.shared().writeValueAsString(new LinkedHashMap<>(labels));
    PrivateFile.write(file, text);
  }
}
