package dev.mlk.practice.kind;

import dev.mlk.practice.quantity.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The use of nodes and pods, shown as metrics-server shows it. Nobody writes such objects. */
final class MetricsRules implements KindRules {
  private static final List<String> AMOUNTS = List.of("cpu", "memory");

  @Override
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("Name", "string", "name", "Name of the resource", 0));
    AMOUNTS.forEach(amount -> columns.add(new Column(amount, "string", "quantity", "", 0)));
    columns.add(new Column("Window", "string", "duration", "", 0));
    return columns;
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    Row row = Row.named(object, now);
    for (String amount : AMOUNTS) {
      row.text(sum(object, amount).toString());
    }
    return row.text(Tree.text(object, "window")).cells();
  }

  /** The amount of a node, or of all containers of a pod. */
  private static Quantity sum(ObjectNode object, String amount) {
    Quantity sum = new Quantity(BigDecimal.ZERO, Quantity.Format.DECIMAL_SI);
    sum = sum.plus(quantity(object.path("usage"), amount));
    for (ObjectNode container : Tree.objects(object.path("containers"))) {
      sum = sum.plus(quantity(container.path("usage"), amount));
    }
    return sum;
  }

  private static Quantity quantity(JsonNode usage, String amount) {
    return Quantity.parse(usage.path(amount).asString("0")).orElse(Quantity.of(0));
  }
}
