import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Signature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;

/**
 * Writes the schemas of the built-in kinds for the practice cluster, from the jar of Kubernetes' Java model classes and our
 * table of facts: {@code types.txt}, one line a type, and {@code descriptions.txt}, one line a text. Run by the build with
 * {@code java GenerateSchemas.java JAR FACTS FOLDER}; needs nothing but the JDK.
 */
final class GenerateSchemas {
  private static final String MODELS = "io/kubernetes/client/openapi/models/";

  private final JarFile jar;

  /** Facts by type, then by field; the fact about the type itself has the empty name. */
  private final Map<String, Map<String, String>> facts = new LinkedHashMap<>();

  private final Map<String, String> groupVersions = new HashMap<>();
  private final Map<String, String> typeByClass = new HashMap<>();
  private final TreeMap<String, String> types = new TreeMap<>();
  private final TreeMap<String, String> descriptions = new TreeMap<>();

  private GenerateSchemas(JarFile jar) {
    this.jar = jar;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[2]));
    try (JarFile jar = new JarFile(arguments[0])) {
      GenerateSchemas run = new GenerateSchemas(jar);
      run.readFacts(Files.readAllLines(Path.of(arguments[1])));
      run.facts.keySet().forEach(run::generate);
      Files.write(folder.resolve("types.txt"), run.types.values());
      Files.write(
          folder.resolve("descriptions.txt"),
          run.descriptions.entrySet().stream().map(e -> e.getKey() + "\t" + escape(e.getValue())).toList());
    }
  }

  private void readFacts(List<String> lines) {
    String prefix = "";
    String groupVersion = "";
    Map<String, String> current = Map.of();
    for (String line : lines) {
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      String[] words = line.strip().split(" ", 2);
      String rest = words.length > 1 ? words[1] : "";
      if (words[0].equals("package")) {
        prefix = rest.substring(0, rest.indexOf(' '));
        groupVersion = rest.substring(rest.indexOf(' ') + 1);
      } else if (line.startsWith("  ")) {
        current.put(words[0], rest);
      } else {
        String name = prefix + "." + words[0];
        current = new LinkedHashMap<>();
        current.put("", rest);
        facts.put(name, current);
        groupVersions.put(name, groupVersion);
        typeByClass.put(modelClass(name), name);
      }
    }
  }

  /** Model classes are called by version and type, with the group in front where two groups share a name. */
  private String modelClass(String type) {
    String[] parts = type.split("\\.");
    String group = capital(parts[parts.length - 3]);
    String version = capital(parts[parts.length - 2]);
    String name = parts[parts.length - 1];
    String withGroup = group + version + name;
    return jar.getEntry(MODELS + withGroup + ".class") != null ? withGroup : version + name;
  }

  private void generate(String type) {
    ClassModel model = read(modelClass(type));
    Map<String, String> known = facts.get(type);
    annotation(model.findAttribute(Attributes.runtimeVisibleAnnotations()).map(a -> a.annotations()), "ApiModel")
        .ifPresent(a -> descriptions.put(type, text(a, "description")));
    Map<String, Annotation> properties = properties(model);
    StringBuilder line = new StringBuilder(type);
    line.append('\t').append(known.get("").replace("kind", "kind=" + groupVersions.get(type)));
    int used = 0;
    TreeMap<String, String> fields = new TreeMap<>();
    for (FieldModel field : model.fields()) {
      Optional<Annotation> name =
          annotation(field.findAttribute(Attributes.runtimeVisibleAnnotations()).map(a -> a.annotations()), "SerializedName");
      if (name.isEmpty()) {
        continue;
      }
      String json = text(name.get(), "value");
      Annotation property = properties.get(accessorName(field.fieldName().stringValue()));
      String fact = known.getOrDefault(json, "");
      used += known.containsKey(json) ? 1 : 0;
      StringBuilder words = new StringBuilder(json);
      words.append(' ').append(valueType(field, type, fact));
      if (property != null && flag(property, "required")) {
        words.append(" required");
      }
      fields.put(json, fact.isEmpty() ? words.toString() : words + " " + withoutTypes(fact));
      if (property != null) {
        descriptions.put(type + " " + json, text(property, "value"));
      }
    }
    if (used != known.size() - 1) {
      throw new IllegalStateException("facts about fields that " + type + " lacks: " + known.keySet() + " " + fields.keySet());
    }
    fields.values().forEach(words -> line.append('\t').append(words.strip()));
    types.put(type, line.toString());
  }

  private String valueType(FieldModel field, String owner, String fact) {
    for (String word : fact.split(" ")) {
      if (word.startsWith("type=")) {
        return special(word.substring(5));
      }
    }
    Signature signature =
        field
            .findAttribute(Attributes.signature())
            .map(a -> a.asTypeSignature())
            .orElseGet(() -> Signature.of(field.fieldTypeSymbol()));
    return typeText(signature, owner, fact);
  }

  private String typeText(Signature signature, String owner, String fact) {
    if (signature instanceof Signature.ArrayTypeSig) {
      return "bytes";
    }
    Signature.ClassTypeSig type = (Signature.ClassTypeSig) signature;
    String name = type.className().substring(type.className().lastIndexOf('/') + 1);
    return switch (name) {
      case "String" -> "string";
      case "Integer" -> "int32";
      case "Long" -> "int64";
      case "Double" -> "double";
      case "Boolean" -> "bool";
      case "OffsetDateTime" -> "time";
      case "IntOrString" -> "intOrString";
      case "Quantity" -> "quantity";
      case "List" -> "[]" + element(type, 0, owner, fact);
      case "Map" -> "{}" + element(type, 1, owner, fact);
      case "Object" -> special(word(fact, "element="));
      default -> "@" + reference(name, owner);
    };
  }

  private String element(Signature.ClassTypeSig type, int index, String owner, String fact) {
    return typeText(((Signature.TypeArg.Bounded) type.typeArgs().get(index)).boundType(), owner, fact);
  }

  private static String special(String name) {
    return switch (name) {
      case "MicroTime" -> "microTime";
      case "" -> throw new IllegalStateException("a field of type Object without a fact");
      default -> "any." + name;
    };
  }

  private static String word(String fact, String start) {
    for (String word : fact.split(" ")) {
      if (word.startsWith(start)) {
        return word.substring(start.length());
      }
    }
    return "";
  }

  private static String withoutTypes(String fact) {
    StringBuilder kept = new StringBuilder();
    for (String word : fact.split(" ")) {
      if (!word.startsWith("type=") && !word.startsWith("element=")) {
        kept.append(kept.isEmpty() ? "" : " ").append(word);
      }
    }
    return kept.toString();
  }

  private String reference(String modelClass, String owner) {
    String type = typeByClass.get(modelClass);
    if (type == null) {
      throw new IllegalStateException(owner + " refers to " + modelClass + ", which the table of facts does not list");
    }
    String home = owner.substring(0, owner.lastIndexOf('.') + 1);
    String name = type.substring(type.lastIndexOf('.') + 1);
    return type.equals(home + name) ? name : type;
  }

  private static Map<String, Annotation> properties(ClassModel model) {
    Map<String, Annotation> found = new HashMap<>();
    for (MethodModel method : model.methods()) {
      String name = method.methodName().stringValue();
      annotation(method.findAttribute(Attributes.runtimeVisibleAnnotations()).map(a -> a.annotations()), "ApiModelProperty")
          .ifPresent(a -> found.put(name.substring(name.startsWith("is") ? 2 : 3).toLowerCase(java.util.Locale.ROOT), a));
    }
    return found;
  }

  private static String accessorName(String field) {
    String name = field.startsWith("_") ? field.substring(1) : field;
    return name.toLowerCase(java.util.Locale.ROOT);
  }

  private static Optional<Annotation> annotation(Optional<List<Annotation>> annotations, String simpleName) {
    return annotations.orElse(List.of()).stream()
        .filter(a -> a.className().stringValue().endsWith("/" + simpleName + ";"))
        .findFirst();
  }

  private static String text(Annotation annotation, String element) {
    for (AnnotationElement each : annotation.elements()) {
      if (each.name().stringValue().equals(element) && each.value() instanceof AnnotationValue.OfString value) {
        return value.stringValue();
      }
    }
    return "";
  }

  private static boolean flag(Annotation annotation, String element) {
    for (AnnotationElement each : annotation.elements()) {
      if (each.name().stringValue().equals(element) && each.value() instanceof AnnotationValue.OfBoolean value) {
        return value.booleanValue();
      }
    }
    return false;
  }

  private ClassModel read(String modelClass) {
    try (InputStream in = jar.getInputStream(jar.getEntry(MODELS + modelClass + ".class"))) {
      return ClassFile.of().parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("model class " + modelClass, e);
    }
  }

  private static String capital(String word) {
    return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
  }
}
