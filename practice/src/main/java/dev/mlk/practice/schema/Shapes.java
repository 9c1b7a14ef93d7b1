package dev.mlk.practice.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Types put together by hand, for kinds that no server has been asked about. */
public final class Shapes {
  private Shapes() {}

  /**
   * A struct.
   *
   * @param name what to call it
   * @param fields its fields and their types
   */
  public static TypeSchema struct(String name, Map<String, TypeSchema> fields) {
    SequencedMap<String, TypeSchema.Field> known = new LinkedHashMap<>();
    fields.forEach((field, type) -> known.put(field, TypeSchema.Field.plain(field, type, false)));
    return TypeSchema.object(name, () -> known, TypeSchema.Traits.NONE);
  }

  /** A map with values of one type. */
  public static TypeSchema map(TypeSchema values) {
    return TypeSchema.map(() -> values, TypeSchema.Traits.NONE);
  }

  /** A scalar, or anything. */
  public static TypeSchema scalar(TypeSchema.Shape shape) {
    return TypeSchema.scalar(shape, "", TypeSchema.Traits.NONE);
  }
}
