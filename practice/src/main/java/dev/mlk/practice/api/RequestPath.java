package dev.mlk.practice.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A path below {@code /api} or {@code /apis}, taken apart.
 *
 * @param group the group, empty for core
 * @param version the version, empty when the path ends before it
 * @param namespace the namespace, empty for none
 * @param plural the resource, empty when the path ends before it
 * @param name the object's name, empty for a collection
 * @param subresource what follows the name, empty for none
 * @param oldWatch whether the path is of the old form {@code /watch/...}
 */
record RequestPath(
    String group,
    String version,
    String namespace,
    String plural,
    String name,
    String subresource,
    boolean oldWatch) {

  /** Subresources of namespaces themselves, which look like resources inside them. */
  private static final List<String> OF_NAMESPACES = List.of("status", "finalize");

  /** Takes a path apart that begins with {@code /api/} or {@code /apis/}. */
  static RequestPath of(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.substring(1).split("/", -1)) {
      parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    boolean core = parts.getFirst().equals("api");
    String group = core ? "" : at(parts, 1);
    int next = core ? 1 : 2;
    String version = at(parts, next);
    List<String> rest = parts.size() > next + 1 ? parts.subList(next + 1, parts.size()) : List.of();
    boolean oldWatch = rest.size() > 1 && rest.getFirst().equals("watch");
    if (oldWatch) {
      rest = rest.subList(1, rest.size());
    }
    boolean inNamespace =
        rest.size() > 2
            && rest.getFirst().equals("namespaces")
            && !(rest.size() == 3 && OF_NAMESPACES.contains(rest.get(2)));
    String namespace = inNamespace ? rest.get(1) : "";
    if (inNamespace) {
      rest = rest.subList(2, rest.size());
    }
    String below = rest.size() > 2 ? String.join("/", rest.subList(2, rest.size())) : "";
    if (core && below.startsWith("proxy/")) {
      // What follows is the other server's.
      below = "proxy";
    }
    return new RequestPath(group, version, namespace, at(rest, 0), at(rest, 1), below, oldWatch);
  }

  private static String at(List<String> parts, int index) {
    return index < parts.size() ? parts.get(index) : "";
  }
}
