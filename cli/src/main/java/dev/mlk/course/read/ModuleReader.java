package dev.mlk.course.read;

import dev.mlk.course.Check;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Kubeconfig;
import dev.mlk.course.Mistake;
import dev.mlk.course.Script;
import dev.mlk.course.Step;
import dev.mlk.course.Workload;
import dev.mlk.manifest.Document;
import dev.mlk.manifest.Finding;
import dev.mlk.manifest.Manifest;
import dev.mlk.manifest.ManifestReader;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the manifest of a module, strictly: what it does not know is an error with its place. */
final class ModuleReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}-\\d{1,3}");
  private static final int RUNGS = 4;

  private ModuleReader() {}

  /**
   * The module of a folder.
   *
   * @throws Problem.BadInput with all that is wrong
   */
  static CourseModule read(Path folder) {
    Path file = folder.resolve("module.yaml");
    String name = folder.getFileName() + "/module.yaml";
    Manifest manifest;
    try {
      manifest = ManifestReader.read(name, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> problems =
        new ArrayList<>(manifest.findings().stream().map(Finding::line).toList());
    if (problems.isEmpty() && manifest.documents().size() != 1) {
      problems.add(name + ": a module is one document");
    }
    if (!problems.isEmpty()) {
      throw bad(folder, problems);
    }
    CourseModule module = module(manifest.documents().getFirst(), folder, problems);
    if (!problems.isEmpty()) {
      throw bad(folder, problems);
    }
    return module;
  }

  private static Problem bad(Path folder, List<String> problems) {
    return new Problem.BadInput(
        Explanation.of("the module " + folder.getFileName() + " cannot be read")
            .because(problems)
            .next("docs/module-format.md says how a module is written"));
  }

  private static CourseModule module(Document document, Path folder, List<String> problems) {
    Fields fields = new Fields(document, document.object(), "", problems);
    if (!fields.need("apiVersion").equals("mlk.dev/v1") || !fields.need("kind").equals("Module")) {
      fields.bad("apiVersion", "apiVersion: mlk.dev/v1 and kind: Module are expected");
    }
    String name = fields.need("name");
    if (!NAME.matcher(name).matches()) {
      fields.bad("name", "a name is a word, a dash and a number, such as module-3");
    } else if (!name.equals(folder.getFileName().toString())) {
      fields.bad("name", "the folder is called " + folder.getFileName());
    }
    String number = name.substring(name.lastIndexOf('-') + 1);
    List<Step> steps = fields.each("steps", step -> step(step, number));
    Set<String> ids = new HashSet<>();
    for (Step step : steps) {
      if (!ids.add(step.id())) {
        fields.bad("steps", "the step " + step.id() + " is there twice");
      }
    }
    CourseModule module =
        new CourseModule(
            name,
            fields.need("title"),
            fields.need("summary"),
            fields.number("minutes", 0),
            fields.texts("needs"),
            steps,
            folder);
    fields.done();
    return module;
  }

  private static Step step(Fields fields, String number) {
    String id = fields.need("id");
    if (!id.matches(Pattern.quote(number) + "\\.\\d{1,2}")) {
      fields.bad("id", "the id of a step is its module's number, a dot and its own, in quotes");
    }
    List<String> hints = fields.texts("hints");
    if (hints.size() != RUNGS) {
      fields.bad("hints", hints.size() + " hints; exactly four are expected");
    }
    List<Check> checks = fields.each("checks", CheckReader::check);
    if (checks.isEmpty()) {
      fields.bad("", "the step has no checks");
    }
    return new Step(
        id,
        fields.need("title"),
        fields.number("minutes", 0),
        CheckReader.capabilities(fields),
        fields.texts("requires").stream()
            .filter(one -> one.startsWith("crd/"))
            .map(one -> one.substring("crd/".length()))
            .toList(),
        fields.truth("optional", false),
        workload(fields),
        checks,
        hints,
        script(fields),
        fields.each("mistakes", ModuleReader::mistake));
  }

  private static Optional<Workload> workload(Fields fields) {
    if (!fields.has("workload")) {
      return Optional.empty();
    }
    Fields own = fields.map("workload");
    Workload workload = new Workload(own.need("kind"), own.need("name"), own.text("file", ""));
    own.done();
    return Optional.of(workload);
  }

  private static Script script(Fields fields) {
    return new Script(
        fields.each("given", ActionReader::action),
        fields.each("solution", ActionReader::action),
        fields.each(
            "alternatives",
            one ->
                new Script.Alternative(
                    one.need("name"), one.each("actions", ActionReader::action))),
        fields.each("perturb", ActionReader::action),
        fields.each("outputs", ActionReader::action));
  }

  private static Mistake mistake(Fields fields) {
    return new Mistake(
        fields.need("name"),
        fields.need("code"),
        fields.text("seen", ""),
        fields.each("inject", ActionReader::action),
        kubeconfig(fields));
  }

  private static Optional<Kubeconfig> kubeconfig(Fields fields) {
    if (!fields.has("kubeconfig")) {
      return Optional.empty();
    }
    Fields own = fields.map("kubeconfig");
    Kubeconfig kubeconfig =
        new Kubeconfig(
            own.need("context"),
            own.text("current", ""),
            own.text("token", ""),
            own.text("as", ""));
    own.done();
    return Optional.of(kubeconfig);
  }
}
