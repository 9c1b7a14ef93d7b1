package dev.mlk.course.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackTest {
  private static final Path PACK = Path.of("src", "test", "resources", "course", "trials");

  @TempDir Path folder;

  private Problem.BadInput refused(String from, String to) throws IOException {
    Path module = Files.createDirectories(folder.resolve("trial-1"));
    String text = Files.readString(PACK.resolve("trial-1/module.yaml"));
    assertThat(text).contains(from);
    Files.writeString(module.resolve("module.yaml"), text.replace(from, to));
    return catchThrowableOfType(
        Problem.BadInput.class, () -> Packs.of(folder, folder).module("trial-1"));
  }

  @Test
  void unknownFieldsAreNamedWithTheirPlace() throws IOException {
    assertThat(refused("  title: Count the nodes", "  titel: Count").explanation().causes())
        .anySatisfy(
            cause ->
                assertThat(cause)
                    .matches(
                        "trial-1/module.yaml:\\d+:3: there is no field titel; did you mean"
                            + " title\\?"));
  }

  @Test
  void wrongChecksAreExplained() throws IOException {
    assertThat(refused("- quiz:", "- quitz:").explanation().causes())
        .anySatisfy(cause -> assertThat(cause).contains("did you mean quiz?"));
    assertThat(refused("op: contains, value: \"--log=hello\"", "op: has").explanation().causes())
        .anySatisfy(cause -> assertThat(cause).contains("there is no op has; there are equals"));
    assertThat(refused("matches: 'hello'", "matches: '('").explanation().causes())
        .anySatisfy(cause -> assertThat(cause).contains("in the regular expression ("));
    assertThat(refused("${=ready()}", "${=red()}").explanation()).isNotNull();
  }

  @Test
  void aLetterThatYamlReadsAsATruthValueIsToStandInQuotes() throws IOException {
    assertThat(refused("requires: [G]", "requires: [N]").explanation().causes())
        .singleElement()
        .asString()
        .matches("trial-1/module.yaml:\\d+:\\d+: a text .* YAML reads false; put it into quotes.*");
  }

  @Test
  void aPackMayBeAnArchive() throws IOException {
    Path zip = folder.resolve("pack.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("pack/trial-1/module.yaml"));
      Files.copy(PACK.resolve("trial-1/module.yaml"), out);
    }
    assertThat(Packs.of(zip, folder.resolve("unpacked")).names()).containsExactly("trial-1");
  }

  @Test
  void anArchiveCannotWriteOutsideOfItsFolder() throws IOException {
    for (String name : new String[] {"../evil", "a/../../evil", "/tmp/evil", "a\\..\\evil"}) {
      Path zip = folder.resolve("evil.zip");
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
        out.putNextEntry(new ZipEntry(name));
        out.write("x".getBytes(StandardCharsets.UTF_8));
      }
      Problem problem =
          catchThrowableOfType(
              Problem.BadInput.class, () -> Packs.of(zip, folder.resolve("unpacked")));
      assertThat(problem.explanation().causes().getFirst()).contains("outside of its folder");
      assertThat(folder.resolve("evil")).doesNotExist();
    }
  }

  @Test
  void linksInAnArchiveAreNotMade() throws IOException {
    Path tgz = folder.resolve("links.tgz");
    try (OutputStream out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(tgz))) {
      out.write(header("trial-1/secret", '2', "/etc/passwd", 0));
      byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
      out.write(header("trial-1/module.yaml", '0', "", text.length));
      out.write(java.util.Arrays.copyOf(text, 512));
      out.write(new byte[1024]);
    }
    Path unpacked = folder.resolve("unpacked");
    assertThat(Packs.of(tgz, unpacked).names()).containsExactly("trial-1");
    try (var files = Files.walk(unpacked)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactly("module.yaml");
    }
  }

  private static byte[] header(String name, char type, String link, int size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(
        header,
        124,
        String.valueOf(100_000_000_000L + Long.parseLong(Integer.toOctalString(size)))
            .substring(1));
    header[156] = (byte) type;
    put(header, 157, link);
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  @Test
  void aPageFallsApartIntoItsSteps() {
    Page page =
        Page.parse(
            "# Module 1: X\n\nHi\n\n## 1.1 A\n```\n## 1.2 no\n```\n## 1.2 B\nb\n## Debrief\nc\n");
    assertThat(page.introduction()).isEqualTo("# Module 1: X\n\nHi\n\n");
    assertThat(page.section("1.1")).hasValue("## 1.1 A\n```\n## 1.2 no\n```\n");
    assertThat(page.sections().keySet()).containsExactly("1.1", "1.2", "Debrief");
  }
}
