package dev.mlk.gpu.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.mlk.check.Outcome;
import dev.mlk.console.Console;
import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.TestConsole;
import dev.mlk.facts.Dra;
import dev.mlk.format.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** What is said of what smoke pods print, a folder a case; README.md beside them says more. */
final class SmokeFixturesTest {
  private static final Path FOLDER = Path.of("src/test/resources/gpu/smoke");

  /** The verdicts that matter of each case: question, outcome, words. */
  private static Map<String, List<String>> expected() {
    Map<String, List<String>> all = new TreeMap<>();
    all.put("healthy-h100", List.of("SPEED PASS 51,873 of 67,000 GFLOP/s (77 %)"));
    all.put("healthy-t4", List.of("SPEED PASS 4,103 of 8,100", "STATE PASS tolerate nvidia.com"));
    all.put(
        "driver-mismatch",
        List.of("DRIVER FAIL driver is 535.104.05 and its library 535.129.03", "PRODUCT FAIL"));
    all.put(
        "cpu-fallback",
        List.of("TENSORFLOW FAIL libcudnn.so.9", "PRODUCT FAIL fell back to CPU:0", "SPEED SKIP"));
    all.put("wrong-product", List.of("PRODUCT FAIL differs from the host's by 3e-02"));
    all.put("time-sliced", List.of("SHARING WARN two containers got the same GPU"));
    all.put("sliced-without-labels", List.of("SHARING WARN 4 nvidia.com/gpu were asked for and 1"));
    all.put("mig", List.of("SHARING PASS 1g.5gb", "SPEED PASS 1,931 of 2,786"));
    all.put("too-slow", List.of("SPEED FAIL 6,120 of 67,000 GFLOP/s (9 %)"));
    all.put("rather-slow", List.of("SPEED WARN 21,044 of 67,000"));
    all.put("no-memory", List.of("MEMORY FAIL 4096 of 11264 MiB could be had: out of memory"));
    all.put("memory-taken", List.of("MEMORY WARN only 6100 of 15360 MiB are free"));
    all.put("memory-forgets", List.of("MEMORY FAIL does not keep"));
    all.put("two-gpus", List.of("PEERS PASS sends to GPU 1, 231.4 GiB/s over NV18"));
    all.put("peers-garble", List.of("PEERS FAIL does not arrive"));
    all.put("fabric", List.of("FABRIC PASS mlx5_0 port 1: ACTIVE", "FABRIC FAIL port 2: DOWN"));
    all.put("fabric-not-there", List.of("FABRIC FAIL sees no port"));
    all.put("old-driver", List.of("DRIVER FAIL driver 470.82.01 knows CUDA 11.4", "PRODUCT FAIL"));
    all.put("no-device", List.of("VISIBLE FAIL sees none: no NVIDIA driver", "DRIVER FAIL"));
    all.put("sees-too-much", List.of("VISIBLE WARN was given 1 and sees 2 devices"));
    all.put("breaks-off", List.of("RUN FAIL break off", "PRODUCT FAIL ILLEGAL_ADDRESS"));
    all.put("no-tensorflow", List.of("TENSORFLOW FAIL No module named 'tensorflow'"));
    all.put("says-nothing", List.of("RUN FAIL said nothing of GPUs: Usage: train"));
    all.put("only-simulates", List.of("RUN FAIL the image only simulates"));
    all.put("label-lies", List.of("DRIVER WARN the node's label says 535.104.05"));
    all.put("unknown-model", List.of("SPEED SKIP is not known"));
    all.put("rocm", List.of("DRIVER SKIP", "PRODUCT PASS", "SPEED PASS 93,110 of 163,400"));
    all.put("kata", List.of("SANDBOX PASS sandboxed by kata-qemu"));
    all.put("kata-not", List.of("SANDBOX FAIL the node's own kernel"));
    return all;
  }

  private static Judgement judge(String name) throws IOException {
    Path folder = FOLDER.resolve(name);
    GpuNode node =
        GpuNode.of(
            Json.read(Files.readString(folder.resolve("node.json"))), Holders.NONE, Dra.NONE);
    SmokePlan plan = SmokePlan.of(node);
    List<SmokeLog> logs = new ArrayList<>();
    for (int i = 0; Files.exists(folder.resolve("smoke-" + i + ".log")); i++) {
      logs.add(SmokeLog.parse(Files.readString(folder.resolve("smoke-" + i + ".log"))));
    }
    // Witnesses beyond those that were written down say nothing new.
    assertThat(plan.parts()).as(name).hasSizeGreaterThanOrEqualTo(logs.size());
    String sandbox = name.startsWith("kata") ? "kata-qemu" : "";
    SmokeEnd end = new SmokeEnd.Ran("mlk-gpu-verify-x", node.name(), logs, "");
    return Judgement.of(plan, end, sandbox);
  }

  private static void print(Console console, List<Judgement> judgements, boolean all) {
    Output wide = new Output(all ? Output.Format.WIDE : Output.Format.TEXT, "");
    GlobalOptions none = GlobalOptions.NONE;
    GlobalOptions options =
        new GlobalOptions("", "", "", "", wide, none.timeout(), none.switches());
    Invocation invocation =
        new Invocation(console, options, Map.of(), Path.of(""), InstantSource.system());
    new VerifyReport(judgements, false, 0).print(console, new Printer(invocation), all);
    console.flush();
  }

  private static void golden(Path file, String text) throws IOException {
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }

  @TestFactory
  Stream<DynamicTest> whatIsPrintedGivesTheVerdict() {
    return expected().entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(), () -> gives(each.getKey(), each.getValue())));
  }

  private static void gives(String name, List<String> expected) throws IOException {
    Judgement judgement = judge(name);
    for (String line : expected) {
      String[] words = line.split(" ", 3);
      assertThat(judgement.findings())
          .as(line)
          .anyMatch(
              finding ->
                  finding.question() == Question.valueOf(words[0])
                      && finding.verdict().outcome() == Outcome.valueOf(words[1])
                      && (words.length < 3 || finding.verdict().seen().contains(words[2])));
    }
    boolean bad = expected.stream().anyMatch(line -> line.contains(" FAIL"));
    boolean failed =
        judgement.findings().stream()
            .anyMatch(finding -> finding.verdict().outcome() == Outcome.FAIL);
    assertThat(failed).as("only what is wrong fails").isEqualTo(bad);
    assertThat(judgement.findings())
        .filteredOn(finding -> finding.verdict().outcome() == Outcome.FAIL)
        .allMatch(f -> !f.verdict().expected().isEmpty() && !f.verdict().next().isEmpty());
    TestConsole console = TestConsole.pipe();
    print(console.console(), List.of(judgement), true);
    golden(FOLDER.resolve(name).resolve("screen.txt"), console.out());
  }

  @Test
  void everyFolderIsACase() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      assertThat(folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected().keySet());
    }
  }

  @Test
  void severalNodesOnATerminalOfEightyColumnsAndWithoutColour() throws IOException {
    List<Judgement> all = new ArrayList<>();
    for (String name : List.of("healthy-t4", "two-gpus", "cpu-fallback", "time-sliced", "mig")) {
      all.add(judge(name));
    }
    TestConsole terminal = TestConsole.terminal("");
    print(terminal.console(), all, false);
    golden(FOLDER.resolveSibling("terminal.txt"), terminal.out());
    TestConsole plain = TestConsole.terminal("");
    print(plain.console().withColour(false), all, false);
    assertThat(plain.out()).isEqualTo(terminal.out().replaceAll("\u001B\\[[0-9;]*m", ""));
    assertThat(plain.out().lines().filter(line -> !line.contains("next: ")))
        .allMatch(line -> line.length() <= 80);
    TestConsole pipe = TestConsole.pipe();
    print(pipe.console(), all, false);
    golden(FOLDER.resolveSibling("pipe.txt"), pipe.out());
  }

  @Test
  void theTableOfModelsHasASourceAndAFigureForEach() {
    assertThat(GpuModel.table())
        .hasSizeGreaterThan(30)
        .allMatch(model -> model.path("tflops").asDouble(0) > 1)
        .allMatch(model -> !model.path("source").asString("").isEmpty());
    assertThat(GpuModel.of("NVIDIA-H100-PCIe").orElseThrow().gflops()).isEqualTo(51_000);
    assertThat(GpuModel.of("NVIDIA-A100-SXM4-80GB").orElseThrow().gflops("3g.40gb"))
        .isEqualTo(19_500 * 3 / 7.0);
    assertThat(GpuModel.of("NVIDIA-A10G-SHARED").orElseThrow().name()).isEqualTo("A10G");
    assertThat(GpuModel.of("")).isEmpty();
  }

  @Test
  void aLineThatWasCutIsNoFact() {
    SmokeLog log = SmokeLog.parse("{\"fact\": \"start\"}\nnoise\n{\"fact\":\"en");
    assertThat(log.has("start")).isTrue();
    assertThat(log.others()).containsExactly("noise", "{\"fact\":\"en");
  }

  @Test
  void thePodFitsItsNodeAndTheRestrictedPodSecurityStandard() {
    SmokePlan plan = SmokePlan.of(node("healthy-t4"));
    var job =
        SmokeJob.of(
            plan, SmokeImage.of(plan.node()), "nvidia", "r", 0, java.time.Duration.ofMinutes(5));
    var spec = job.job().at("/spec/template/spec");
    assertThat(spec.path("nodeName").isMissingNode()).isTrue();
    assertThat(spec.at("/affinity/nodeAffinity").toString()).contains("metadata.name", "t4-1");
    assertThat(spec.path("tolerations").toString())
        .isEqualTo(
            "[{\"key\":\"nvidia.com/gpu\",\"operator\":\"Equal\",\"value\":\"present\","
                + "\"effect\":\"NoSchedule\"}]");
    assertThat(spec.path("runtimeClassName").asString("")).isEqualTo("nvidia");
    assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean(false)).isTrue();
    assertThat(spec.at("/containers/0/securityContext/capabilities/drop/0").asString(""))
        .isEqualTo("ALL");
    assertThat(spec.at("/containers/0/resources/limits").toString())
        .contains("\"nvidia.com/gpu\":\"1\"");
    assertThat(spec.at("/containers/0/image").asString("")).contains("tensorflow:2.17.0-gpu");
    assertThat(job.job().at("/spec/activeDeadlineSeconds").asInt(0)).isEqualTo(315);
    assertThat(job.job().at("/spec/ttlSecondsAfterFinished").asInt(0)).isEqualTo(30);
  }

  @Test
  void whereSlicesAreSharedOneMoreContainerThanThereAreGpusAsksForOne() {
    assertThat(SmokePlan.of(node("time-sliced")).parts())
        .containsExactly(
            new SmokePlan.Part("nvidia.com/gpu", 1, false),
            new SmokePlan.Part("nvidia.com/gpu", 1, true));
    assertThat(SmokePlan.of(node("mig")).parts())
        .extracting(SmokePlan.Part::resource)
        .containsExactly("nvidia.com/mig-1g.5gb", "nvidia.com/mig-3g.20gb");
  }

  @Test
  void aPluginThatGivesOneSliceAtATimeIsAskedForTwoContainersOfOne() {
    SmokePlan plan = SmokePlan.of(node("two-gpus")).sliced();
    assertThat(plan.parts())
        .containsExactly(
            new SmokePlan.Part("nvidia.com/gpu", 1, false),
            new SmokePlan.Part("nvidia.com/gpu", 1, true));
    assertThat(plan.findings().getLast().verdict().outcome()).isEqualTo(Outcome.WARN);
  }

  @Test
  void whoMayNotSeePodsIsNotToldThatGpusAreFree() {
    SmokePlan plan = SmokePlan.of(node("two-gpus")).atMostOne();
    assertThat(plan.verified()).isEqualTo(1);
    assertThat(plan.findings())
        .filteredOn(finding -> finding.question() == Question.FREE)
        .extracting(finding -> finding.verdict().outcome())
        .containsExactly(Outcome.SKIP);
  }

  private static GpuNode node(String name) {
    try {
      return GpuNode.of(
          Json.read(Files.readString(FOLDER.resolve(name).resolve("node.json"))),
          Holders.NONE,
          Dra.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyPeakFollowsFromTheNumberOfUnitsAndTheirClock() {
    for (JsonNode model : GpuModel.table()) {
      double each = model.path("operations").asDouble(2);
      double computed =
          model.path("cores").asDouble(0) * model.path("megahertz").asDouble(0) * each / 1e6;
      assertThat(model.path("tflops").asDouble(0))
          .as(model.path("name").asString(""))
          .isCloseTo(computed, withinPercentage(5));
    }
  }
}
