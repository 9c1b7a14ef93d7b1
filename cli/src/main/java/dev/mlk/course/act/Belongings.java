package dev.mlk.course.act;

import dev.mlk.course.Action;
import dev.mlk.course.Check;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Script;
import dev.mlk.course.Step;
import dev.mlk.course.check.Kinds;
import dev.mlk.course.check.Scene;
import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resource;
import dev.mlk.manifest.Document;
import dev.mlk.manifest.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What belongs to a step: objects that it made or that its solution makes, files, answers. */
public final class Belongings {
  /** Kinds that outlive steps and modules: of these only what the course made is taken away. */
  private static final Set<String> SHARED = Set.of("Node", "Event", "StorageClass");

  /**
   * An object that a reset takes away.
   *
   * @param resource its resource
   * @param namespace its namespace; empty for a cluster-wide one
   * @param name its name
   * @param ours whether the course made it
   */
  public record Thing(Resource resource, String namespace, String name, boolean ours) {
    /** {@code Job/module3-gpu}. */
    public String reference() {
      return resource.kind() + "/" + name;
    }
  }

  private final CourseModule module;
  private final Step step;
  private final Scene scene;

  /** What belongs to a step in this scene. */
  public Belongings(CourseModule module, Step step, Scene scene) {
    this.module = module;
    this.step = step;
    this.scene = scene;
  }

  /** The objects that are there. */
  public List<Thing> objects() {
    Map<String, Thing> things = new LinkedHashMap<>();
    Set<String> named = named();
    for (Resource resource : resources()) {
      for (String namespace : resource.namespaced() ? namespaces() : List.of("")) {
        add(resource, namespace, named, things);
      }
    }
    return List.copyOf(things.values());
  }

  private void add(
      Resource resource, String namespace, Set<String> named, Map<String, Thing> things) {
    for (JsonNode object : scene.cluster().list(resource, namespace)) {
      String name = Nodes.name(object);
      boolean ours =
          Nodes.label(object, Writer.OWNED).equals(module.name())
              && object
                  .path("metadata")
                  .path("annotations")
                  .path(Writer.STEP)
                  .asString("")
                  .equals(step.id());
      boolean theirs =
          Nodes.label(object, Writer.OWNED).isEmpty()
              && !SHARED.contains(resource.kind())
              && named.contains(resource.kind() + "/" + name)
              && (namespace.isEmpty() || namespace.equals(scene.learner().namespace()))
              && object.path("metadata").path("ownerReferences").isEmpty();
      boolean foreign = Nodes.label(object, Writer.OWNED).isEmpty() && !resource.namespaced();
      boolean home =
          resource.kind().equals("Namespace") && name.equals(scene.learner().namespace());
      if (!home && (ours || (theirs && !foreign))) {
        Thing thing = new Thing(resource, namespace, name, ours);
        things.put(namespace + "/" + thing.reference(), thing);
      }
    }
  }

  /** The learner's, and those that the module's own mistakes are made in. */
  private List<String> namespaces() {
    Set<String> all = new LinkedHashSet<>(List.of(scene.learner().namespace()));
    actions().stream().map(Action::namespace).filter(one -> !one.isEmpty()).forEach(all::add);
    for (Document document : documents()) {
      String own = document.object().path("metadata").path("namespace").asString("");
      if (!own.isEmpty()) {
        all.add(own);
      }
    }
    return List.copyOf(all);
  }

  /** Whether the step is about the learner's namespace itself. */
  public boolean claimsNamespace() {
    return step.checks().stream()
        .anyMatch(check -> check.arguments().path("kind").asString("").equals("Namespace"));
  }

  /** Files of the learner's that the step is about. */
  public List<String> files() {
    Set<String> files = new LinkedHashSet<>();
    step.checks().forEach(check -> file(check.arguments(), files));
    step.workload().ifPresent(workload -> add(workload.file(), files));
    for (Action action : actions()) {
      JsonNode value = action.value();
      String from = value.path("from").asString("");
      switch (action.verb()) {
        case "copy" ->
            add(value.path("to").asString(from.substring(from.lastIndexOf('/') + 1)), files);
        case "write" -> add(value.path("file").asString(""), files);
        default -> {
          // The others leave no files.
        }
      }
    }
    return List.copyOf(files);
  }

  private static void file(JsonNode arguments, Set<String> files) {
    add(arguments.path("file").asString(""), files);
  }

  private static void add(String name, Set<String> files) {
    if (!name.isEmpty()) {
      files.add(name);
    }
  }

  /** Names of the questions that the step asks. */
  public static List<String> answers(Step step) {
    return step.checks().stream()
        .filter(check -> check.verb().equals("quiz"))
        .map(check -> check.arguments().path("answer").asString(""))
        .toList();
  }

  private List<Action> actions() {
    Script script = step.script();
    return Stream.of(
            script.given().stream(),
            script.solution().stream(),
            script.alternatives().stream().flatMap(one -> one.actions().stream()),
            script.outputs().stream(),
            step.mistakes().stream().flatMap(one -> one.inject().stream()))
        .flatMap(one -> one)
        .toList();
  }

  private List<Resource> resources() {
    Map<String, Resource> all = new LinkedHashMap<>();
    for (Check check : step.checks()) {
      String kind = check.arguments().path("kind").asString("");
      boolean cluster = check.arguments().has("file") || check.arguments().has("of");
      if (!kind.isEmpty() && !cluster) {
        add(check.arguments().path("apiVersion").asString(""), kind, all);
      }
    }
    step.workload().ifPresent(workload -> add("", workload.kind(), all));
    for (Document document : documents()) {
      add(document.apiVersion(), document.kind(), all);
    }
    return List.copyOf(all.values());
  }

  private void add(String apiVersion, String kind, Map<String, Resource> all) {
    Optional<Resource> resource = Kinds.find(scene.cluster().reader(), apiVersion, kind);
    resource.ifPresent(one -> all.putIfAbsent(one.qualifiedName(), one));
  }

  private List<Document> documents() {
    List<Document> all = new ArrayList<>();
    for (Action action : actions()) {
      Path file = module.folder().resolve(action.value().asString("")).normalize();
      if (action.verb().equals("apply")
          && file.startsWith(module.folder())
          && Files.isRegularFile(file)) {
        try {
          String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
          String filled =
              text.replace("${namespace}", scene.learner().namespace())
                  .replace("${learner}", scene.learner().name());
          all.addAll(
              ManifestReader.read(file.toString(), filled.getBytes(StandardCharsets.UTF_8))
                  .documents());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return all;
  }

  private Set<String> named() {
    Set<String> named = new LinkedHashSet<>();
    step.workload().ifPresent(workload -> named.add(workload.kind() + "/" + workload.name()));
    documents().forEach(document -> named.add(document.kind() + "/" + document.name()));
    return named;
  }
}
