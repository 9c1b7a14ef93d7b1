package dev.mlk.usage;

import dev.mlk.console.Printer;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The figures as a document; {@code docs/usage.md} describes each field. */
final class UsageDocument {
  private static final int DIGITS = 4;

  private UsageDocument() {}

  /**
   * The document.
   *
   * @param requests how many requests it took
   */
  static ObjectNode of(Bill bill, int requests) {
    Bill.Scope scope = bill.scope();
    ObjectNode document =
        Printer.start("Usage")
            .put("since", scope.window().since().toString())
            .put("until", scope.window().until().toString())
            .put("namespace", scope.namespace())
            .put("by", scope.grouping().word())
            .put("requests", requests);
    scope.prices().ifPresent(prices -> document.put("currency", prices.currency()));
    figures(document.putObject("total"), bill.total(), scope.prices());
    ArrayNode items = document.putArray("items");
    bill.groups()
        .forEach(
            (name, tally) -> figures(items.addObject().put("name", name), tally, scope.prices()));
    ArrayNode notes = document.putArray("notes");
    bill.notes().forEach(notes::add);
    return document;
  }

  private static void figures(ObjectNode item, Tally tally, Optional<Prices> prices) {
    item.put("pods", tally.pods()).put("restarts", tally.restarts());
    item.put("gpuSeconds", tally.gpuSeconds());
    item.put("idleGpuSeconds", tally.idleGpuSeconds());
    item.put("unknownGpuSeconds", tally.unknownGpuSeconds());
    ObjectNode now = item.putObject("now").put("gpus", tally.gpusNow());
    now.put("idleGpus", tally.idleGpusNow()).put("unknownGpus", tally.unknownGpusNow());
    tally.percentNow().ifPresent(percent -> now.put("utilisationPercent", percent));
    item.put("cpuSeconds", tally.cpuSeconds().stripTrailingZeros());
    item.put("memoryGibSeconds", tally.gibSeconds().setScale(3, java.math.RoundingMode.HALF_UP));
    item.put("pendingSeconds", tally.pendingSeconds());
    item.put("gpuHours", Tally.hours(tally.gpuSeconds(), DIGITS));
    item.put("cpuHours", Tally.hours(tally.cpuSeconds(), DIGITS));
    item.put("memoryGibHours", Tally.hours(tally.gibSeconds(), DIGITS));
    prices.ifPresent(_ -> item.put("cost", tally.cost()));
    ArrayNode models = item.putArray("models");
    tally
        .byModel()
        .forEach(
            (model, seconds) -> models.addObject().put("model", model).put("gpuSeconds", seconds));
  }
}
