package dev.mlk.practice.schema;

import dev.mlk.practice.cel.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/**
 * One node of a structural schema (openAPIV3Schema of a custom resource definition), understood
 * once.
 */
final class Structural {
  private final JsonNode source;
  private final Map<String, Structural> properties = new LinkedHashMap<>();
  private final Structural additionalProperties;
  private final Structural items;
  private final Map<String, List<Structural>> alternatives = new HashMap<>();
  private final Structural not;
  private final Pattern pattern;

  private final RuleSet rules;
  private final boolean hasRules;

  /** A node below the root. */
  Structural(JsonNode source) {
    this(source, false);
  }

  /**
   * A node.
   *
   * @param resource whether its values are whole objects
   */
  Structural(JsonNode source, boolean resource) {
    this.source = source;
    this.rules = new RuleSet(source, resource);
    for (Map.Entry<String, JsonNode> property : source.path("properties").properties()) {
      properties.put(property.getKey(), new Structural(property.getValue()));
    }
    JsonNode additional = source.path("additionalProperties");
    this.additionalProperties = additional.isObject() ? new Structural(additional) : null;
    this.items = source.path("items").isObject() ? new Structural(source.path("items")) : null;
    this.not = source.path("not").isObject() ? new Structural(source.path("not")) : null;
    this.pattern = pattern(source.path("pattern").asString(""));
    for (String word : List.of("allOf", "anyOf", "oneOf")) {
      List<Structural> each = new ArrayList<>();
      source.path(word).forEach(alternative -> each.add(new Structural(alternative)));
      alternatives.put(word, each);
    }
    this.hasRules =
        !rules.isEmpty()
            || (additionalProperties != null && additionalProperties.hasRules)
            || (items != null && items.hasRules)
            || properties.values().stream().anyMatch(property -> property.hasRules);
  }

  /** The rules of this node alone. */
  RuleSet rules() {
    return rules;
  }

  /** Whether this node or one below it has rules. */
  boolean hasRules() {
    return hasRules;
  }

  private static Pattern pattern(String text) {
    try {
      return text.isEmpty() ? null : Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      // Go's expressions that Java has not are not checked rather than refused.
      return null;
    }
  }

  /** {@code object}, {@code string} ...; empty when the schema names none. */
  String type() {
    return source.path("type").asString("");
  }

  Map<String, Structural> properties() {
    return properties;
  }

  /** The schema of values of free keys; null when there is none. */
  Structural additionalProperties() {
    return additionalProperties;
  }

  /** The schema of list items; null when there is none. */
  Structural items() {
    return items;
  }

  /** The schemas under {@code allOf}, {@code anyOf} or {@code oneOf}. */
  List<Structural> alternatives(String word) {
    return alternatives.get(word);
  }

  /** The schema that must not hold; null when there is none. */
  Structural not() {
    return not;
  }

  /** The pattern of strings; null when there is none. */
  Pattern pattern() {
    return pattern;
  }

  /** A member's schema: a property's, else that of free keys; null when the member is unknown. */
  Structural member(String key) {
    Structural property = properties.get(key);
    return property == null ? additionalProperties : property;
  }

  boolean allowsAnyKey() {
    return source.path("additionalProperties").asBoolean(false);
  }

  boolean nullable() {
    return flag("nullable");
  }

  boolean preservesUnknownFields() {
    return flag("x-kubernetes-preserve-unknown-fields");
  }

  boolean intOrString() {
    return flag("x-kubernetes-int-or-string");
  }

  boolean embeddedResource() {
    return flag("x-kubernetes-embedded-resource");
  }

  private boolean flag(String name) {
    return source.path(name).asBoolean(false);
  }

  String listType() {
    return source.path("x-kubernetes-list-type").asString("");
  }

  List<String> listMapKeys() {
    return strings("x-kubernetes-list-map-keys");
  }

  List<String> required() {
    return strings("required");
  }

  private List<String> strings(String field) {
    List<String> values = new ArrayList<>();
    source.path(field).forEach(value -> values.add(value.asString()));
    return values;
  }

  /** A keyword's value as it is written; missing when it is not. */
  JsonNode word(String keyword) {
    return source.path(keyword);
  }
}
