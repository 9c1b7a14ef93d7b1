package dev.mlk.practice.schema;

import dev.mlk.practice.schema.TypeSchema.Field;
import dev.mlk.practice.schema.TypeSchema.ListType;
import dev.mlk.practice.schema.TypeSchema.Shape;
import dev.mlk.practice.schema.TypeSchema.Traits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Understands one line of types.txt: a type's facts, then its fields as words, parted by tabs. */
final class TypeLine {
  private static final String API = "io.k8s.apimachinery.pkg.";

  private final Schemas schemas;
  private final String name;
  private final String line;

  TypeLine(Schemas schemas, String name, String line) {
    this.schemas = schemas;
    this.name = name;
    this.line = line;
  }

  TypeSchema type() {
    int tab = line.indexOf('\t');
    boolean atomic = (tab < 0 ? line : line.substring(0, tab)).endsWith("atomic");
    Traits traits = new Traits(goName(name), ListType.ATOMIC, List.of(), atomic, List.of(), "");
    return TypeSchema.object(name, this::fields, traits);
  }

  private SequencedMap<String, Field> fields() {
    SequencedMap<String, Field> fields = new LinkedHashMap<>();
    int tab = line.indexOf('\t');
    while (tab >= 0) {
      int next = line.indexOf('\t', tab + 1);
      Field field = field(line.substring(tab + 1, next < 0 ? line.length() : next).split(" "));
      fields.put(field.name(), field);
      tab = next;
    }
    return fields;
  }

  private Field field(String[] words) {
    Words facts = new Words(words);
    TypeSchema type = typed(words[1], facts);
    String mergeKey = facts.value("merge=");
    boolean merges = !mergeKey.isEmpty() || facts.has("merge");
    boolean stringLike = type.shape() == Shape.STRING || type.shape() == Shape.BYTES;
    boolean collection = type.shape() == Shape.LIST || type.shape() == Shape.MAP;
    boolean zeroIsAbsent = stringLike ? !facts.has("pointer") : collection || facts.has("value");
    return new Field(
        words[0],
        type,
        facts.has("required"),
        merges,
        mergeKey,
        facts.has("retainKeys"),
        facts.value("in="),
        facts.has("keep"),
        zeroIsAbsent);
  }

  private TypeSchema typed(String text, Words facts) {
    String go = facts.value("go=");
    String keys = facts.value("map=");
    ListType listType =
        !keys.isEmpty() ? ListType.MAP : facts.has("set") ? ListType.SET : ListType.ATOMIC;
    List<String> legal = facts.list("enum=");
    if (isCollection(text)) {
      List<String> mapKeys = keys.isEmpty() ? List.of() : List.of(keys.split(","));
      boolean atomic = text.startsWith("{}") && facts.has("atomic");
      Traits traits = new Traits(go, listType, mapKeys, atomic, legal, "");
      return collection(text, traits, facts.list("elementEnum="));
    }
    TypeSchema plain = plain(text, go, legal);
    String defaultText = facts.value("default=");
    boolean granular = facts.has("granular");
    if (facts.has("atomic") || granular || !defaultText.isEmpty()) {
      boolean atomic = !granular && (plain.atomic() || facts.has("atomic"));
      return plain.with(
          new Traits(plain.goType(), ListType.ATOMIC, List.of(), atomic, legal, defaultText));
    }
    return plain;
  }

  private static boolean isCollection(String text) {
    return text.startsWith("[]") || text.startsWith("{}");
  }

  private TypeSchema collection(String text, Traits traits, List<String> elementLegal) {
    boolean list = text.startsWith("[]");
    String go = traits.goType();
    String elementGo = go.startsWith("[]") ? go.substring(2) : afterMap(go);
    TypeSchema element = plain(text.substring(2), elementGo, elementLegal);
    String own = !go.isEmpty() ? go : (list ? "[]" : "map[string]") + element.goType();
    Traits named =
        new Traits(own, traits.listType(), traits.mapKeys(), traits.atomic(), traits.legal(), "");
    return list ? TypeSchema.list(() -> element, named) : TypeSchema.map(() -> element, named);
  }

  private static String afterMap(String go) {
    return go.startsWith("map[") ? go.substring(go.indexOf(']') + 1) : "";
  }

  private TypeSchema plain(String text, String go, List<String> legal) {
    if (text.startsWith("@")) {
      String target = text.substring(1);
      String home = name.substring(0, name.lastIndexOf('.') + 1);
      return schemas.definition(target.indexOf('.') < 0 ? home + target : target);
    }
    if (isCollection(text)) {
      return collection(text, Traits.go(go), List.of());
    }
    if (text.startsWith("any.")) {
      String anyName = text.substring(4);
      Traits traits = new Traits(anyGo(anyName), ListType.ATOMIC, List.of(), true, List.of(), "");
      return TypeSchema.scalar(Shape.ANY, anyDefinition(anyName), traits);
    }
    Shape shape = shape(text);
    String type = go.isEmpty() ? defaultGo(shape) : go;
    Traits traits = new Traits(type, ListType.ATOMIC, List.of(), false, legal, "");
    return TypeSchema.scalar(shape, definition(shape), traits);
  }

  private static Shape shape(String text) {
    return switch (text) {
      case "string" -> Shape.STRING;
      case "int32" -> Shape.INT32;
      case "int64" -> Shape.INT64;
      case "double" -> Shape.DOUBLE;
      case "bool" -> Shape.BOOLEAN;
      case "bytes" -> Shape.BYTES;
      case "time" -> Shape.TIME;
      case "microTime" -> Shape.MICRO_TIME;
      case "intOrString" -> Shape.INT_OR_STRING;
      case "quantity" -> Shape.QUANTITY;
      default -> throw new IllegalArgumentException("no shape " + text);
    };
  }

  private static String defaultGo(Shape shape) {
    return switch (shape) {
      case STRING -> "string";
      case INT32 -> "int32";
      case INT64 -> "int64";
      case DOUBLE -> "float64";
      case BOOLEAN -> "bool";
      case BYTES -> "[]uint8";
      case TIME -> "v1.Time";
      case MICRO_TIME -> "v1.MicroTime";
      case INT_OR_STRING -> "intstr.IntOrString";
      case QUANTITY -> "resource.Quantity";
      case OBJECT, MAP, LIST, ANY -> "";
    };
  }

  private static String definition(Shape shape) {
    return switch (shape) {
      case TIME -> API + "apis.meta.v1.Time";
      case MICRO_TIME -> API + "apis.meta.v1.MicroTime";
      case INT_OR_STRING -> API + "util.intstr.IntOrString";
      case QUANTITY -> API + "api.resource.Quantity";
      case STRING, INT32, INT64, DOUBLE, BOOLEAN, BYTES, OBJECT, MAP, LIST, ANY -> "";
    };
  }

  private static String anyDefinition(String name) {
    return switch (name) {
      case "RawExtension" -> API + "runtime.RawExtension";
      case "FieldsV1" -> API + "apis.meta.v1.FieldsV1";
      default -> "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1." + name;
    };
  }

  private static String anyGo(String name) {
    return name.equals("RawExtension") ? "runtime.RawExtension" : "v1." + name;
  }

  private static String goName(String definition) {
    int dot = definition.lastIndexOf('.');
    return definition.substring(definition.lastIndexOf('.', dot - 1) + 1);
  }

  /** The words behind a field's name and type. */
  private record Words(String[] words) {
    boolean has(String word) {
      for (int i = 2; i < words.length; i++) {
        if (words[i].equals(word)) {
          return true;
        }
      }
      return false;
    }

    String value(String start) {
      for (int i = 2; i < words.length; i++) {
        if (words[i].startsWith(start)) {
          return words[i].substring(start.length());
        }
      }
      return "";
    }

    List<String> list(String start) {
      String value = value(start);
      return value.isEmpty() ? List.of() : List.of(value.split(",", -1));
    }
  }
}
