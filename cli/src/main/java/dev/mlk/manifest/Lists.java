package dev.mlk.manifest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes {@code kind: List} apart, as {@code kubectl get -o yaml} writes it. */
final class Lists {
  private Lists() {}

  static void flatten(Document document, List<Document> into) {
    JsonNode items = document.object().path("items");
    if (!document.kind().endsWith("List") || !items.isArray()) {
      into.add(document);
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof ObjectNode item) {
        String prefix = "items[" + i + "]";
        Map<String, Place> places = new HashMap<>();
        document
            .places()
            .forEach(
                (path, place) -> {
                  if (path.startsWith(prefix + ".")) {
                    places.put(path.substring(prefix.length() + 1), place);
                  }
                });
        into.add(new Document(item, places, document.place(prefix)));
      }
    }
  }
}
