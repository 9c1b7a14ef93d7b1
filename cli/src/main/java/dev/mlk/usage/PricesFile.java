package dev.mlk.usage;

import dev.mlk.format.Nearest;
import dev.mlk.format.Yaml;
import dev.mlk.format.YamlNode;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a file of prices; all mistakes are told at once, each with its line and column. */
final class PricesFile {
  private static final List<String> TOP = List.of("currency", "prices");
  private static final List<String> RULE = List.of("nodes", "gpu", "cpu", "memory");

  private final String name;
  private final List<String> mistakes = new ArrayList<>();

  private PricesFile(String name) {
    this.name = name;
  }

  /**
   * The prices that a text gives.
   *
   * @param name what to call the text in messages
   * @throws Problem.BadInput when it is not such a file
   */
  static Prices read(String text, String name) {
    List<YamlNode> documents = Yaml.read(text, name);
    PricesFile file = new PricesFile(name);
    Prices prices =
        documents.size() == 1
            ? file.prices(documents.getFirst())
            : file.none("1:1", documents.size() + " YAML documents; expected one");
    if (!file.mistakes.isEmpty()) {
      int number = file.mistakes.size();
      throw new Problem.BadInput(
          Explanation.of(name + " has " + (number == 1 ? "1 problem" : number + " problems"))
              .because(file.mistakes)
              .next("see docs/usage.md for a file of prices that works"));
    }
    return prices;
  }

  private Prices none(String place, String mistake) {
    mistakes.add(name + ":" + place + ": " + mistake);
    return new Prices("", List.of());
  }

  private void wrong(YamlNode node, String mistake) {
    YamlNode.Position at = node.position();
    mistakes.add(name + ":" + at.line() + ":" + at.column() + ": " + mistake);
  }

  private Prices prices(YamlNode document) {
    YamlNode.Mapping top = mapping(document, "the file", TOP);
    String currency = text(top, "currency").orElse("");
    if (!currency.matches("[A-Z]{3}")) {
      wrong(
          top.field("currency").orElse(top),
          "currency is \"" + currency + "\"; expected three capital letters such as EUR");
    }
    List<Prices.Rule> rules = new ArrayList<>();
    YamlNode list = top.field("prices").orElse(top);
    if (list instanceof YamlNode.Sequence sequence && !sequence.elements().isEmpty()) {
      sequence.elements().forEach(element -> rules.add(rule(element)));
    } else {
      wrong(list, "prices has no list of prices; expected at least one, such as - cpu: 0.03");
    }
    return new Prices(currency, rules);
  }

  private Prices.Rule rule(YamlNode node) {
    YamlNode.Mapping rule = mapping(node, "a price", RULE);
    Map<String, String> nodes = new LinkedHashMap<>();
    open(rule, "nodes")
        .forEach(
            (key, value) -> {
              if (value instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
                nodes.put(key, scalar.text());
              } else {
                wrong(value, "the label " + key + " has no value; expected a text");
              }
            });
    Map<String, BigDecimal> gpu = new LinkedHashMap<>();
    open(rule, "gpu").forEach((model, value) -> gpu.put(model, price("gpu " + model, value)));
    return new Prices.Rule(nodes, gpu, price(rule, "cpu"), price(rule, "memory"));
  }

  /** The fields of a mapping whose names are the user's own. */
  private Map<String, YamlNode> open(YamlNode.Mapping parent, String name) {
    Optional<YamlNode> node = parent.field(name);
    if (node.isEmpty()) {
      return Map.of();
    }
    if (node.get() instanceof YamlNode.Mapping mapping) {
      return mapping.fields();
    }
    wrong(node.get(), name + " is no mapping; expected lines such as NAME: VALUE");
    return Map.of();
  }

  private YamlNode.Mapping mapping(YamlNode node, String what, List<String> known) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      wrong(node, what + " is no mapping; expected fields " + String.join(", ", known));
      return new YamlNode.Mapping(Map.of(), node.position());
    }
    mapping
        .fields()
        .forEach(
            (field, value) -> {
              if (!known.contains(field)) {
                String near =
                    Nearest.to(field, known).map(n -> " (did you mean " + n + "?)").orElse("");
                wrong(value, "the field " + field + " is unknown in " + what + near);
              }
            });
    return mapping;
  }

  private Optional<String> text(YamlNode.Mapping mapping, String name) {
    return mapping
        .field(name)
        .flatMap(
            node ->
                node instanceof YamlNode.Scalar scalar
                    ? Optional.of(scalar.text())
                    : Optional.empty());
  }

  private BigDecimal price(YamlNode.Mapping rule, String name) {
    return rule.field(name).map(node -> price(name, node)).orElse(BigDecimal.ZERO);
  }

  private BigDecimal price(String what, YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar
        && scalar.text().matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      return new BigDecimal(scalar.text());
    }
    String seen = node instanceof YamlNode.Scalar scalar ? "\"" + scalar.text() + "\"" : "no text";
    wrong(node, "the price of " + what + " is " + seen + "; expected a number such as 2.50");
    return BigDecimal.ZERO;
  }
}
