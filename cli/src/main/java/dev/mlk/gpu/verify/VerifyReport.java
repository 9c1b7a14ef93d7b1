package dev.mlk.gpu.verify;

import dev.mlk.check.Outcome;
import dev.mlk.check.Report;
import dev.mlk.check.Verdict;
import dev.mlk.console.Cell;
import dev.mlk.console.Console;
import dev.mlk.console.Printer;
import dev.mlk.console.Table;
import dev.mlk.facts.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A verification for eyes and programs: a row a GPU, and what is not as it should be. */
final class VerifyReport {
  private final List<Judgement> judgements;
  private final Report report;

  /**
   * A report.
   *
   * @param strict whether a warning fails it as well
   * @param millis how long all of it took
   */
  VerifyReport(List<Judgement> judgements, boolean strict, long millis) {
    this.judgements = List.copyOf(judgements);
    List<Report.Row> rows = new ArrayList<>();
    for (Judgement judgement : judgements) {
      for (Finding finding : judgement.findings()) {
        long took = finding.question() == Question.RUN ? millis : 0;
        rows.add(new Report.Row(finding.question().check(), finding.verdict(), took));
      }
    }
    this.report = new Report(rows, strict);
  }

  Report report() {
    return report;
  }

  /**
   * Prints for people.
   *
   * @param all whether what is right is shown too
   */
  void print(Console console, Printer printer, boolean all) {
    Table table = table();
    if (!table.isEmpty()) {
      printer.table(table);
      console.print("");
    }
    List<Report.Row> rows = merged(all);
    if (!rows.isEmpty()) {
      new Report(rows, report.strict()).printRows(console);
      console.print("");
    }
    console.print(report.summary());
  }

  private Table table() {
    Table table =
        new Table(
            "~NODE",
            "GPU",
            "~MODEL",
            "DRIVER",
            "PRODUCT",
            "GFLOP/S",
            "MEMORY",
            "RESULT",
            "+PEAK",
            "+TENSORFLOW",
            "+UUID");
    for (Judgement judgement : judgements) {
      for (Smoked gpu : judgement.gpus()) {
        Outcome result = result(judgement, gpu);
        GpuLine line = GpuLine.of(gpu);
        table.row(
            Cell.of(node(judgement, gpu)),
            Cell.of(gpu.number()),
            Cell.of(line.model()),
            Cell.of(line.driver()),
            Cell.of(line.product()),
            Cell.of(line.gflops() > 0 ? ArithmeticVerdicts.whole(line.gflops()) : ""),
            Cell.of(line.mebibytes() > 0 ? line.mebibytes() + "Mi" : ""),
            Cell.of(result.name(), result.style()),
            Cell.of(line.peak() > 0 ? ArithmeticVerdicts.whole(line.peak()) : ""),
            Cell.of(line.tensorflow()),
            Cell.of(gpu.uuid()));
      }
    }
    return table;
  }

  private static String node(Judgement judgement, Smoked gpu) {
    return judgement.findings().stream()
        .filter(finding -> finding.gpu() == gpu.number())
        .map(Finding::node)
        .findFirst()
        .orElseGet(() -> gpu.node().words());
  }

  /** The worst that was said of it; what could not be known does not count beside the rest. */
  private static Outcome result(Judgement judgement, Smoked gpu) {
    TreeSet<Outcome> outcomes = new TreeSet<>();
    for (Finding finding : judgement.findings()) {
      if (finding.gpu() == gpu.number()) {
        outcomes.add(finding.verdict().outcome());
      }
    }
    for (Outcome outcome : List.of(Outcome.FAIL, Outcome.WARN, Outcome.PASS)) {
      if (outcomes.contains(outcome)) {
        return outcome;
      }
    }
    return Outcome.SKIP;
  }

  /** Rows for people: what was found alike of several GPUs is one row. */
  private List<Report.Row> merged(boolean all) {
    Map<List<Object>, List<Finding>> groups = new LinkedHashMap<>();
    for (Judgement judgement : judgements) {
      for (Finding finding : judgement.findings()) {
        Verdict verdict = finding.verdict();
        if (all || verdict.outcome() != Outcome.PASS) {
          groups
              .computeIfAbsent(
                  List.of(
                      finding.question(), verdict.outcome(), verdict.seen(), verdict.expected()),
                  _ -> new ArrayList<>())
              .add(finding);
        }
      }
    }
    return groups.values().stream()
        .sorted((one, other) -> one.getFirst().question().compareTo(other.getFirst().question()))
        .map(VerifyReport::row)
        .toList();
  }

  private static Report.Row row(List<Finding> alike) {
    Finding first = alike.getFirst();
    Verdict verdict = first.verdict();
    String who = Names.some(alike.stream().map(Finding::subject).distinct().toList());
    return new Report.Row(
        first.question().check(),
        new Verdict(
            verdict.outcome(),
            verdict.object(),
            who + ": " + verdict.seen(),
            verdict.expected(),
            verdict.next()),
        0);
  }

  /** The document behind {@code -o json}. */
  ObjectNode document() {
    ObjectNode document = report.document("GpuVerification");
    ArrayNode gpus = document.putArray("gpus");
    for (Judgement judgement : judgements) {
      for (Smoked gpu : judgement.gpus()) {
        GpuLine line = GpuLine.of(gpu);
        ObjectNode object = gpus.addObject();
        object.put("node", node(judgement, gpu)).put("gpu", gpu.number());
        object.put("resource", gpu.part().resource()).put("uuid", gpu.uuid());
        object.put("bus", gpu.device().path("bus").asString(""));
        object.put("model", gpu.model()).put("mig", gpu.profile());
        object.put("simulated", gpu.simulated()).put("driver", line.driver());
        object.put("tensorflow", line.tensorflow()).put("product", line.product());
        object.put("gflops", line.gflops()).put("peakGflops", line.peak());
        object.put("memoryMiB", line.mebibytes());
        object.put("result", result(judgement, gpu).name());
        ArrayNode facts = object.putArray("facts");
        gpu.log().facts().stream()
            .filter(fact -> !fact.has("index") || fact.path("index").asInt(-1) == gpu.index())
            .forEach((JsonNode fact) -> facts.add(fact));
      }
    }
    return document;
  }
}
