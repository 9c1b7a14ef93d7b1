package dev.mlk.kube;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which objects of a resource to look at.
 *
 * @param namespace one namespace, empty for all
 * @param labels a label selector, empty for all
 * @param fields a field selector, empty for all
 */
public record Scope(String namespace, String labels, String fields) {
  /** Everything. */
  public static final Scope ALL = new Scope("", "", "");

  /** All objects of one namespace. */
  public static Scope namespace(String namespace) {
    return new Scope(namespace, "", "");
  }

  Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    if (!labels.isEmpty()) {
      query.put("labelSelector", labels);
    }
    if (!fields.isEmpty()) {
      query.put("fieldSelector", fields);
    }
    return query;
  }
}
