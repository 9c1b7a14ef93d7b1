package dev.mlk.connect;

import dev.mlk.format.Yaml;
import dev.mlk.format.YamlNode;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One or several kubeconfig files as one: the first to say something wins. */
final class Kubeconfig {
  /**
   * A context with all that it names.
   *
   * @param namespace the namespace, or empty
   */
  record Context(String name, Entry cluster, Entry user, String namespace) {}

  private final Map<String, Entry> clusters = new LinkedHashMap<>();
  private final Map<String, Entry> users = new LinkedHashMap<>();
  private final Map<String, Entry> contexts = new LinkedHashMap<>();
  private String current = "";

  /**
   * Reads the files, in order of weight.
   *
   * @throws Problem.BadInput when one is no kubeconfig, with file, line and column
   */
  static Kubeconfig read(List<Path> files) {
    Kubeconfig all = new Kubeconfig();
    for (Path file : files) {
      try {
        all.add(Files.readString(file, StandardCharsets.UTF_8), file);
      } catch (IOException e) {
        throw new Problem.BadInput(
            Explanation.of("the kubeconfig " + file + " cannot be read").because(Reason.of(e)));
      }
    }
    return all;
  }

  private void add(String text, Path file) {
    String name = file.toString();
    for (YamlNode document : Yaml.read(text, name)) {
      if (isNull(document)) {
        continue; // an empty file is an empty kubeconfig
      }
      if (!(document instanceof YamlNode.Mapping fields)) {
        throw Yaml.bad(name, document.position(), "expected a kubeconfig: fields with names");
      }
      entries(fields, "clusters", "cluster", file, clusters);
      entries(fields, "users", "user", file, users);
      entries(fields, "contexts", "context", file, contexts);
      if (current.isEmpty()) {
        current = new Entry("kubeconfig", name, fields, file).text("current-context");
      }
    }
  }

  private static void entries(
      YamlNode.Mapping fields, String list, String kind, Path file, Map<String, Entry> to) {
    YamlNode node = fields.fields().get(list);
    if (node == null || isNull(node)) {
      return;
    }
    if (!(node instanceof YamlNode.Sequence sequence)) {
      throw Yaml.bad(file.toString(), node.position(), list + " must be a list");
    }
    for (YamlNode element : sequence.elements()) {
      if (!(element instanceof YamlNode.Mapping named)) {
        throw Yaml.bad(file.toString(), element.position(), "a " + kind + " has name and " + kind);
      }
      Entry outer = new Entry(kind, "", named, file);
      YamlNode inner = named.fields().get(kind);
      if (inner instanceof YamlNode.Mapping mapping) {
        String name = outer.text("name");
        to.putIfAbsent(name, new Entry(kind, name, mapping, file));
      } else if (inner != null && !isNull(inner)) {
        throw Yaml.bad(file.toString(), inner.position(), kind + " must have fields");
      }
    }
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.isNull();
  }

  /** The current context's name, or empty. */
  String current() {
    return current;
  }

  /** The names of all contexts, in order. */
  List<String> contextNames() {
    return List.copyOf(contexts.keySet());
  }

  /** Whether nothing at all is in it. */
  boolean isEmpty() {
    return clusters.isEmpty() && contexts.isEmpty() && current.isEmpty();
  }

  /**
   * The context of that name, with the cluster and user that it names.
   *
   * @throws Problem.NotFound when it, or what it names, is not there
   */
  Context context(String name) {
    Entry context = contexts.get(name);
    if (context == null) {
      throw new Problem.NotFound(
          Explanation.of("no context \"" + name + "\" in the kubeconfig")
              .because(
                  contexts.isEmpty()
                      ? "it has no context at all"
                      : "it has: " + String.join(", ", contexts.keySet()))
              .next("kubectl config get-contexts"));
    }
    Entry cluster = named(context, "cluster", clusters);
    Entry user = named(context, "user", users);
    return new Context(name, cluster, user, context.text("namespace"));
  }

  private static Entry named(Entry context, String kind, Map<String, Entry> entries) {
    String name = context.text(kind);
    Entry entry = entries.get(name);
    if (entry == null && !name.isEmpty()) {
      throw new Problem.NotFound(
          Explanation.of(
                  "the context \"" + context.name() + "\" names a " + kind + " that is not there")
              .because(context.file() + ": no " + kind + " \"" + name + "\""));
    }
    return entry == null ? Entry.empty(kind, context.file()) : entry;
  }
}
