package dev.mlk.practice.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The types of Kubernetes' own kinds. One text with a line a type is read at first use; a line is
 * understood when its type is asked for.
 */
public final class Schemas {
  private static final class BuiltIn {
    static final Schemas INSTANCE = new Schemas(read("types.txt"));
  }

  private final String text;
  private final Map<String, Integer> lines = new HashMap<>(1024);
  private final Map<String, String> kinds = new HashMap<>(512);
  private final Map<String, TypeSchema> types = new ConcurrentHashMap<>();

  private Schemas(String text) {
    this.text = text;
    int start = 0;
    while (start < text.length()) {
      int nameEnd = text.indexOf('\t', start);
      int traitsEnd = text.indexOf('\t', nameEnd + 1);
      int end = text.indexOf('\n', nameEnd);
      String name = text.substring(start, nameEnd);
      lines.put(name, nameEnd + 1);
      String traits =
          text.substring(nameEnd + 1, traitsEnd < 0 || traitsEnd > end ? end : traitsEnd);
      if (traits.startsWith("kind=")) {
        int blank = traits.indexOf(' ');
        String groupVersion = blank < 0 ? traits.substring(5) : traits.substring(5, blank);
        kinds.put(groupVersion + "/" + name.substring(name.lastIndexOf('.') + 1), name);
      }
      start = end + 1;
    }
  }

  /** The types of Kubernetes 1.35's groups. */
  public static Schemas builtIn() {
    return BuiltIn.INSTANCE;
  }

  /**
   * The type of a kind; empty when it is none of Kubernetes' own.
   *
   * @param group the API group, empty for the core group
   */
  public Optional<TypeSchema> find(String group, String version, String kind) {
    String definition = kinds.get((group.isEmpty() ? version : group + "/" + version) + "/" + kind);
    return definition == null ? Optional.empty() : Optional.of(definition(definition));
  }

  /** The type of what a DELETE may say in its body. */
  public TypeSchema deleteOptions() {
    return definition("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions");
  }

  /** The names of all definitions. */
  List<String> names() {
    List<String> names = new ArrayList<>(lines.keySet());
    names.sort(null);
    return names;
  }

  /** Group and version of each kind by definition name, such as {@code apps/v1/Deployment}. */
  Map<String, String> kinds() {
    return Map.copyOf(kinds);
  }

  /** A type by its OpenAPI name. */
  TypeSchema definition(String name) {
    TypeSchema known = types.get(name);
    if (known != null) {
      return known;
    }
    Integer start = lines.get(name);
    if (start == null) {
      throw new IllegalArgumentException("no type " + name);
    }
    TypeSchema made =
        new TypeLine(this, name, text.substring(start, text.indexOf('\n', start))).type();
    TypeSchema raced = types.putIfAbsent(name, made);
    return raced == null ? made : raced;
  }

  static String read(String resource) {
    try (InputStream in = Schemas.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
