package dev.mlk.gpu.overview;

import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.facts.Names;
import java.util.ArrayList;
import java.util.List;

/** What {@code mlk gpu top} shows people. */
final class TopView {
  private static final String INDENT = "  ";
  private static final int MOST_SAID = 3;
  private final Console console;
  private final Printer printer;
  private final String namespace;

  /**
   * A view.
   *
   * @param namespace whose pods are listed; empty for all
   */
  TopView(Invocation invocation, String namespace) {
    this.console = invocation.console();
    this.printer = new Printer(invocation);
    this.namespace = namespace;
  }

  /** All of it, line by line. */
  String text(Snapshot seen) {
    List<Demand> demands = Demand.of(seen, namespace);
    var text = new StringBuilder();
    summary(seen, demands).forEach(line -> Wrapped.add(text, console, "", line, Style.BOLD));
    if (seen.simulated()) {
      Wrapped.add(
          text, console, "", "The GPUs are simulated: programs run on the processor.", Style.DIM);
    }
    if (seen.nodes().known()) {
      text.append('\n').append(printer.text(NodeTable.of(seen)));
    }
    List<GpuPod> pods = seen.holders(namespace);
    if (!pods.isEmpty()) {
      text.append('\n')
          .append(printer.text(PodTable.of(seen, pods, namespace.isEmpty(), console.forEyes())));
    }
    elsewhere(seen, pods, text);
    if (!demands.isEmpty()) {
      waiting(demands, text);
    }
    List<String> unknown = seen.unknown();
    if (!unknown.isEmpty()) {
      text.append('\n');
      unknown.forEach(line -> Wrapped.add(text, console, "? ", line, Style.DIM));
    }
    return text.toString();
  }

  /** A line a kind of device, and one for what waits. */
  private List<String> summary(Snapshot seen, List<Demand> demands) {
    List<String> lines = new ArrayList<>();
    if (seen.nodes().known() && seen.gpuNodes().isEmpty()) {
      lines.add("No node has a GPU.");
    } else if (seen.roomKnown()) {
      seen.totals().values().forEach(total -> lines.add(total(total)));
    } else {
      List<GpuPod> pods = seen.holders("");
      lines.add(
          Names.count(pods.size(), "pod")
              + (pods.size() == 1 ? " holds " : " hold ")
              + Words.devices(Sums.devices(pods))
              + (seen.everywhere() || pods.isEmpty()
                  ? ""
                  : " in namespace " + pods.getFirst().namespace()));
    }
    long pods = demands.stream().mapToLong(demand -> demand.pods().size()).sum();
    if (pods > 0) {
      lines.add(
          Names.count(pods, "pod")
              + (pods == 1 ? " waits for " : " wait for ")
              + Words.devices(Demand.sum(demands)));
    }
    return lines;
  }

  private static String total(Snapshot.Total total) {
    boolean own = total.device().kind() == total.kind();
    String what =
        switch (total.kind()) {
          case GPU -> total.allocatable() == 1 ? "GPU" : "GPUs";
          case SLICE -> (own ? total.device().text() : "MIG") + " slices";
          case SHARE -> "shares of " + (own ? total.device().text() : "GPUs");
          case AMOUNT -> total.device().resource();
        };
    long closed = total.allocatable() - total.allocated() - total.free();
    return total.allocated()
        + " of "
        + total.allocatable()
        + " "
        + what
        + " allocated, "
        + total.free()
        + " free"
        + (closed > 0 ? ", " + closed + " on nodes that take no pods" : "");
  }

  /** What pods of other namespaces hold, whose list was not asked for. */
  private void elsewhere(Snapshot seen, List<GpuPod> shown, StringBuilder text) {
    List<GpuPod> others = new ArrayList<>(seen.holders(""));
    others.removeAll(shown);
    if (!others.isEmpty()) {
      String line =
          Names.count(others.size(), "pod")
              + " of other namespaces"
              + (others.size() == 1 ? " holds " : " hold ")
              + Words.devices(Sums.devices(others))
              + ": mlk gpu top -A";
      text.append('\n');
      Wrapped.add(text, console, "", line, Style.DIM);
    }
  }

  private void waiting(List<Demand> demands, StringBuilder text) {
    text.append('\n').append(console.paint(Style.BOLD, "WAITING")).append('\n');
    for (Demand demand : demands) {
      Wrapped.add(
          text,
          console,
          INDENT,
          Words.asking(demand.pods().size(), demand.devices()) + ": " + demand.cause().sentence(),
          Style.WARN);
      Wrapped.add(text, console, INDENT + INDENT, Names.some(demand.pods()), Style.PLAIN);
      List<String> said = demand.said();
      for (String line : said.subList(0, Math.min(MOST_SAID, said.size()))) {
        Wrapped.add(text, console, INDENT + INDENT, line, Style.DIM);
      }
      if (said.size() > MOST_SAID) {
        int more = said.size() - MOST_SAID;
        Wrapped.add(text, console, INDENT + INDENT, "and " + more + " more: -o json", Style.DIM);
      }
    }
  }
}
