package dev.mlk.practice.kind;

import dev.mlk.kube.Resource;
import dev.mlk.practice.kind.Kind.Subresource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts a kind's discovery entry together; what is not said is what most kinds have. */
final class KindBuilder {
  private static final List<String> ALL_VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  private final Resource resource;
  private final List<Subresource> subresources = new ArrayList<>();
  private List<String> verbs = ALL_VERBS;
  private List<String> shortNames = List.of();
  private List<String> categories = List.of();

  private KindBuilder(Resource resource) {
    this.resource = resource;
  }

  static KindBuilder of(Resource resource) {
    return new KindBuilder(resource);
  }

  static KindBuilder namespaced(String group, String version, String plural, String kind) {
    return new KindBuilder(Resource.namespaced(group, version, plural, kind));
  }

  static KindBuilder cluster(String group, String version, String plural, String kind) {
    return new KindBuilder(Resource.cluster(group, version, plural, kind));
  }

  KindBuilder shortNames(String... names) {
    shortNames = List.of(names);
    return this;
  }

  KindBuilder category(String name) {
    categories = List.of(name);
    return this;
  }

  KindBuilder verbs(String... names) {
    verbs = List.of(names);
    return this;
  }

  /** A subresource that takes and gives the kind itself. */
  KindBuilder with(String subresource, String... verbs) {
    return withOther(subresource, resource.kind(), verbs);
  }

  /** A subresource of another kind of the same group and version. */
  KindBuilder withOther(String subresource, String kind, String... verbs) {
    return with(
        new Subresource(subresource, resource.group(), resource.version(), kind, List.of(verbs)));
  }

  /** A subresource of a kind of another group. */
  KindBuilder with(Subresource subresource) {
    subresources.add(subresource);
    return this;
  }

  KindBuilder withStatus() {
    return with("status", "get", "patch", "update");
  }

  KindBuilder withProxy(String options) {
    return withOther("proxy", options, "create", "delete", "get", "patch", "update");
  }

  KindBuilder withScale() {
    return with(
        new Subresource("scale", "autoscaling", "v1", "Scale", List.of("get", "patch", "update")));
  }

  Kind rules(KindRules rules) {
    return new Kind(
        resource,
        resource.kind().toLowerCase(Locale.ROOT),
        shortNames,
        categories,
        verbs,
        subresources,
        rules);
  }
}
