package dev.mlk.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The figures as comma-separated values: a line a group and model of GPU, so that all add up. */
final class UsageCsv {
  private static final int DIGITS = 4;

  private UsageCsv() {}

  static String text(Bill bill) {
    boolean priced = bill.scope().prices().isPresent();
    var text = new StringBuilder();
    List<String> header =
        new ArrayList<>(
            List.of(
                bill.scope().grouping().title(),
                "gpu_model",
                "pods",
                "gpu_hours",
                "cpu_hours",
                "memory_gib_hours",
                "pending_hours",
                "idle_gpu_hours",
                "unknown_gpu_hours"));
    if (priced) {
      header.addAll(List.of("cost", "currency"));
    }
    line(text, header);
    for (String group : bill.groups().keySet()) {
      for (Map.Entry<String, Tally> one : bill.models().get(group).entrySet()) {
        List<String> cells = new ArrayList<>(List.of(group, one.getKey()));
        cells.addAll(figures(one.getValue()));
        if (priced) {
          cells.add(one.getValue().cost().toPlainString());
          cells.add(bill.scope().prices().orElseThrow().currency());
        }
        line(text, cells);
      }
    }
    return text.toString();
  }

  private static List<String> figures(Tally tally) {
    return List.of(
        Integer.toString(tally.pods()),
        Tally.hours(tally.gpuSeconds(), DIGITS).toPlainString(),
        Tally.hours(tally.cpuSeconds(), DIGITS).toPlainString(),
        Tally.hours(tally.gibSeconds(), DIGITS).toPlainString(),
        Tally.hours(tally.pendingSeconds(), DIGITS).toPlainString(),
        Tally.hours(tally.idleGpuSeconds(), DIGITS).toPlainString(),
        Tally.hours(tally.unknownGpuSeconds(), DIGITS).toPlainString());
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(String.join(",", cells.stream().map(UsageCsv::cell).toList())).append('\n');
  }

  /** Quoted where needed; a spreadsheet must not take a name for a formula. */
  private static String cell(String text) {
    String safe = text.matches("[=+@\\t\\r-].+") ? "'" + text : text;
    return safe.matches("(?s).*[\",\\n\\r].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
