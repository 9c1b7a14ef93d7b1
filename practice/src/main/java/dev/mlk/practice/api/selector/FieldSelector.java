package dev.mlk.practice.api.selector;

import dev.mlk.practice.kind.KindRules;
import dev.mlk.practice.status.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** A field selector such as {@code status.phase!=Running,metadata.name=a}. */
public final class FieldSelector {
  private static final FieldSelector EVERYTHING = new FieldSelector(List.of());
  private final List<Term> terms;

  private record Term(String field, boolean equal, String value) {}

  private FieldSelector(List<Term> terms) {
    this.terms = List.copyOf(terms);
  }

  /** Reads a selector; throws a 400 in Kubernetes' words. */
  public static FieldSelector parse(String text) {
    if (text.isBlank()) {
      return EVERYTHING;
    }
    List<Term> terms = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        terms.add(term(text, part));
      }
    }
    return new FieldSelector(terms);
  }

  private static Term term(String whole, String part) {
    int unequal = part.indexOf("!=");
    if (unequal > 0) {
      return new Term(part.substring(0, unequal), false, part.substring(unequal + 2));
    }
    int equal = part.indexOf('=');
    if (equal <= 0) {
      throw ApiError.badRequest(
          "invalid selector: '" + whole + "'; can't understand '" + part + "'");
    }
    int value = part.startsWith("==", equal) ? equal + 2 : equal + 1;
    return new Term(part.substring(0, equal), true, part.substring(value));
  }

  /** Whether it selects everything. */
  public boolean everything() {
    return terms.isEmpty();
  }

  /** The value that it asks for in a field, when it does. */
  public Optional<String> exact(String field) {
    return terms.stream()
        .filter(term -> term.equal && term.field.equals(field))
        .map(Term::value)
        .findFirst();
  }

  /** Throws a 400 when the kind does not know a field. */
  public void check(KindRules rules, ObjectNode example) {
    Map<String, String> known = rules.selectableFields(example);
    for (Term term : terms) {
      boolean common =
          term.field.equals("metadata.name") || term.field.equals("metadata.namespace");
      if (common || known.containsKey(term.field)) {
        continue;
      }
      throw ApiError.badRequest(
          rules.hasOwnFieldSelectors()
              ? "field label not supported: " + term.field
              : "\""
                  + term.field
                  + "\" is not a known field selector: only \"metadata.name\","
                  + " \"metadata.namespace\"");
    }
  }

  /**
   * Whether it selects the object.
   *
   * @param fields the value of a selectable field by its label; null where it has none
   */
  public boolean matches(UnaryOperator<String> fields) {
    // A loop: lists ask this for each of thousands of objects.
    for (Term term : terms) {
      String value = fields.apply(term.field);
      if (term.equal != term.value.equals(value == null ? "" : value)) {
        return false;
      }
    }
    return true;
  }
}
