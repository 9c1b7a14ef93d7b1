package dev.mlk.practice.api.catalog;

import dev.mlk.kube.Resource;
import dev.mlk.practice.kind.Kind;
import dev.mlk.practice.kind.KindRules;
import dev.mlk.practice.schema.TypeSchema;
import java.util.Optional;

/**
 * A kind as one version of its group serves it.
 *
 * @param kind names, verbs, subresources and rules
 * @param type the shape of its objects, empty when nothing is known of it
 * @param custom what a custom resource definition says beyond that, empty for built-in kinds
 */
public record Served(Kind kind, Optional<TypeSchema> type, Optional<CustomKind> custom) {
  /** Group, version, plural, kind and scope. */
  public Resource resource() {
    return kind.resource();
  }

  /** Defaults, validation and table. */
  public KindRules rules() {
    return kind.rules();
  }

  /** The {@code apiVersion} in which objects are stored. */
  public String storedApiVersion() {
    if (translated()) {
      return "v1";
    }
    return custom
        .map(more -> resource().group() + "/" + more.storageVersion())
        .orElse(resource().apiVersion());
  }

  /** Whether the subresource is served. */
  public boolean has(String subresource) {
    return kind.subresources().stream().anyMatch(sub -> sub.name().equals(subresource));
  }

  /** The store's key of an object; the namespace is empty for cluster-wide kinds. */
  public String key(String namespace, String name) {
    return prefix(namespace) + (resource().namespaced() ? "" : "/") + name;
  }

  /** Whether it shows objects of the core group in another form: events are in two groups. */
  public boolean translated() {
    return resource().group().equals("events.k8s.io");
  }

  /** The store's prefix of all objects, or those of one namespace. */
  public String prefix(String namespace) {
    String all = (translated() ? "events" : resource().qualifiedName()) + "/";
    return namespace.isEmpty() ? all : all + namespace + "/";
  }
}
