package dev.mlk.course.content;

import dev.mlk.course.Action;
import dev.mlk.course.Check;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Mistake;
import dev.mlk.course.Script;
import dev.mlk.course.Step;
import dev.mlk.course.check.Operator;
import dev.mlk.course.diagnosis.Codes;
import dev.mlk.course.read.Page;
import dev.mlk.manifest.Finding;
import dev.mlk.manifest.Manifest;
import dev.mlk.manifest.ManifestCheck;
import dev.mlk.manifest.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be said of a module without a cluster. */
final class Lint {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  private final CourseModule module;
  private final Set<String> others;
  private final List<Fault> faults = new ArrayList<>();

  /**
   * A module that is still to be looked at.
   *
   * @param others the names of all modules of the pack
   */
  Lint(CourseModule module, Set<String> others) {
    this.module = module;
    this.others = others;
  }

  List<Fault> faults() {
    int minutes = module.steps().stream().mapToInt(Step::minutes).sum();
    if (minutes != module.minutes()) {
      bad("", "minutes are " + module.minutes() + ", those of its steps " + minutes);
    }
    for (String need : module.needs()) {
      if (!others.contains(need)) {
        bad("", "it needs " + need + ", which is not in the pack");
      }
    }
    Page page = Page.of(module);
    if (page.introduction().isBlank()) {
      bad("", "page.md is missing, or has no introduction");
    }
    links();
    for (Step step : module.steps()) {
      if (page.section(step.id()).isEmpty()) {
        bad(step.id(), "page.md has no section \"## " + step.id() + " ...\"");
      }
      step(step);
    }
    return faults;
  }

  private void bad(String step, String what) {
    faults.add(new Fault(module.name(), step, "lint", what));
  }

  private void links() {
    if (!Files.isRegularFile(module.page())) {
      return;
    }
    Matcher links = LINK.matcher(text(module.page()));
    while (links.find()) {
      if (!Files.exists(module.folder().resolve(links.group(1)))) {
        bad("", "page.md links to " + links.group(1) + ", which is not there");
      }
    }
  }

  private void step(Step step) {
    for (int i = 0; i < step.hints().size(); i++) {
      if (step.hints().get(i).isBlank()) {
        bad(step.id(), "hint " + (i + 1) + " is empty");
      }
    }
    Set<String> names = new HashSet<>();
    Set<String> codes = codes(step);
    for (Mistake mistake : step.mistakes()) {
      if (!names.add(mistake.name())) {
        bad(step.id(), "two mistakes are called " + mistake.name());
      }
      if (!codes.contains(mistake.code())) {
        bad(
            step.id(),
            "the mistake "
                + mistake.name()
                + " wants the code "
                + mistake.code()
                + ", which no check of the step can give");
      }
      String wrong = Operator.wrongPattern(mistake.seen());
      if (!wrong.isEmpty()) {
        bad(step.id(), "mistake " + mistake.name() + ": " + wrong);
      }
      actions(step, mistake.inject(), false);
    }
    Script script = step.script();
    actions(step, script.given(), true);
    actions(step, script.solution(), true);
    script.alternatives().forEach(one -> actions(step, one.actions(), true));
    actions(step, script.outputs(), true);
    spoilers(step);
  }

  private static Set<String> codes(Step step) {
    Set<String> codes = new HashSet<>(Codes.OF_CHECKS);
    if (step.workload().isPresent()) {
      codes.addAll(Codes.SHARED);
    }
    for (Check check : step.checks()) {
      codes.add(check.words().code());
      check.onFail().forEach(rule -> codes.add(rule.words().code()));
    }
    return codes;
  }

  /** Early hints must leave something to do: they do not hold a whole solution. */
  private void spoilers(Step step) {
    for (Action action : step.script().solution()) {
      Path file = module.folder().resolve(action.value().asString("")).normalize();
      if (action.verb().equals("apply") && Files.isRegularFile(file)) {
        String solution = text(file).strip();
        for (int i = 0; i < step.hints().size() - 1; i++) {
          if (step.hints().get(i).contains(solution)) {
            bad(step.id(), "hint " + (i + 1) + " holds the whole solution");
          }
        }
      }
    }
  }

  private void actions(Step step, List<Action> actions, boolean right) {
    for (Action action : actions) {
      String file =
          action.verb().equals("copy")
              ? action.value().path("from").asString("")
              : action.verb().equals("apply") ? action.value().asString("") : "";
      if (file.isEmpty()) {
        continue;
      }
      Path path = module.folder().resolve(file).normalize();
      if (!path.startsWith(module.folder()) || !Files.isRegularFile(path)) {
        bad(step.id(), "there is no file " + file);
      } else if (right && action.verb().equals("apply")) {
        manifest(step, file, path);
      }
    }
  }

  private void manifest(Step step, String name, Path path) {
    Manifest manifest =
        ManifestReader.read(
            name,
            text(path)
                .replace("${namespace}", "mlk")
                .replace("${learner}", "learner")
                .getBytes(StandardCharsets.UTF_8));
    Optional<Finding> finding = ManifestCheck.check(manifest).stream().findFirst();
    finding.ifPresent(one -> bad(step.id(), one.line()));
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
