package dev.mlk.job;

import dev.mlk.console.Invocation;
import dev.mlk.format.Nearest;
import dev.mlk.manifest.Document;
import dev.mlk.manifest.Finding;
import dev.mlk.manifest.Manifest;
import dev.mlk.manifest.ManifestCheck;
import dev.mlk.manifest.ManifestReader;
import dev.mlk.manifest.Settings;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.template.Template;
import dev.mlk.template.Templates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the user wants to submit: a file, a folder, standard input or a template, checked, with the
 * settings applied.
 *
 * @param documents the objects, TFJobs last so that what they need is there before them
 */
public record Input(List<Document> documents) {
  /**
   * Reads, checks and changes the input.
   *
   * @param source a file, a folder, {@code -} or a template's name
   * @param name a new name for the job; empty to keep it
   * @param settings {@code path=value} each
   * @throws Problem.BadInput with everything that is wrong
   * @throws Problem.NotFound when neither a file nor a template is called so
   */
  public static Input read(
      Invocation invocation, String source, String name, List<String> settings) {
    Path path = invocation.directory().resolve(source);
    Optional<Template> template =
        source.equals("-") || Files.exists(path)
            ? Optional.empty()
            : Templates.shipped().find(source);
    List<Manifest> manifests = new ArrayList<>();
    if (template.isPresent()) {
      manifests.add(
          ManifestReader.read(
              "template " + source, template.get().text().getBytes(StandardCharsets.UTF_8)));
    } else {
      files(invocation, source, path, manifests);
    }
    refuse(
        manifests.stream().flatMap(manifest -> ManifestCheck.check(manifest).stream()).toList(),
        source);
    List<Document> documents = new ArrayList<>();
    manifests.forEach(manifest -> documents.addAll(manifest.documents()));
    change(documents, template, name, settings);
    // No Comparator.comparing: the JDK makes its lambdas anew in every process.
    documents.sort((a, b) -> Boolean.compare(isJob(a), isJob(b)));
    return new Input(documents);
  }

  private static boolean isJob(Document document) {
    return document.kind().equals("TFJob");
  }

  private static void files(
      Invocation invocation, String source, Path path, List<Manifest> manifests) {
    try {
      if (source.equals("-")) {
        manifests.add(ManifestReader.read("-", invocation.console().in().readAllBytes()));
      } else if (Files.isDirectory(path)) {
        List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
          files =
              all.filter(file -> file.toString().matches(".*\\.(ya?ml|json)")).sorted().toList();
        }
        if (files.isEmpty()) {
          throw new Problem.NotFound(
              Explanation.of("the folder " + source + " has no .yaml or .json file"));
        }
        for (Path file : files) {
          manifests.add(
              ManifestReader.read(
                  Path.of(source).resolve(file.getFileName()).toString(),
                  Files.readAllBytes(file)));
        }
      } else if (Files.exists(path)) {
        long size = Files.size(path);
        manifests.add(
            size > ManifestReader.LARGEST_FILE
                ? ManifestReader.tooLarge(source, size)
                : ManifestReader.read(source, Files.readAllBytes(path)));
      } else {
        throw missing(source);
      }
    } catch (IOException e) {
      throw new Problem.BadInput(Explanation.of(source + " cannot be read").because(e.toString()));
    }
  }

  private static Problem missing(String source) {
    List<String> names = Templates.shipped().list().stream().map(Templates.Entry::name).toList();
    Explanation explanation =
        Explanation.of("there is no file and no template " + source)
            .because(
                Nearest.to(source, names)
                    .map(near -> "did you mean the template " + near + "?")
                    .orElse("templates: " + String.join(", ", names)));
    return new Problem.NotFound(explanation.next("mlk template list"));
  }

  private static void refuse(List<Finding> findings, String source) {
    if (!findings.isEmpty()) {
      String count = findings.size() == 1 ? "1 problem" : findings.size() + " problems";
      throw new Problem.BadInput(
          Explanation.of(
                  (source.equals("-") ? "standard input" : source)
                      + " has "
                      + count
                      + "; nothing was created")
              .because(findings.stream().map(Finding::line).toList())
              .next(
                  "correct the file and submit it again; mlk template show mnist prints one that works"));
    }
  }

  private static void change(
      List<Document> documents, Optional<Template> template, String name, List<String> settings) {
    List<Document> jobs = documents.stream().filter(Input::isJob).toList();
    List<String> problems = new ArrayList<>();
    if (!name.isEmpty()) {
      rename(documents, jobs, template, name).ifPresent(problems::add);
    }
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      String key = equals < 0 ? setting : setting.substring(0, equals);
      if (template.isPresent() && equals > 0 && template.get().parameter(key).isPresent()) {
        template.get().set(documents, key, setting.substring(equals + 1)).ifPresent(problems::add);
        continue;
      }
      if (jobs.isEmpty()) {
        problems.add("--set " + setting + " has no TFJob to be set in");
      }
      for (Document job : jobs) {
        Settings.apply(job.object(), setting).ifPresent(problems::add);
      }
    }
    for (Document job : jobs) {
      ManifestCheck.check(new Manifest(List.of(job), List.of()))
          .forEach(finding -> problems.add("after the settings: " + finding.line()));
    }
    if (!problems.isEmpty()) {
      throw new Problem.BadInput(
          Explanation.of("the settings cannot be applied; nothing was created").because(problems));
    }
  }

  private static Optional<String> rename(
      List<Document> documents, List<Document> jobs, Optional<Template> template, String name) {
    if (template.isPresent()) {
      return template.get().set(documents, "name", name);
    }
    if (jobs.size() != 1) {
      return Optional.of("--name needs a file with one TFJob; this one has " + jobs.size());
    }
    jobs.getFirst().object().withObjectProperty("metadata").put("name", name);
    return Optional.empty();
  }
}
