package dev.mlk.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.console.Console;
import dev.mlk.console.DocumentedFields;
import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.TestConsole;
import dev.mlk.problem.Problem;
import dev.mlk.tfjob.ledger.LedgerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Figures, prices and pages; {@code -Dmlk.golden=update} writes the screens anew. */
final class UsageFiguresTest {
  private static final Path SCREENS = Path.of("src/test/resources/usage");
  private static final Instant NOW = Instant.parse("2026-11-03T12:00:00Z");

  private static final String PRICES =
      """
      currency: EUR
      prices:
      - nodes: {mlk.dev/pool: spot}
        gpu: {Tesla-T4: 0.10}
        cpu: 0.01
      - gpu: {Tesla-T4: 0.35, NVIDIA-A100: 2.50}
        cpu: 0.03
        memory: 0.004
      """;

  private static LedgerEntry pod(String namespace, String job, String model, String... times) {
    Map<String, String> pool = job.startsWith("spot") ? Map.of("mlk.dev/pool", "spot") : Map.of();
    return new LedgerEntry(
        namespace + job + times[0],
        new LedgerEntry.Who(
            namespace, job + "-worker-0", job, "worker-0", Map.of("mlk.dev/owner", namespace)),
        new LedgerEntry.Node("n", model, pool),
        new LedgerEntry.Amounts(model.isEmpty() ? 0 : 2, 1500, 1L << 31),
        new LedgerEntry.Times(
            time(times, 0).orElseThrow(), time(times, 1), time(times, 2), time(times, 3)),
        times.length > 3 ? "Succeeded" : "",
        0);
  }

  private static Optional<Instant> time(String[] times, int index) {
    return index < times.length && !times[index].isEmpty()
        ? Optional.of(Instant.parse(times[index]))
        : Optional.empty();
  }

  private static Bill bill(String by, Window window) {
    List<LedgerEntry> pods =
        List.of(
            pod(
                "vision",
                "mnist",
                "NVIDIA-A100",
                "2026-10-31T22:00:00Z",
                "2026-10-31T23:00:00Z",
                "2026-10-31T23:30:00Z",
                "2026-11-01T02:00:00Z"),
            pod("vision", "spot-sweep", "Tesla-T4", "2026-11-03T10:00:00Z", "2026-11-03T10:00:00Z"),
            pod(
                "speech",
                "<b>|x",
                "",
                "2026-10-02T08:00:00Z",
                "2026-10-02T08:30:00Z",
                "",
                "2026-10-03T08:30:00Z"),
            pod(
                "speech",
                "new",
                "H100",
                "2026-11-03T11:00:00Z",
                "2026-11-03T11:30:00Z",
                "2026-11-03T11:30:00Z"));
    Bill.Scope scope =
        new Bill.Scope(
            "",
            window,
            Grouping.of(by),
            Optional.of(PricesFile.read(PRICES, "prices.yaml")),
            window.until().isBefore(NOW)
                ? Busy.UNKNOWN
                : new Busy(Map.of("speech/new-worker-0", 0.0)));
    return Bill.of(scope, pods, List.of());
  }

  private static void golden(String name, String text) throws IOException {
    Path golden = SCREENS.resolve(name);
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.createDirectories(SCREENS);
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
  }

  private static String table(TestConsole to, Console console) {
    Invocation invocation =
        new Invocation(
            console, GlobalOptions.NONE, Map.of(), Path.of(""), InstantSource.fixed(NOW));
    new Printer(invocation).table(UsageTable.of(bill("namespace", Window.of("", "", "", NOW))));
    return to.out();
  }

  @Test
  void onATerminalOfEightyColumns() throws IOException {
    TestConsole console = TestConsole.terminal("");
    golden("terminal.txt", table(console, console.console()));
  }

  @Test
  void withoutColour() throws IOException {
    TestConsole console = TestConsole.terminal("");
    String text = table(console, console.console().withColour(false));
    golden("plain.txt", text);
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void inAPipe() throws IOException {
    TestConsole console = TestConsole.pipe();
    golden("pipe.txt", table(console, console.console()));
  }

  @Test
  void aMonthAsAPage() throws IOException {
    Bill october = bill("owner", Window.of("", "", "2026-10", NOW));
    golden("october.md", UsageMarkdown.text(october));
    golden("october.html", UsageHtml.text(october));
    golden("october.csv", UsageCsv.text(october));
    assertThat(UsageHtml.text(october)).doesNotContain("<b>").doesNotContain("http");
  }

  @Test
  void aPodOfLessThanASecondIsThereAndHeldNothing() {
    String at = "2026-11-03T11:00:00Z";
    LedgerEntry pod = pod("vision", "short", "Tesla-T4", at, at, at, at);
    assertThat(Held.of(pod, Window.of("1d", "", "", NOW)).counts()).isTrue();
    assertThat(Held.of(pod, Window.of("1d", "", "", NOW)).gpuSeconds()).isZero();
    assertThat(Held.of(pod, Window.of("", "", "2026-10", NOW)).counts()).isFalse();
    assertThat(Held.of(pod, Window.of("30m", "", "", NOW)).counts()).isFalse();
  }

  @Test
  void theMonthsOfAPodAddUpToAll() {
    long october = bill("job", Window.of("", "", "2026-10", NOW)).total().gpuSeconds();
    long november = bill("job", Window.of("", "", "2026-11", NOW)).total().gpuSeconds();
    long all = bill("job", Window.of("2026-10-01", "", "", NOW)).total().gpuSeconds();
    assertThat(october + november).isEqualTo(all);
    assertThat(october).isEqualTo(2 * 3600);
    assertThat(all).isEqualTo(2 * (3 * 3600 + 2 * 3600 + 1800));
  }

  @Test
  void theFirstPriceThatFitsTheNodeCountsAndWhatHasNoneIsSaid() {
    Bill bill = bill("job", Window.of("2026-10-01", "", "", NOW));
    // 6 GPU-hours at 2.50, 3 h of 1.5 CPUs at 0.03 and of 2 GiB at 0.004.
    assertThat(bill.groups().get("vision/mnist").cost()).isEqualByComparingTo("15.16");
    // 4 GPU-hours at 0.10, 2 h of 1.5 CPUs at 0.01, no price for memory.
    assertThat(bill.groups().get("vision/spot-sweep").cost()).isEqualByComparingTo("0.43");
    assertThat(bill.notes())
        .containsExactly(
            "right now 2 of 2 GPUs that pods hold do nothing, the exporter says:"
                + " speech/new-worker-0; how it was before, nobody has written down",
            "no price for GPUs of model H100: 1.00 GPU-hours are not in the cost");
  }

  @Test
  void allMistakesOfAPricesFileAreToldWithTheirPlaces() {
    String text =
        """
        currency: euro
        price: []
        prices:
        - gpu: {T4: -1, A100: "2,5"}
          cpus: 0.03
        - nodes: [a]
          memory: free
        """;
    assertThatThrownBy(() -> PricesFile.read(text, "p.yaml"))
        .isInstanceOfSatisfying(
            Problem.BadInput.class,
            problem ->
                assertThat(problem.explanation().causes())
                    .containsExactly(
                        "p.yaml:2:8: the field price is unknown in the file (did you mean prices?)",
                        "p.yaml:1:11: currency is \"euro\"; expected three capital letters such as"
                            + " EUR",
                        "p.yaml:5:9: the field cpus is unknown in a price (did you mean cpu?)",
                        "p.yaml:4:13: the price of gpu T4 is \"-1\"; expected a number such as"
                            + " 2.50",
                        "p.yaml:4:23: the price of gpu A100 is \"2,5\"; expected a number such as"
                            + " 2.50",
                        "p.yaml:6:10: nodes is no mapping; expected lines such as NAME: VALUE",
                        "p.yaml:7:11: the price of memory is \"free\"; expected a number such as"
                            + " 2.50"));
    for (String bad :
        List.of("currency: EUR", "[]", "a", "currency: EUR\nprices: []\n", "---\n---\n")) {
      assertThatThrownBy(() -> PricesFile.read(bad, "p"))
          .as(bad)
          .isInstanceOf(Problem.BadInput.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7d,,,2026-10-27T12:00:00Z,2026-11-03T12:00:00Z",
    "2026-11-01,12h,,2026-11-01T00:00:00Z,2026-11-03T00:00:00Z",
    "2026-11-01T10:00:00Z,2026-11-02,,2026-11-01T10:00:00Z,2026-11-02T00:00:00Z",
    ",,,2026-10-04T12:00:00Z,2026-11-03T12:00:00Z",
    ",,2026-12,2026-12-01T00:00:00Z,2027-01-01T00:00:00Z"
  })
  void timesAreDaysMomentsAndHowLongAgo(
      String since, String until, String month, Instant from, Instant to) {
    Window window = Window.of(text(since), text(until), text(month), NOW);
    assertThat(window.since()).isEqualTo(from);
    assertThat(window.until()).isEqualTo(to);
  }

  @ParameterizedTest
  @CsvSource({
    "yesterday,,",
    "-7d,,",
    "2026-11-02,2026-11-01,",
    "7d,,2026-10",
    ",,October",
    "2026-13-01,,",
    "9999999d,,"
  })
  void whatIsNoTimeIsRefused(String since, String until, String month) {
    assertThatThrownBy(() -> Window.of(text(since), text(until), text(month), NOW))
        .isInstanceOf(Problem.Usage.class);
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  @Test
  void everyFieldOfTheDocumentIsDescribedAndNoOther() throws IOException {
    ObjectNode document = UsageDocument.of(bill("job", Window.of("", "", "", NOW)), 7);
    Set<String> items = new TreeSet<>();
    document.path("items").forEach(item -> items.addAll(DocumentedFields.of(item)));
    items.remove("name");
    assertThat(DocumentedFields.of(document.path("total"))).isEqualTo(items);
    document.remove("total");
    assertThat(DocumentedFields.documented("usage.md", "JSON"))
        .isEqualTo(DocumentedFields.of(document));
  }

  @Test
  void whatAnExporterSaysNowIsAFigureOfNowAndOfNothingElse() {
    Bill bill = bill("namespace", Window.of("", "", "", NOW));
    Tally speech = bill.groups().get("speech");
    assertThat(speech.gpusNow()).isEqualTo(2);
    assertThat(speech.idleGpusNow()).isEqualTo(2);
    assertThat(speech.percentNow()).hasValue(0);
    Tally vision = bill.groups().get("vision");
    assertThat(vision.gpusNow()).isEqualTo(2);
    assertThat(vision.unknownGpusNow()).isEqualTo(2);
    assertThat(vision.percentNow()).isEmpty();
    // It does not make a second of the past idle.
    assertThat(speech.idleGpuSeconds()).isZero();
    assertThat(speech.unknownGpuSeconds()).isEqualTo(2 * 1800);
  }

  @Test
  void figuresAreSummedUpByWhatALabelSays() {
    assertThat(bill("label=mlk.dev/owner", Window.of("", "", "", NOW)).groups())
        .containsOnlyKeys("vision", "speech");
    assertThat(bill("label=nobody", Window.of("", "", "", NOW)).groups()).containsOnlyKeys("-");
    assertThatThrownBy(() -> Grouping.of("person")).isInstanceOf(Problem.Usage.class);
    assertThat(Output.parse("html").format()).isEqualTo(Output.Format.HTML);
  }
}
