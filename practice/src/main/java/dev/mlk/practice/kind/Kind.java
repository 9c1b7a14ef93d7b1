package dev.mlk.practice.kind;

import dev.mlk.kube.Resource;
import java.util.List;

/**
 * A built-in kind as discovery lists it, with the rules for its objects.
 *
 * @param resource group, version, plural, kind and whether namespaced
 * @param singular the singular name
 * @param shortNames short names, such as {@code po}
 * @param categories categories, such as {@code all}
 * @param verbs the verbs in alphabetical order
 * @param subresources its subresources, in discovery's order
 * @param rules defaults, validation and table of its objects
 */
public record Kind(
    Resource resource,
    String singular,
    List<String> shortNames,
    List<String> categories,
    List<String> verbs,
    List<Subresource> subresources,
    KindRules rules) {
  public Kind {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    verbs = List.copyOf(verbs);
    subresources = List.copyOf(subresources);
  }

  /**
   * A subresource such as {@code status}, {@code log} or {@code scale}.
   *
   * @param name the path's last part
   * @param group the group of the kind that it takes and gives
   * @param version the version of that kind
   * @param kind that kind, such as {@code Scale} or {@code PodExecOptions}
   * @param verbs its verbs in alphabetical order
   */
  public record Subresource(
      String name, String group, String version, String kind, List<String> verbs) {
    public Subresource {
      verbs = List.copyOf(verbs);
    }
  }
}
