package dev.mlk.practice.api.objects;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.api.catalog.Catalog;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.store.ObjectStore;
import dev.mlk.practice.store.Snapshot;
import dev.mlk.practice.store.StoreException;
import dev.mlk.practice.store.Stored;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The store as a place for objects of the catalogue's kinds. Writes set the resourceVersion. */
public final class Objects {
  /** From how many objects on an index is worth its memory. */
  private static final int WORTH_INDEXING = 256;

  private final ObjectStore store;
  private final Catalog catalog;
  private final Texts.Shared texts = new Texts.Shared();

  /** Objects of the catalogue's kinds in the store. */
  public Objects(ObjectStore store, Catalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  /** The store below. */
  public ObjectStore store() {
    return store;
  }

  /** The kinds. */
  public Catalog catalog() {
    return catalog;
  }

  /** The object, in the version that is served here. */
  public Optional<ObjectNode> find(Served served, String namespace, String name) {
    return store.get(served.key(namespace, name)).map(stored -> decode(served, stored));
  }

  /** An object of a built-in kind. */
  public Optional<ObjectNode> find(Resource resource, String namespace, String name) {
    return find(catalog.require(resource), namespace, name);
  }

  /** All objects of a built-in kind, of one namespace or, when it is empty, of all. */
  public List<ObjectNode> list(Resource resource, String namespace) {
    Served served = catalog.require(resource);
    Snapshot snapshot = store.list(served.prefix(namespace));
    return snapshot.values().stream().map(stored -> decode(served, stored)).toList();
  }

  /** A stored object in the version that is served here. */
  public ObjectNode decode(Served served, Stored stored) {
    return Codec.decode(served, stored);
  }

  /** The bytes of a GET in the version that is served here. Shared: not to be changed. */
  public byte[] shown(Served served, Stored stored) {
    return Shown.of(served, stored, texts).bytes(stored);
  }

  /** What selectors look at, without reading the object each time. */
  public Selectable selectable(Served served, Stored stored) {
    return Shown.of(served, stored, texts).selectable(stored);
  }

  /**
   * Those values of a collection among which all are that have some words; all of them when that is
   * as quick.
   *
   * @param namespace empty for all namespaces
   * @param words of {@link Words}
   */
  public Snapshot candidates(Served served, String namespace, List<String> words) {
    String prefix = served.prefix(namespace);
    // Of no other kind there are so many.
    if (words.isEmpty() || !served.resource().equals(Resources.PODS)) {
      return store.list(prefix);
    }
    String collection = served.prefix("");
    return store
        .find(collection, prefix, words)
        .orElseGet(
            () -> {
              Snapshot all = store.list(prefix);
              if (all.values().size() >= WORTH_INDEXING) {
                // Read beforehand what was stored by an earlier process: the index halts writes.
                store.list(collection).values().forEach(stored -> selectable(served, stored));
                store.index(collection, stored -> Words.of(selectable(served, stored)));
              }
              return all;
            });
  }

  /** Writes a new object; 409 when the name is taken. Returns it with its resourceVersion. */
  public ObjectNode create(Served served, ObjectNode object) {
    try {
      Stored stored =
          store.create(
              key(served, object),
              revision -> encode(served, object, revision),
              Shown.of(served, object, texts));
      return decode(served, stored);
    } catch (StoreException.Conflict e) {
      throw ApiError.alreadyExists(served.resource(), Metadata.name(object));
    } catch (StoreException.Broken e) {
      throw ApiError.internal(e.getMessage());
    }
  }

  /**
   * Replaces an object that is still as it was read; empty when somebody was faster.
   *
   * @param expected the resourceVersion read
   */
  public Optional<ObjectNode> update(Served served, ObjectNode object, long expected) {
    try {
      Stored stored =
          store.update(
              key(served, object),
              expected,
              revision -> encode(served, object, revision),
              Shown.of(served, object, texts));
      return Optional.of(decode(served, stored));
    } catch (StoreException.Conflict e) {
      return Optional.empty();
    } catch (StoreException.Broken e) {
      throw ApiError.internal(e.getMessage());
    }
  }

  /** Removes an object that is still as it was read; empty when somebody was faster. */
  public Optional<ObjectNode> delete(Served served, ObjectNode last, long expected) {
    try {
      Stored stored =
          store.delete(key(served, last), expected, revision -> encode(served, last, revision));
      return Optional.of(decode(served, stored));
    } catch (StoreException.Conflict e) {
      return Optional.empty();
    } catch (StoreException.Broken e) {
      throw ApiError.internal(e.getMessage());
    }
  }

  /** The resourceVersion of an object as read. */
  public static long revision(ObjectNode object) {
    return Long.parseLong(Metadata.text(object, "resourceVersion"));
  }

  private static byte[] encode(Served served, ObjectNode object, long revision) {
    return Codec.encode(object, served.storedApiVersion(), served.resource().kind(), revision);
  }

  private static String key(Served served, ObjectNode object) {
    return served.key(
        served.resource().namespaced() ? Metadata.namespace(object) : "", Metadata.name(object));
  }
}
