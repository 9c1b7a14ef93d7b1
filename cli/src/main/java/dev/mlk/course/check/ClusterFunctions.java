package dev.mlk.course.check;

import dev.mlk.facts.Nodes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The functions of expressions. */
final class ClusterFunctions {
  /** Functions and the numbers of arguments that they take. */
  private static final Map<String, List<Integer>> TAKES =
      Map.ofEntries(
          Map.entry("count", List.of(2, 4)),
          Map.entry("value", List.of(2)),
          Map.entry("sum", List.of(3)),
          Map.entry("max", List.of(3)),
          Map.entry("min", List.of(3)),
          Map.entry("names", List.of(2)),
          Map.entry("ready", List.of(0)),
          Map.entry("free", List.of(1)),
          Map.entry("gpuCause", List.of(2)),
          Map.entry("best", List.of(3)),
          Map.entry("last", List.of(4)),
          Map.entry("release", List.of(3)),
          Map.entry("answer", List.of(1)));

  private final Scene scene;

  ClusterFunctions(Scene scene) {
    this.scene = scene;
  }

  /** Refuses what is no function or takes another number of arguments. */
  static void require(String name, int arguments) {
    List<Integer> takes = TAKES.get(name);
    if (takes == null) {
      throw new IllegalArgumentException(
          "there is no function "
              + name
              + "; there are "
              + TAKES.keySet().stream().sorted().toList());
    }
    if (!takes.contains(arguments)) {
      throw new IllegalArgumentException("the function " + name + " takes " + takes + " values");
    }
  }

  Value call(String name, List<Value> values) {
    require(name, values.size());
    List<String> texts = values.stream().map(Value::text).toList();
    return switch (name) {
      case "count" -> Value.of(count(texts));
      case "value" -> value(texts.get(0), texts.get(1));
      case "sum" -> Value.of(numbers(texts).reduce(BigDecimal.ZERO, BigDecimal::add));
      case "max" -> Value.of(numbers(texts).max(BigDecimal::compareTo).orElse(BigDecimal.ZERO));
      case "min" -> Value.of(numbers(texts).min(BigDecimal::compareTo).orElse(BigDecimal.ZERO));
      case "names" -> new Value(names(texts));
      case "ready" -> Value.of(nodes().stream().filter(Nodes::ready).count());
      case "free" -> Value.of(free(texts.getFirst()));
      case "gpuCause" -> new Value(gpuCause(texts));
      case "best" -> new Value(RunValues.best(runs(texts)));
      case "last" -> last(texts);
      case "release" -> release(texts);
      default -> new Value(scene.learner().answers().getOrDefault(texts.getFirst(), ""));
    };
  }

  private long count(List<String> texts) {
    Stream<JsonNode> all = objects(texts.get(0), texts.get(1)).stream();
    return texts.size() == 2
        ? all.count()
        : all.filter(
                object ->
                    Paths.values(object, texts.get(2)).stream()
                        .anyMatch(value -> Operator.text(value).equals(texts.get(3))))
            .count();
  }

  private Value value(String reference, String path) {
    int slash = reference.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("value takes an object as 'Kind/name', not " + reference);
    }
    String name = reference.substring(slash + 1);
    return objects(reference.substring(0, slash), "").stream()
        .filter(object -> Nodes.name(object).equals(name))
        .flatMap(object -> Paths.values(object, path).stream())
        .findFirst()
        .map(found -> new Value(Operator.text(found)))
        .orElse(new Value(""));
  }

  private Stream<BigDecimal> numbers(List<String> texts) {
    return objects(texts.get(0), texts.get(1)).stream()
        .flatMap(object -> Paths.values(object, texts.get(2)).stream())
        .map(Operator::number)
        .flatMap(Optional::stream);
  }

  /** The last values of the runs on a claim, by name. */
  private Map<String, Double> runs(List<String> texts) {
    return new ClaimFolder(scene)
        .of(texts.get(0))
        .map(root -> RunValues.last(root, texts.get(1), texts.get(2)))
        .orElse(Map.of());
  }

  private Value last(List<String> texts) {
    Double value = runs(texts).get(texts.get(3));
    return value == null || !Double.isFinite(value)
        ? new Value("")
        : Value.of(BigDecimal.valueOf(value));
  }

  /** What helm remembers of a release: {@code release('wiki', 2, 'config.wikiTitle')}. */
  private Value release(List<String> texts) {
    String secret = HelmRelease.secret(texts.get(0), texts.get(1));
    return objects("Secret", "").stream()
        .filter(object -> Nodes.name(object).equals(secret))
        .flatMap(object -> HelmRelease.read(object).stream())
        .flatMap(release -> Paths.values(release, texts.get(2)).stream())
        .findFirst()
        .map(found -> new Value(Operator.text(found)))
        .orElse(new Value(""));
  }

  private String names(List<String> texts) {
    return String.join(
        ",", objects(texts.get(0), texts.get(1)).stream().map(Nodes::name).sorted().toList());
  }

  /** Objects of {@code Kind} or {@code Kind@apiVersion} in the learner's namespace. */
  private List<JsonNode> objects(String kind, String selector) {
    int at = kind.indexOf('@');
    return new Objects(scene)
        .select(
            at < 0 ? kind : kind.substring(0, at), at < 0 ? "" : kind.substring(at + 1), selector);
  }

  private List<JsonNode> nodes() {
    return objects("Node", "");
  }

  private BigDecimal free(String resource) {
    return GpuCause.free(nodes(), new Objects(scene).everywhere("Pod"), resource);
  }

  private String gpuCause(List<String> texts) {
    for (JsonNode pod : objects(texts.get(0), texts.get(1))) {
      if (pod.path("spec").path("nodeName").asString("").isEmpty()) {
        return GpuCause.of(pod, nodes(), new Objects(scene).everywhere("Pod"))
            .map(GpuCause::word)
            .orElse("none");
      }
    }
    return "none";
  }
}
