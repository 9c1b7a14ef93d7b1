package dev.mlk.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file of {@code manifests/bad} is refused in the words beside it; {@code
 * -Dmlk.golden=update} writes them.
 */
final class ManifestCheckTest {
  private static final Path BAD = Path.of("src/test/resources/manifests/bad");
  private static final Path GOOD = Path.of("src/test/resources/manifests/good");
  private static final boolean UPDATE = "update".equals(System.getProperty("mlk.golden"));

  @TestFactory
  Stream<DynamicTest> badManifestsAreRefusedWithPlaceAndWords() throws IOException {
    return manifests(BAD).stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> refused(file)));
  }

  private static void refused(Path file) throws IOException {
    String name = file.getFileName().toString();
    String said =
        check(name, Files.readAllBytes(file)).stream()
                .map(Finding::line)
                .collect(Collectors.joining("\n"))
            + "\n";
    Path golden = BAD.resolve(name.substring(0, name.lastIndexOf('.')) + ".expected");
    if (UPDATE) {
      Files.writeString(golden, said);
    }
    assertThat(said).isEqualTo(Files.readString(golden)).startsWith(name);
  }

  @Test
  void thereAreAtLeastFortyAndNoStrayFile() throws IOException {
    List<Path> manifests = manifests(BAD);
    assertThat(manifests).hasSizeGreaterThan(40);
    try (Stream<Path> all = Files.list(BAD)) {
      assertThat(all.filter(file -> file.toString().endsWith(".expected")).count())
          .isEqualTo(manifests.size());
    }
  }

  @Test
  void tenMegabytesAreRefusedUnread() {
    List<Finding> findings = check("big.yaml", new byte[10 << 20]);
    assertThat(findings)
        .singleElement()
        .extracting(Finding::line)
        .asString()
        .startsWith("big.yaml: the file is 10 MB; expected at most 3 MB");
  }

  @TestFactory
  Stream<DynamicTest> goodManifestsPass() throws IOException {
    Stream<Path> templates =
        Stream.of("mnist", "mnist-gpu", "mnist-distributed")
            .map(name -> Path.of("../templates", name, name + ".yaml"));
    return Stream.concat(manifests(GOOD).stream(), templates)
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> assertThat(check(file.toString(), Files.readAllBytes(file))).isEmpty()));
  }

  private static List<Finding> check(String name, byte[] bytes) {
    return ManifestCheck.check(ManifestReader.read(name, bytes));
  }

  private static List<Path> manifests(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> !file.toString().endsWith(".expected")).sorted().toList();
    }
  }
}
