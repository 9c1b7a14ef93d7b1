package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is only posted and answered, never stored: reviews and bindings. */
final class ReviewRules implements KindRules {
  @Override
  public List<Column> columns() {
    return CreatedAt.columns();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return CreatedAt.cells(object, now);
  }
}
