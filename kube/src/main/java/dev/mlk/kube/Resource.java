package dev.mlk.kube;

/**
 * A resource as its path names it.
 *
 * @param group the API group, empty for the core group
 * @param version the API version, such as {@code v1}
 * @param plural the name in the path, such as {@code pods}
 * @param kind the kind of its objects, such as {@code Pod}
 * @param namespaced whether its objects live in namespaces
 */
public record Resource(
    String group, String version, String plural, String kind, boolean namespaced) {

  /** A namespaced resource. */
  public static Resource namespaced(String group, String version, String plural, String kind) {
    return new Resource(group, version, plural, kind, true);
  }

  /** A cluster-wide resource. */
  public static Resource cluster(String group, String version, String plural, String kind) {
    return new Resource(group, version, plural, kind, false);
  }

  /** {@code v1} or {@code apps/v1}, as {@code apiVersion} holds it. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code pods} or {@code jobs.batch}, as messages name it. */
  public String qualifiedName() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /**
   * The collection's path.
   *
   * @param namespace the namespace, or empty for all namespaces or a cluster-wide resource
   */
  public String path(String namespace) {
    String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    return root
        + (namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "")
        + "/"
        + plural;
  }

  /** One object's path. */
  public String path(String namespace, String name) {
    return path(namespace) + "/" + name;
  }

  /** One object's subresource, such as {@code status}. */
  public String path(String namespace, String name, String subresource) {
    return path(namespace, name) + "/" + subresource;
  }
}
