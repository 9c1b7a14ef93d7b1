package dev.mlk.usage;

import dev.mlk.console.Cell;
import dev.mlk.console.Style;
import dev.mlk.console.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The figures as a table: a row a group and model of GPU, so that all add up. */
final class UsageTable {
  private UsageTable() {}

  static String where(Bill bill) {
    Window window = bill.scope().window();
    String namespace = bill.scope().namespace();
    return (namespace.isEmpty() ? "in any namespace" : "in namespace " + namespace)
        + " from "
        + window.since()
        + " to "
        + window.until();
  }

  static Table of(Bill bill) {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "~" + bill.scope().grouping().title().toUpperCase(Locale.ROOT),
                "~GPU MODEL",
                "GPU-H",
                "CPU-H",
                "GIB-H",
                "PENDING-H",
                "IDLE-H",
                "+UNKNOWN-H",
                "+GPUS NOW",
                "+UTIL NOW",
                "+PODS",
                "+RESTARTS"));
    Optional<Prices> prices = bill.scope().prices();
    prices.ifPresent(known -> columns.add("COST " + known.currency()));
    Table table = new Table(columns.toArray(String[]::new));
    int rows = 0;
    for (String group : bill.groups().keySet()) {
      for (Map.Entry<String, Tally> one : bill.models().get(group).entrySet()) {
        row(table, group, one.getKey(), one.getValue(), prices.isPresent());
        rows++;
      }
    }
    if (rows > 1) {
      row(table, "total", "", bill.total(), prices.isPresent());
    }
    return table;
  }

  private static void row(Table table, String name, String model, Tally tally, boolean priced) {
    List<Cell> cells =
        new ArrayList<>(
            List.of(
                Cell.of(name, name.equals("total") ? Style.BOLD : Style.PLAIN),
                Cell.of(model),
                hours(tally.gpuSeconds()),
                hours(tally.cpuSeconds()),
                hours(tally.gibSeconds()),
                hours(tally.pendingSeconds()),
                hours(tally.idleGpuSeconds()),
                hours(tally.unknownGpuSeconds()),
                Cell.of(tally.gpusNow()),
                Cell.of(percent(tally)),
                Cell.of(tally.pods()),
                Cell.of(tally.restarts())));
    if (priced) {
      cells.add(Cell.of(tally.cost().toPlainString()));
    }
    table.row(cells.toArray(Cell[]::new));
  }

  private static String percent(Tally tally) {
    if (tally.percentNow().isEmpty()) {
      return tally.gpusNow() == 0 ? "-" : "?";
    }
    return Math.round(tally.percentNow().getAsDouble()) + "%";
  }

  private static Cell hours(long seconds) {
    return hours(BigDecimal.valueOf(seconds));
  }

  private static Cell hours(BigDecimal seconds) {
    return Cell.of(Tally.hours(seconds, 2).toPlainString());
  }
}
