package dev.mlk.practice.kind;

import dev.mlk.practice.quantity.Quantity;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Quantities in trees, written in their canonical form. */
final class Amounts {
  private Amounts() {}

  /** The quantity that a node holds as text or number. */
  static Optional<Quantity> of(JsonNode node) {
    return node.isString() || node.isNumber()
        ? Quantity.parse(node.asString(""))
        : Optional.empty();
  }

  /** The text as tables show it: {@code 0} when there is none. */
  static String text(JsonNode node) {
    return of(node).map(Quantity::toString).orElse("0");
  }

  /** Makes every value of a map of resources canonical; nothing finer than a thousandth is kept. */
  static void canonicalMap(JsonNode resources) {
    if (resources instanceof ObjectNode map) {
      for (Map.Entry<String, JsonNode> entry : map.properties()) {
        of(entry.getValue()).ifPresent(amount -> entry.setValue(node(toThousandths(amount))));
      }
    }
  }

  /** Makes one property canonical. */
  static void canonical(ObjectNode object, String name) {
    of(object.path(name)).ifPresent(amount -> object.put(name, amount.toString()));
  }

  /** Makes limits and requests of {@code resources} canonical. */
  static void canonicalResources(JsonNode resources) {
    canonicalMap(resources.path("limits"));
    canonicalMap(resources.path("requests"));
  }

  private static JsonNode node(Quantity amount) {
    return JsonNodeFactory.instance.stringNode(amount.toString());
  }

  private static Quantity toThousandths(Quantity amount) {
    return amount.amount().scale() <= 3
        ? amount
        : new Quantity(amount.amount().setScale(3, RoundingMode.UP), amount.format());
  }
}
