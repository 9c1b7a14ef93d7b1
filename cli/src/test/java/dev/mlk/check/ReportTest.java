package dev.mlk.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.TestConsole;
import dev.mlk.problem.ExitCode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** How verdicts look; {@code -Dmlk.golden=update} writes the screens anew. */
final class ReportTest {
  private static final Path FOLDER = Path.of("src/test/resources/check");

  private static Report report(boolean strict) {
    List<Verdict> verdicts =
        List.of(
            Verdict.pass("3 nodes, all of them Ready"),
            Verdict.warn(
                "node/gpu-1",
                "GPUs of gpu-1, gpu-2, gpu-3 and 4 more are shared by time slicing, as their"
                    + " labels say",
                "one pod a GPU: memory is not divided, one pod can take all of it",
                "mlk gpu verify --node gpu-1"),
            Verdict.fail(
                "daemonset/plugin",
                "daemonset/plugin in kube-system: 0 of 2 pods ready <&> \u0007",
                "all of them ready",
                "kubectl -n kube-system describe daemonset/plugin --and-many --more --words"),
            Verdict.skip("you may not list nodes", "a cluster administrator can run it"));
    Check<Facts> check = new Check<>("gpu", "plugin", "a device plugin runs", _ -> verdicts);
    return new Report(
        verdicts.stream().map(verdict -> new Report.Row(check, verdict, 1234)).toList(), strict);
  }

  private static void looksLike(String name, TestConsole console) throws IOException {
    report(false).print(console.console());
    Path golden = FOLDER.resolve("screens").resolve(name);
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.writeString(golden, console.out());
    }
    assertThat(console.out()).isEqualTo(Files.readString(golden));
  }

  @Test
  void onATerminalOfEightyColumns() throws IOException {
    TestConsole console = TestConsole.terminal("");
    looksLike("terminal.txt", console);
    assertThat(console.out()).contains("\u001B[31mFAIL");
  }

  @Test
  void withoutColour() throws IOException {
    TestConsole console = TestConsole.terminal("");
    report(false).print(console.console().withColour(false));
    String golden = Files.readString(FOLDER.resolve("screens/terminal.txt"));
    assertThat(console.out()).isEqualTo(golden.replaceAll("\u001B\\[[0-9;]*m", ""));
    // Words are wrapped; commands stay in one piece.
    assertThat(console.out().lines().filter(line -> !line.contains("next: ")))
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void inAPipeALineIsALine() throws IOException {
    looksLike("pipe.txt", TestConsole.pipe());
  }

  @Test
  void aFailureExitsWithOneAndAWarningOnlyWhenStrict() {
    assertThat(report(false).code()).isEqualTo(ExitCode.FAILED);
    Report warned = new Report(report(false).rows().subList(0, 2), false);
    assertThat(warned.code()).isEqualTo(ExitCode.DONE);
    assertThat(new Report(warned.rows(), true).code()).isEqualTo(ExitCode.FAILED);
  }

  /** Throws when a JUnit report has anything that CI systems do not agree on. */
  static void accepted(String text) throws SAXException, IOException {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(FOLDER.resolve("junit.xsd").toFile())
        .newValidator()
        .validate(new StreamSource(new StringReader(text)));
  }

  @Test
  void theJUnitReportIsAcceptedByAStrictSchema() throws SAXException, IOException {
    for (boolean strict : List.of(true, false)) {
      String text = JUnitReport.text(report(strict), "mlk cluster check");
      accepted(text);
      assertThat(text)
          .contains("tests=\"4\"", "failures=\"" + (strict ? 2 : 1) + "\"", "skipped=\"1\"")
          .contains("&lt;&amp;&gt; ?", "time=\"1.234\"", "next: mlk gpu verify --node gpu-1");
    }
  }
}
