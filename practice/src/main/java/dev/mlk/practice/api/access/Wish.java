package dev.mlk.practice.api.access;

import dev.mlk.practice.status.ApiError;

/**
 * What somebody wants to do.
 *
 * @param verb get, list, create ...
 * @param path the path when it is no resource, else empty
 * @param group the resource's group
 * @param plural the resource
 * @param subresource the subresource, empty for none
 * @param namespace the namespace, empty for cluster-wide
 * @param name the object, empty for a collection
 */
public record Wish(
    String verb,
    String path,
    String group,
    String plural,
    String subresource,
    String namespace,
    String name) {
  /** A wish about a resource. */
  public static Wish resource(
      String verb, String group, String plural, String subresource, String namespace, String name) {
    return new Wish(verb, "", group, plural, subresource, namespace, name);
  }

  /** A wish about a path. */
  public static Wish path(String verb, String path) {
    return new Wish(verb, path, "", "", "", "", "");
  }

  /** {@code pods} or {@code pods/log}. */
  String whole() {
    return subresource.isEmpty() ? plural : plural + "/" + subresource;
  }

  /** The refusal. */
  ApiError refusal(User user, String more) {
    if (!path.isEmpty()) {
      return ApiError.forbiddenPath(
          "User \"" + user.name() + "\" cannot " + verb + " path \"" + path + "\"" + more);
    }
    String scope =
        namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"";
    return ApiError.forbidden(
        plural,
        group,
        name,
        "User \""
            + user.name()
            + "\" cannot "
            + verb
            + " resource \""
            + whole()
            + "\" in API group \""
            + group
            + "\" "
            + scope
            + more);
  }
}
