package dev.mlk.tfjob.validation;

import java.util.ArrayList;
import java.util.List;

/**
 * Where something is in a manifest.
 *
 * @param field as Kubernetes writes it: {@code spec.tfReplicaSpecs[Worker].template}
 * @param segments member names and list indices from the root
 */
public record FieldPath(String field, List<String> segments) {
  /** The manifest itself. */
  public static final FieldPath ROOT = new FieldPath("", List.of());

  /** Copies the list. */
  public FieldPath {
    segments = List.copyOf(segments);
  }

  /** A path of members below the root. */
  public static FieldPath of(String... members) {
    FieldPath path = ROOT;
    for (String member : members) {
      path = path.member(member);
    }
    return path;
  }

  /** A member of an object with known members. */
  public FieldPath member(String name) {
    return with(field.isEmpty() ? name : field + "." + name, name);
  }

  /** An entry of a map. */
  public FieldPath key(String key) {
    return with(field + "[" + key + "]", key);
  }

  /** An entry of a list. */
  public FieldPath index(int index) {
    return with(field + "[" + index + "]", Integer.toString(index));
  }

  private FieldPath with(String longer, String segment) {
    List<String> all = new ArrayList<>(segments);
    all.add(segment);
    return new FieldPath(longer, all);
  }

  /** As a JSON pointer (RFC 6901), for finding the line. */
  public String pointer() {
    StringBuilder pointer = new StringBuilder();
    for (String segment : segments) {
      pointer.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  @Override
  public String toString() {
    return field;
  }
}
