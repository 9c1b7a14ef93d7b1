package dev.mlk.course.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.course.Check;
import dev.mlk.course.Check.Words;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Mistake;
import dev.mlk.course.Step;
import dev.mlk.course.check.Vocabulary;
import dev.mlk.course.read.Pack;
import dev.mlk.course.read.Packs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * docs/mistakes.md is what the modules say; {@code -Dmlk.golden=update} writes it anew. Every code
 * of the catalogue is recognised somewhere.
 */
final class MistakesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "mistakes.md");
  private static final Path CATALOGUE = Path.of("src/test/resources/course/catalogue.txt");
  private static final Pack PACK = Packs.of(Path.of("..", "modules"), Path.of(""));

  @Test
  void thePageIsWhatTheModulesSay() throws IOException {
    TreeMap<String, List<String>> rows = new TreeMap<>();
    int mistakes = 0;
    for (CourseModule module : PACK.modules()) {
      for (Step step : module.steps()) {
        for (Mistake mistake : step.mistakes()) {
          rows.computeIfAbsent(mistake.code(), _ -> new ArrayList<>()).add(row(step, mistake));
          mistakes++;
        }
      }
    }
    var page =
        new StringBuilder(
            HEAD.replace("MISTAKES", "" + mistakes).replace("CODES", "" + rows.size()));
    rows.values().forEach(all -> all.forEach(page::append));
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.writeString(PAGE, page.toString());
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
  }

  private static final String FROM_CASE = "*from the case*";

  private static final String HEAD =
      """
      # Mistakes, and how they are recognised

      Made from the modules by `MistakesPageTest`; do not edit it by hand. Each row is a wrong answer that `mlk content check` gives to a step:
      exactly this code must come out, and what was seen must match. MISTAKES mistakes, CODES codes. What the parts of a verdict are: [the workshop](workshop.md).
      Advice that is *from the case* is made when the mistake is seen, with the names of what is there.

      | code | step | made by | what is seen has | advice |
      | --- | --- | --- | --- | --- |
      """;

  private static String row(Step step, Mistake mistake) {
    String seen = mistake.seen().isEmpty() ? "" : "`" + mistake.seen().replace("|", "\\|") + "`";
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            mistake.code(), step.id(), mistake.name(), seen, cell(advice(step, mistake.code())));
  }

  private static String cell(String text) {
    String line = text.replaceAll("\\s+", " ").strip().replace("|", "\\|");
    return line.replaceAll("\\$\\{=[^}]*\\}|\\$\\{(when|seen)\\}", "…").replace("<", "&lt;");
  }

  /** What the step says itself, else what is said of every workload. */
  private static String advice(Step step, String code) {
    for (Check check : step.checks()) {
      for (Check.Rule rule : check.onFail()) {
        if (rule.words().code().equals(code)) {
          return rule.words().next().isEmpty() ? check.words().next() : rule.words().next();
        }
      }
    }
    for (Check check : step.checks()) {
      Words words = check.words();
      String usual = Vocabulary.verb(check.verb()).map(Vocabulary.Verb::code).orElse("");
      boolean answer = check.verb().equals("quiz") && code.equals("WRONG-ANSWER");
      boolean file = check.arguments().has("file") && code.equals("NO-FILE");
      if (words.code().equals(code)
          || (words.code().isEmpty() && (usual.equals(code) || answer))
          || file) {
        return words.next();
      }
    }
    return Refusals.KNOWN.stream()
        .filter(one -> one.code().equals(code))
        .map(Refusals.Known::next)
        .findFirst()
        .orElseGet(
            () -> Codes.SHARED.contains(code) || Codes.OF_CHECKS.contains(code) ? FROM_CASE : "");
  }

  @Test
  void everyMistakeHasAnAdvice() {
    List<String> silent = new ArrayList<>();
    for (CourseModule module : PACK.modules()) {
      for (Step step : module.steps()) {
        step.mistakes().stream()
            .filter(mistake -> advice(step, mistake.code()).isBlank())
            .forEach(mistake -> silent.add(step.id() + " " + mistake.name()));
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void everyCodeOfTheCatalogueIsRecognisedSomewhere() throws IOException {
    Set<String> made = new TreeSet<>();
    for (CourseModule module : PACK.modules()) {
      module.steps().forEach(step -> step.mistakes().forEach(mistake -> made.add(mistake.code())));
    }
    List<String> missing = new ArrayList<>();
    for (String line : Files.readAllLines(CATALOGUE)) {
      String[] words = line.split(" ", -1);
      if (line.startsWith("#") || !PACK.names().contains("module-" + words[1])) {
        continue;
      }
      boolean tested = words.length > 2 && test(words[2]).contains(words[0]);
      if (!made.contains(words[0]) && !tested) {
        missing.add(words[0]);
      }
    }
    assertThat(missing).isEmpty();
  }

  private static String test(String name) throws IOException {
    try (var files = Files.walk(Path.of("src/test/java/dev/mlk/course"))) {
      Path file =
          files
              .filter(one -> one.getFileName().toString().equals(name + ".java"))
              .findFirst()
              .orElseThrow();
      return Files.readString(file);
    }
  }
}
