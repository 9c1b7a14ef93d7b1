package dev.mlk.tfjob.ledger;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Labels of nodes, for a while: pods ask for the same few again and again. */
final class Nodes {
  private final KubernetesClient client;
  private final Map<String, JsonNode> known = new HashMap<>();

  Nodes(KubernetesClient client) {
    this.client = client;
  }

  void forget() {
    known.clear();
  }

  /** The node, as far as its labels go; missing where it is gone, or may not be read. */
  JsonNode find(String name) {
    return name.isEmpty() ? MissingNode.getInstance() : known.computeIfAbsent(name, this::read);
  }

  private JsonNode read(String name) {
    try {
      Node node = client.nodes().withName(name).get();
      if (node == null || node.getMetadata().getLabels() == null) {
        return MissingNode.getInstance();
      }
      return JsonMapper.shared()
          .valueToTree(Map.of("metadata", Map.of("labels", node.getMetadata().getLabels())));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        return MissingNode.getInstance();
      }
      throw e;
    }
  }
}
