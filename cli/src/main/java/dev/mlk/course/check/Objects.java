package dev.mlk.course.check;

import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Finds the objects that a check speaks of. */
public final class Objects {
  /**
   * What was found.
   *
   * @param objects the objects; empty when there is none
   * @param called what was looked for, in words
   * @param served whether the server has the kind at all
   */
  record Found(List<JsonNode> objects, String called, boolean served) {}

  private final Scene scene;

  /** Finds in what this scene shows. */
  public Objects(Scene scene) {
    this.scene = scene;
  }

  /** The objects that the arguments of a check name. */
  Found find(Arguments arguments) {
    String kind = arguments.text("kind", "Pod");
    String called = called(arguments, kind);
    if (arguments.has("file")) {
      List<JsonNode> objects =
          new LearnerFiles(scene.learner().folder())
              .objects(arguments.text("file")).stream()
                  .filter(object -> object.path("kind").asString("").equals(kind))
                  .toList();
      return new Found(chosen(objects, arguments), called, true);
    }
    Optional<Resource> resource =
        Kinds.find(scene.cluster().reader(), arguments.text("apiVersion", ""), kind);
    if (resource.isEmpty()) {
      return new Found(List.of(), called, false);
    }
    String namespace = arguments.text("namespace", scene.learner().namespace());
    List<JsonNode> all =
        scene.cluster().list(resource.get(), namespace.equals("*") ? "" : namespace);
    if (arguments.has("of")) {
      String owner = arguments.text("of");
      int slash = owner.indexOf('/');
      all = podsOf(all, owner.substring(0, slash), owner.substring(slash + 1), namespace);
    }
    return new Found(chosen(all, arguments), called, true);
  }

  /** The pods of a workload: what it owns, directly or by way of ReplicaSets and Jobs. */
  public List<JsonNode> podsOf(String kind, String name) {
    String namespace = scene.learner().namespace();
    List<JsonNode> pods = scene.cluster().list(Kinds.known("Pod").orElseThrow(), namespace);
    return kind.equals("Pod")
        ? pods.stream().filter(pod -> Nodes.name(pod).equals(name)).toList()
        : podsOf(pods, kind, name, namespace);
  }

  private List<JsonNode> podsOf(List<JsonNode> pods, String kind, String name, String namespace) {
    Set<String> owners = uids(kind, namespace, object -> Nodes.name(object).equals(name));
    if (kind.equals("Deployment")) {
      owners = uids("ReplicaSet", namespace, owned(owners));
    } else if (kind.equals("CronJob")) {
      owners = uids("Job", namespace, owned(owners));
    }
    return pods.stream().filter(owned(owners)).toList();
  }

  /** By UID: the pods of one that was deleted and made anew are not its own. */
  private Set<String> uids(String kind, String namespace, Predicate<JsonNode> wanted) {
    Set<String> uids = new HashSet<>();
    Kinds.known(kind)
        .ifPresent(
            resource ->
                scene.cluster().list(resource, namespace).stream()
                    .filter(wanted)
                    .forEach(one -> uids.add(one.path("metadata").path("uid").asString(""))));
    return uids;
  }

  private static Predicate<JsonNode> owned(Set<String> owners) {
    return object -> {
      for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
        if (owners.contains(owner.path("uid").asString(""))) {
          return true;
        }
      }
      return false;
    };
  }

  /** Objects of a kind in the learner's namespace. */
  public List<JsonNode> select(String kind, String apiVersion, String selector) {
    return Kinds.find(scene.cluster().reader(), apiVersion, kind).stream()
        .flatMap(resource -> scene.cluster().list(resource, scene.learner().namespace()).stream())
        .filter(object -> matches(object, selector))
        .toList();
  }

  /** Objects of a kind in all namespaces; none where the learner may not see them. */
  public List<JsonNode> everywhere(String kind) {
    return Kinds.known(kind)
        .map(
            resource ->
                scene
                    .cluster()
                    .reader()
                    .attempt("list " + kind, _ -> scene.cluster().list(resource, ""))
                    .or(List.of()))
        .orElse(List.of());
  }

  private static List<JsonNode> chosen(List<JsonNode> all, Arguments arguments) {
    Stream<JsonNode> chosen = all.stream();
    if (arguments.has("name")) {
      String name = arguments.text("name");
      chosen = chosen.filter(object -> Nodes.name(object).equals(name));
    }
    if (arguments.has("named")) {
      Pattern named = Pattern.compile(arguments.text("named"));
      chosen = chosen.filter(object -> named.matcher(Nodes.name(object)).find());
    }
    if (arguments.has("selector")) {
      String selector = arguments.text("selector");
      chosen = chosen.filter(object -> matches(object, selector));
    }
    return chosen.toList();
  }

  /** Whether an object's labels are as a selector of equalities says. */
  private static boolean matches(JsonNode object, String selector) {
    if (selector.isBlank()) {
      return true;
    }
    for (String term : selector.split(",", -1)) {
      String[] sides = term.strip().split("!=|==?", 2);
      JsonNode label = object.path("metadata").path("labels").path(sides[0].strip());
      boolean is =
          sides.length == 1
              ? !label.isMissingNode()
              : label.asString("").equals(sides[1].strip()) && !label.isMissingNode();
      if (is == term.contains("!=")) {
        return false;
      }
    }
    return true;
  }

  private String called(Arguments arguments, String kind) {
    var called = new StringBuilder();
    if (arguments.has("name")) {
      called.append("the ").append(kind).append(' ').append(arguments.text("name"));
    } else if (arguments.has("of")) {
      called
          .append("a ")
          .append(kind)
          .append(" of ")
          .append(arguments.text("of").replace('/', ' '));
    } else {
      called.append(kind.matches("[AEIO].*") ? "an " : "a ").append(kind);
    }
    if (arguments.has("selector")) {
      called.append(" with ").append(arguments.text("selector"));
    }
    if (arguments.has("named")) {
      called.append(" with a name like ").append(arguments.text("named"));
    }
    if (arguments.has("file")) {
      called.append(" in ").append(arguments.text("file"));
    }
    return called.toString();
  }
}
