package dev.mlk.practice.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The types of shapes for the checker. Objects are structs with names of their own. */
final class Types {
  private final Map<String, CelType> structs = new LinkedHashMap<>();

  /** The type of a shape. */
  CelType of(Shape shape) {
    return switch (shape.type()) {
      case BOOL -> SimpleType.BOOL;
      case INT -> SimpleType.INT;
      case DOUBLE -> SimpleType.DOUBLE;
      case STRING -> SimpleType.STRING;
      case BYTES -> SimpleType.BYTES;
      case TIMESTAMP, DATE -> SimpleType.TIMESTAMP;
      case DURATION -> SimpleType.DURATION;
      case ANY -> SimpleType.DYN;
      case LIST -> ListType.create(of(shape.element()));
      case MAP -> MapType.create(SimpleType.STRING, of(shape.element()));
      case OBJECT -> struct(shape);
    };
  }

  private CelType struct(Shape shape) {
    ImmutableMap.Builder<String, CelType> builder = ImmutableMap.builder();
    shape.fields().forEach((name, field) -> builder.put(name, of(field.shape())));
    ImmutableMap<String, CelType> fields = builder.buildOrThrow();
    String name = "selfType" + (structs.size() + 1);
    StructType struct =
        StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    structs.put(name, struct);
    return struct;
  }

  /** The structs so far, for the checker to look up. */
  CelTypeProvider provider() {
    return new Structs(ImmutableMap.copyOf(structs));
  }

  private record Structs(ImmutableMap<String, CelType> byName) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return byName.values();
    }

    @Override
    public Optional<CelType> findType(String name) {
      return Optional.ofNullable(byName.get(name));
    }
  }
}
