package dev.mlk.course.act;

import dev.mlk.course.Action;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.check.Checks;
import dev.mlk.course.check.Durations;
import dev.mlk.course.check.Operator;
import dev.mlk.course.check.Scene;
import dev.mlk.course.check.Words;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.manifest.Document;
import dev.mlk.manifest.Finding;
import dev.mlk.manifest.Manifest;
import dev.mlk.manifest.ManifestReader;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Does what a module says that the course does; nothing of a module is ever executed. */
public final class Actions {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final CourseModule module;
  private final Writer writer;
  private final Workspace files;
  private final Supplier<Scene> look;
  private final BiConsumer<String, String> answers;

  /**
   * Actions of a module.
   *
   * @param look gives a fresh look at the cluster
   * @param answers takes the answers that the course gives for the learner
   */
  public Actions(
      CourseModule module,
      Writer writer,
      Workspace files,
      Supplier<Scene> look,
      BiConsumer<String, String> answers) {
    this.module = module;
    this.writer = writer;
    this.files = files;
    this.look = look;
    this.answers = answers;
  }

  /**
   * Does them one after the other.
   *
   * @throws Problem when one cannot be done
   */
  public void run(Step step, List<Action> actions) {
    for (Action action : actions) {
      try {
        one(step, action);
      } catch (ApiException e) {
        if (!action.optional()) {
          throw new Problem.Failed(
              Explanation.of("the cluster refused what step " + step.id() + " does")
                  .because(describe(action) + ": " + e.getMessage()));
        }
      }
    }
  }

  /** What an action does, in a few words. */
  public static String describe(Action action) {
    JsonNode value = action.value();
    return switch (action.verb()) {
      case "copy" -> "copy " + value.path("from").asString("") + " to " + target(value);
      case "write" -> "write " + value.path("file").asString("");
      case "patch" ->
          "patch " + value.path("kind").asString("") + "/" + value.path("name").asString("");
      case "answer" -> "answer " + value.path("name").asString("");
      case "await" -> AwaitWords.of(value);
      default -> action.verb() + " " + value.asString("");
    };
  }

  /** The text that an action brings, for who wants to see it before; empty when it has none. */
  public Optional<String> content(Action action) {
    return switch (action.verb()) {
      case "apply" -> Optional.of(plain(text(action.value().asString(""))));
      case "copy" -> Optional.of(plain(text(action.value().path("from").asString(""))));
      case "write" -> Optional.of(words().fill(action.value().path("text").asString("")));
      case "patch" -> Optional.of(Json.write(action.value().path("merge")));
      default -> Optional.empty();
    };
  }

  private static String target(JsonNode copy) {
    String from = copy.path("from").asString("");
    return copy.path("to").asString(from.substring(from.lastIndexOf('/') + 1));
  }

  private void one(Step step, Action action) {
    JsonNode value = action.value();
    switch (action.verb()) {
      case "apply" -> apply(step, action);
      case "copy" -> files.write(target(value), filled(value.path("from").asString("")));
      case "write" ->
          files.write(
              value.path("file").asString(""),
              words().fill(value.path("text").asString("")).getBytes(StandardCharsets.UTF_8));
      case "remove" -> files.setAside(List.of(value.asString("")));
      case "delete" -> delete(action);
      case "patch" -> patch(action, (ObjectNode) words().fill(value));
      case "answer" ->
          answers.accept(
              value.path("name").asString(""), words().fill(Operator.text(value.path("value"))));
      case "await" -> await(value);
      default -> throw new IllegalArgumentException("no action " + action.verb());
    }
  }

  private Words words() {
    return new Words(look.get());
  }

  /** The text of a module's file, with the learner's names in it. */
  private byte[] filled(String name) {
    return plain(text(name)).getBytes(StandardCharsets.UTF_8);
  }

  private String text(String name) {
    try {
      return new String(Files.readAllBytes(files.ofModule(name)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files may hold dollars and braces of their own: only two names are replaced. */
  private String plain(String text) {
    if (!text.contains("${")) {
      return text;
    }
    Scene scene = look.get();
    return text.replace("${namespace}", scene.learner().namespace())
        .replace("${learner}", scene.learner().name());
  }

  private void apply(Step step, Action action) {
    String name = action.value().asString("");
    Manifest manifest =
        ManifestReader.read(name, plain(text(name)).getBytes(StandardCharsets.UTF_8));
    if (!manifest.findings().isEmpty()) {
      if (action.refused()) {
        return;
      }
      throw new Problem.BadInput(
          Explanation.of("the file " + name + " of the module cannot be applied")
              .because(manifest.findings().stream().map(Finding::line).toList()));
    }
    if (action.refused()) {
      refused(step, name, manifest);
      return;
    }
    List<Wanted> all = new ArrayList<>();
    for (Document document : manifest.documents()) {
      Resource resource = writer.resource(document.apiVersion(), document.kind());
      ObjectNode object = document.object();
      if (resource.namespaced() && !action.namespace().isEmpty()) {
        object.withObject("metadata").put("namespace", action.namespace());
      }
      writer.mark(resource, object, module.name(), step.id());
      all.add(new Wanted(resource, object));
    }
    if (all.stream().anyMatch(one -> one.resource.namespaced())) {
      writer.namespace(module.name());
    }
    tryAll(all);
    all.forEach(one -> writer.apply(one.resource, one.object, false));
  }

  private record Wanted(Resource resource, ObjectNode object) {}

  /** All or nothing, as far as the server can tell beforehand. */
  private void tryAll(List<Wanted> all) {
    if (all.size() < 2) {
      return;
    }
    for (Wanted one : all) {
      try {
        writer.apply(one.resource, one.object.deepCopy(), true);
      } catch (ApiException e) {
        // What comes with the same file is not there yet; immutable fields mean: made anew.
        if (!e.notFound() && !e.getMessage().contains("immutable")) {
          throw e;
        }
      }
    }
  }

  private void refused(Step step, String name, Manifest manifest) {
    for (Document document : manifest.documents()) {
      try {
        Resource resource = writer.resource(document.apiVersion(), document.kind());
        writer.mark(resource, document.object(), module.name(), step.id());
        if (resource.namespaced()) {
          writer.namespace(module.name());
        }
        writer.apply(resource, document.object(), true);
      } catch (ApiException | Problem.BadInput e) {
        return;
      }
    }
    throw new Problem.Failed(
        Explanation.of("the cluster takes " + name + ", which the module says it refuses"));
  }

  private void delete(Action action) {
    String reference = words().fill(action.value().asString(""));
    int slash = reference.indexOf('/');
    Resource resource = writer.resource("", reference.substring(0, slash));
    writer.delete(resource, action.namespace(), reference.substring(slash + 1));
  }

  private void patch(Action action, ObjectNode value) {
    Resource resource =
        writer.resource(value.path("apiVersion").asString(""), value.path("kind").asString(""));
    String where = value.path("namespace").asString(action.namespace());
    writer.patch(
        resource,
        where,
        value.path("name").asString(""),
        value.path("subresource").asString(""),
        value.withObject("merge"));
  }

  private void await(JsonNode value) {
    String verb =
        value.propertyNames().stream()
            .filter(name -> !name.equals("timeout"))
            .findFirst()
            .orElse("");
    Duration patience = Durations.parse(value.path("timeout").asString("")).orElse(PATIENCE);
    writer.await(
        value.path(verb).toString(),
        patience,
        () -> new Checks(look.get()).look(verb, value.path(verb)).holds());
  }
}
