package dev.mlk.practice.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * The shape of one value of an API: a struct with named fields, a map, a list or a scalar, with
 * what server-side apply and strategic merge must know about it. Fields are read on first use, so a
 * kind costs only what is looked at.
 */
public final class TypeSchema {
  /** Kinds of value. */
  public enum Shape {
    /** Named fields. */
    OBJECT,
    /** Free keys with values of one type. */
    MAP,
    /** Items of one type. */
    LIST,
    /** Text. */
    STRING,
    /** Whole number of 32 bits. */
    INT32,
    /** Whole number of 64 bits. */
    INT64,
    /** Any number. */
    DOUBLE,
    /** True or false. */
    BOOLEAN,
    /** Base64 text. */
    BYTES,
    /** RFC 3339 time in seconds. */
    TIME,
    /** RFC 3339 time with microseconds. */
    MICRO_TIME,
    /** Whole number or text. */
    INT_OR_STRING,
    /** Amount such as {@code 500m}. */
    QUANTITY,
    /** Anything. */
    ANY
  }

  /** How lists merge in server-side apply. */
  public enum ListType {
    /** One value, owned as a whole. */
    ATOMIC,
    /** Scalars, each owned by itself. */
    SET,
    /** Structs, each owned by itself and told apart by key fields. */
    MAP
  }

  /**
   * A named field of a struct.
   *
   * @param name its JSON name
   * @param type its value
   * @param required whether OpenAPI lists it as required
   * @param merges whether strategic merge merges the list or struct instead of replacing it
   * @param mergeKey the key that tells items apart in strategic merge; empty for none
   * @param retainKeys whether strategic merge drops the keys of a one-of struct that a patch leaves
   *     out
   * @param embedded the embedded Go structs that the field sits in, joined by dots; empty for none
   * @param keep whether Go writes it even when it is empty
   * @param zeroIsAbsent whether an empty value is the same as none, as for Go fields that are no
   *     pointers
   */
  public record Field(
      String name,
      TypeSchema type,
      boolean required,
      boolean merges,
      String mergeKey,
      boolean retainKeys,
      String embedded,
      boolean keep,
      boolean zeroIsAbsent) {
    /** A field about which nothing else is known. */
    static Field plain(String name, TypeSchema type, boolean required) {
      return new Field(name, type, required, false, "", false, "", false, false);
    }
  }

  /** Facts about a value beyond its shape. */
  record Traits(
      String goType,
      ListType listType,
      List<String> mapKeys,
      boolean atomic,
      List<String> legal,
      String defaultText) {
    static final Traits NONE = new Traits("", ListType.ATOMIC, List.of(), false, List.of(), "");

    Traits {
      mapKeys = List.copyOf(mapKeys);
      legal = List.copyOf(legal);
    }

    static Traits go(String goType) {
      return new Traits(goType, ListType.ATOMIC, List.of(), false, List.of(), "");
    }
  }

  private final Shape shape;
  private final String name;
  private final Supplier<TypeSchema> element;
  private final Supplier<SequencedMap<String, Field>> fieldSource;
  private final Traits traits;
  private volatile SequencedMap<String, Field> fields;
  private volatile TypeSchema resolvedElement;

  private TypeSchema(
      Shape shape,
      String name,
      Supplier<TypeSchema> element,
      Supplier<SequencedMap<String, Field>> fieldSource,
      Traits traits) {
    this.shape = shape;
    this.name = name;
    this.element = element;
    this.fieldSource = fieldSource;
    this.traits = traits;
  }

  /** A struct; {@code name} is its OpenAPI definition. */
  static TypeSchema object(
      String name, Supplier<SequencedMap<String, Field>> fields, Traits traits) {
    return new TypeSchema(Shape.OBJECT, name, () -> null, fields, traits);
  }

  /** A struct whose undeclared fields are kept and have type {@code others}. */
  static TypeSchema openObject(
      SequencedMap<String, Field> fields, TypeSchema others, Traits traits) {
    return new TypeSchema(Shape.OBJECT, "", () -> others, () -> fields, traits);
  }

  static TypeSchema map(Supplier<TypeSchema> values, Traits traits) {
    return new TypeSchema(Shape.MAP, "", values, java.util.LinkedHashMap::new, traits);
  }

  static TypeSchema list(Supplier<TypeSchema> items, Traits traits) {
    return new TypeSchema(Shape.LIST, "", items, java.util.LinkedHashMap::new, traits);
  }

  /** A scalar or anything; {@code name} is its OpenAPI definition where it has one. */
  static TypeSchema scalar(Shape shape, String name, Traits traits) {
    return new TypeSchema(shape, name, () -> null, java.util.LinkedHashMap::new, traits);
  }

  /** The same type with other facts. */
  TypeSchema with(Traits other) {
    return new TypeSchema(shape, name, element, fieldSource, other);
  }

  /** What kind of value it is. */
  public Shape shape() {
    return shape;
  }

  /**
   * The OpenAPI definition's name, such as {@code io.k8s.api.core.v1.PodSpec}; empty for types
   * without one.
   */
  public String name() {
    return name;
  }

  /** The declared fields by name, in alphabetical order; empty for everything but structs. */
  public SequencedMap<String, Field> fields() {
    SequencedMap<String, Field> known = fields;
    if (known == null) {
      known = fieldSource.get();
      fields = known;
    }
    return known;
  }

  /** One declared field. */
  public Optional<Field> field(String fieldName) {
    return Optional.ofNullable(fields().get(fieldName));
  }

  /** The type of list items and map values, and of undeclared fields where a struct keeps them. */
  public Optional<TypeSchema> element() {
    TypeSchema known = resolvedElement;
    if (known == null) {
      known = element.get();
      resolvedElement = known;
    }
    return Optional.ofNullable(known);
  }

  /** The type of the member called {@code key}: a declared field's, else that of any member. */
  public Optional<TypeSchema> member(String key) {
    Field field = fields().get(key);
    return field == null ? element() : Optional.of(field.type());
  }

  /** How the list merges in server-side apply. */
  public ListType listType() {
    return traits.listType();
  }

  /** The fields that tell items of a keyed list apart. */
  public List<String> mapKeys() {
    return traits.mapKeys();
  }

  /** Whether server-side apply takes the struct or map as one value. */
  public boolean atomic() {
    return traits.atomic();
  }

  /** The legal values as OpenAPI shows them; empty when there is no such list. */
  public List<String> legalValues() {
    return traits.legal();
  }

  /** The default that the schema names, as text; empty for none. */
  public String defaultText() {
    return traits.defaultText();
  }

  /** The value's Go type as decoding errors name it, such as {@code []v1.Container}. */
  public String goType() {
    return traits.goType();
  }

  Traits traits() {
    return traits;
  }

  /** The type at a path of field names, for those who look up one part of a kind. */
  public Optional<TypeSchema> at(String... path) {
    TypeSchema current = this;
    for (String step : path) {
      Optional<TypeSchema> next =
          current.shape == Shape.LIST
              ? current.element().flatMap(e -> e.member(step))
              : current.member(step);
      if (next.isEmpty()) {
        return next;
      }
      current = next.get();
    }
    return Optional.of(current);
  }

  /** Whether the value is a single one: no struct, map or list. */
  boolean isScalar() {
    return switch (shape) {
      case OBJECT, MAP, LIST, ANY -> false;
      case STRING,
          INT32,
          INT64,
          DOUBLE,
          BOOLEAN,
          BYTES,
          TIME,
          MICRO_TIME,
          INT_OR_STRING,
          QUANTITY ->
          true;
    };
  }

  /** For debugging. */
  @Override
  public String toString() {
    return name.isEmpty() ? shape + Map.of("go", traits.goType()).toString() : name;
  }
}
