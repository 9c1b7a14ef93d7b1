package dev.mlk.practice.api.catalog;

import dev.mlk.kube.Resource;
import dev.mlk.practice.kind.BuiltInKinds;
import dev.mlk.practice.kind.Kind;
import dev.mlk.practice.schema.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The kinds served now. Safe for many threads; what is handed out does not change. */
public final class Catalog {
  private final Map<String, Served> builtIn;
  private final AtomicReference<Map<String, Served>> all;
  private final AtomicLong changes = new AtomicLong();

  private Catalog(Map<String, Served> builtIn) {
    this.builtIn = builtIn;
    this.all = new AtomicReference<>(builtIn);
  }

  /** The built-in kinds. */
  public static Catalog builtIn() {
    Map<String, Served> kinds = new LinkedHashMap<>();
    Schemas schemas = Schemas.builtIn();
    for (Kind kind : BuiltInKinds.all()) {
      Resource resource = kind.resource();
      kinds.put(
          path(resource.group(), resource.version(), resource.plural()),
          new Served(
              kind,
              schemas.find(resource.group(), resource.version(), resource.kind()),
              Optional.empty()));
    }
    return new Catalog(kinds);
  }

  /** The built-in kinds of one group; of the shapes of their objects nothing is known. */
  public static Catalog ofGroup(String group) {
    Map<String, Served> kinds = new LinkedHashMap<>();
    for (Kind kind : BuiltInKinds.all()) {
      Resource resource = kind.resource();
      if (resource.group().equals(group)) {
        kinds.put(
            path(group, resource.version(), resource.plural()),
            new Served(kind, Optional.empty(), Optional.empty()));
      }
    }
    return new Catalog(kinds);
  }

  /** The kind at a place. */
  public Optional<Served> find(String group, String version, String plural) {
    return Optional.ofNullable(all.get().get(path(group, version, plural)));
  }

  /** A built-in kind in its only version; it is a programming error if there is none. */
  public Served require(Resource resource) {
    return find(resource.group(), resource.version(), resource.plural()).orElseThrow();
  }

  /** Every kind in every version, in discovery's order: built-in first. */
  public List<Served> all() {
    return new ArrayList<>(all.get().values());
  }

  /** The versions served of a group, best first; empty when there is no such group. */
  public List<String> versions(String group) {
    return all.get().values().stream()
        .map(Served::resource)
        .filter(resource -> resource.group().equals(group))
        .map(Resource::version)
        .distinct()
        .sorted(Versions.BEST_FIRST)
        .toList();
  }

  /** How often the custom kinds have changed. */
  public long changes() {
    return changes.get();
  }

  /** Whether all kinds of the group are custom. */
  public boolean custom(String group) {
    return builtIn.values().stream().noneMatch(served -> served.resource().group().equals(group));
  }

  /** Replaces the custom kinds. */
  public void setCustom(List<Served> custom) {
    Map<String, Served> next = new LinkedHashMap<>(builtIn);
    for (Served served : custom) {
      Resource resource = served.resource();
      next.put(path(resource.group(), resource.version(), resource.plural()), served);
    }
    all.set(next);
    changes.incrementAndGet();
  }

  private static String path(String group, String version, String plural) {
    return group + "/" + version + "/" + plural;
  }
}
