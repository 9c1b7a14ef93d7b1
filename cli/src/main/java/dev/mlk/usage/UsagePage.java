package dev.mlk.usage;

import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a page for people says, whatever it is written in.
 *
 * @param title its heading
 * @param facts lines below it
 * @param tables the tables
 * @param notes what must be said beside the figures
 */
record UsagePage(String title, List<String> facts, List<Section> tables, List<String> notes) {
  private static final int MOST_JOBS = 20;
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH);

  /**
   * A table.
   *
   * @param rows the first cell is a name, all others are figures
   */
  record Section(String title, List<String> columns, List<List<String>> rows) {}

  static UsagePage of(Bill bill) {
    Bill.Scope scope = bill.scope();
    Window window = scope.window();
    String where = scope.all() ? "all namespaces" : "namespace " + scope.namespace();
    List<String> facts = new ArrayList<>();
    facts.add(where + ", from " + window.since() + " to " + window.until());
    if (window.until().isAfter(window.now())) {
      facts.add("What goes on is counted to " + window.now() + ".");
    }
    facts.add(
        "A pod holds its node's resources from when it is scheduled until it ends or is gone."
            + " Waiting for a node (pending) and being suspended are free.");
    facts.add(
        "Idle: GPUs held before a container ran. Of all other GPU-hours nothing here says whether"
            + " the GPUs were used.");
    List<Section> tables = new ArrayList<>();
    tables.add(section(bill, "By " + scope.grouping().title(), bill.groups(), true));
    tables.add(models(bill));
    if (!scope.grouping().word().equals("job")) {
      String title = "Jobs" + (bill.jobs().size() > MOST_JOBS ? ", the largest " + MOST_JOBS : "");
      tables.add(section(bill, title, bill.jobs(), false));
    }
    return new UsagePage("Usage, " + period(window), facts, tables, bill.notes());
  }

  private static String period(Window window) {
    YearMonth month = YearMonth.from(window.since().atOffset(ZoneOffset.UTC));
    boolean whole =
        window.since().equals(month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC))
            && window
                .until()
                .equals(month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
    return whole ? MONTH.format(month) : window.since() + " to " + window.until();
  }

  private static Section section(Bill bill, String title, Map<String, Tally> all, boolean whole) {
    Optional<Prices> prices = bill.scope().prices();
    List<String> columns =
        new ArrayList<>(
            List.of("", "GPU-hours", "idle", "CPU-hours", "GiB-hours", "pending hours", "pods"));
    prices.ifPresent(known -> columns.add("cost " + known.currency()));
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, Tally> one : all.entrySet()) {
      if (whole || rows.size() < MOST_JOBS) {
        rows.add(row(one.getKey(), one.getValue(), prices.isPresent()));
      }
    }
    if (whole) {
      rows.add(row("total", bill.total(), prices.isPresent()));
    }
    return new Section(title, columns, rows);
  }

  private static List<String> row(String name, Tally tally, boolean priced) {
    List<String> row =
        new ArrayList<>(
            List.of(
                name,
                Tally.hours(tally.gpuSeconds(), 2).toPlainString(),
                Tally.hours(tally.idleGpuSeconds(), 2).toPlainString(),
                Tally.hours(tally.cpuSeconds(), 2).toPlainString(),
                Tally.hours(tally.gibSeconds(), 2).toPlainString(),
                Tally.hours(tally.pendingSeconds(), 2).toPlainString(),
                Integer.toString(tally.pods())));
    if (priced) {
      row.add(tally.cost().toPlainString());
    }
    return row;
  }

  private static Section models(Bill bill) {
    List<List<String>> rows = new ArrayList<>();
    bill.total()
        .byModel()
        .forEach(
            (model, seconds) -> rows.add(List.of(model, Tally.hours(seconds, 2).toPlainString())));
    return new Section("By model of GPU", List.of("", "GPU-hours"), rows);
  }
}
