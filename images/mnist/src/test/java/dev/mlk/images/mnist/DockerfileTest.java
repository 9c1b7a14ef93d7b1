package dev.mlk.images.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The container image holds what the practice cluster runs; here without a container engine. */
class DockerfileTest {
  private static final Path HERE = Path.of("").toAbsolutePath();

  private static String dockerfile() throws IOException {
    return Files.readString(HERE.resolve("Dockerfile")).replace("\\\n", "");
  }

  /** What is copied where: folders of the build by their place in the container. */
  private static Map<String, Path> copies() throws IOException {
    Map<String, Path> copies = new TreeMap<>();
    Matcher copy = Pattern.compile("(?m)^COPY (\\S+) (\\S+)$").matcher(dockerfile());
    while (copy.find()) {
      copies.put(copy.group(2), HERE.resolve(copy.group(1)));
    }
    return copies;
  }

  @Test
  void copiesTheWholeBuiltImage() throws IOException {
    List<Path> built = new ArrayList<>();
    try (Stream<Path> folders = Files.list(HERE.resolve("target/image"))) {
      folders.forEach(built::add);
    }
    assertThat(copies().values()).containsExactlyInAnyOrderElementsOf(built);
    assertThat(Files.readString(HERE.resolve(".dockerignore"))).isEqualTo("*\n!target/image\n");
  }

  @Test
  void startsAsThePracticeClusterDoes() throws IOException {
    Matcher entry = Pattern.compile("(?m)^ENTRYPOINT \\[(.*)]$").matcher(dockerfile());
    assertThat(entry.find()).isTrue();
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("\"([^\"]*)\"").matcher(entry.group(1));
    while (word.find()) {
      words.add(word.group(1).replace("/opt/mnist", HERE.resolve("target/image").toString()));
    }
    List<String> practice = Running.program();
    assertThat(words.getFirst()).isEqualTo("java");
    assertThat(words.subList(1, words.size())).isEqualTo(practice.subList(1, practice.size()));
  }

  @Test
  void everyPathOfTheStartIsCopied() throws IOException {
    Map<String, Path> copies = copies();
    Matcher path = Pattern.compile("/opt/mnist/(\\w+)").matcher(dockerfile());
    while (path.find()) {
      assertThat(copies).containsKey(path.group());
    }
    assertThat(copies.get("/opt/mnist/lib").resolve("mnist.jar")).exists();
    assertThat(copies.get("/opt/mnist/data").resolve("README.md")).exists();
    assertThat(copies.get("/opt/mnist/native")).isNotEmptyDirectory();
  }

  @Test
  void doesNotRunAsRoot() throws IOException {
    assertThat(dockerfile()).containsPattern("(?m)^USER [1-9]\\d*:[1-9]\\d*$");
  }
}
