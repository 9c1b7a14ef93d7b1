package dev.mlk.practice.controller;

import dev.mlk.kube.Key;
import dev.mlk.kube.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/** Who owns whom among all objects of the cluster, by uid. */
final class OwnershipGraph {
  /** An object, of which only its name is kept. */
  record Item(Resource resource, Key key, String uid) {}

  private record Owner(String uid, boolean blocking) {}

  private record Node(Item item, List<Owner> owners, boolean leaving) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, Set<String>> dependents = new HashMap<>();
  private final Map<String, Resource> followed = new HashMap<>();

  /** Notes a resource. Returns whether it is new. */
  boolean follow(Resource resource) {
    return locked(
        () -> followed.putIfAbsent(kind(resource.apiVersion(), resource.kind()), resource) == null);
  }

  /** Forgets all other resources and their objects. Returns those that were forgotten. */
  List<Resource> keepOnly(Collection<Resource> wanted) {
    return locked(
        () -> {
          List<Resource> gone =
              followed.values().stream().filter(known -> !wanted.contains(known)).toList();
          followed.values().removeAll(gone);
          List<Node> lost =
              nodes.values().stream().filter(node -> gone.contains(node.item.resource)).toList();
          lost.forEach(this::unlink);
          return gone;
        });
  }

  Optional<Resource> resource(String apiVersion, String kind) {
    return locked(
        () -> {
          Resource exact = followed.get(kind(apiVersion, kind));
          if (exact != null) {
            return Optional.of(exact);
          }
          // A reference may name another version of the group than the preferred one.
          int slash = apiVersion.indexOf('/');
          String group = slash < 0 ? "" : apiVersion.substring(0, slash);
          return followed.values().stream()
              .filter(known -> known.group().equals(group) && known.kind().equals(kind))
              .findFirst();
        });
  }

  void put(Item item, JsonNode object) {
    List<Owner> owners = new ArrayList<>();
    for (JsonNode reference : Fields.at(object, "metadata", "ownerReferences")) {
      owners.add(
          new Owner(
              Fields.text(reference, "uid"),
              reference.path("blockOwnerDeletion").asBoolean(false)));
    }
    boolean leaving =
        Fields.deleting(object)
            && (Fields.hasFinalizer(object, "foregroundDeletion")
                || Fields.hasFinalizer(object, "orphan"));
    locked(
        () -> {
          Node before = nodes.get(item.uid);
          if (before != null) {
            unlink(before);
          }
          nodes.put(item.uid, new Node(item, List.copyOf(owners), leaving));
          owners.forEach(
              owner -> dependents.computeIfAbsent(owner.uid, _ -> new HashSet<>()).add(item.uid));
          return true;
        });
  }

  /** Removes an object. Returns those that it owned. */
  List<Item> remove(Item item) {
    return locked(
        () -> {
          Node node = nodes.get(item.uid);
          if (node != null) {
            unlink(node);
          }
          return items(item.uid);
        });
  }

  List<Item> dependentsOf(String uid) {
    return locked(() -> items(uid));
  }

  /** The known owners of an object. */
  List<Item> ownersOf(JsonNode object) {
    return locked(
        () -> {
          List<Item> found = new ArrayList<>();
          for (JsonNode reference : Fields.at(object, "metadata", "ownerReferences")) {
            Node owner = nodes.get(Fields.text(reference, "uid"));
            if (owner != null && owner.leaving) {
              found.add(owner.item);
            }
          }
          return found;
        });
  }

  /** Whether the owner must stay until this dependent is gone. */
  boolean blocks(Item dependent, String owner) {
    return locked(
        () -> {
          Node node = nodes.get(dependent.uid);
          return node != null && node.owners.contains(new Owner(owner, true));
        });
  }

  /** Whether an object is worth a closer look: it or an owner is on its way out, or one is gone. */
  boolean suspicious(Item item) {
    return locked(
        () -> {
          Node node = nodes.get(item.uid);
          if (node == null) {
            return false;
          }
          for (Owner one : node.owners) {
            Node owner = nodes.get(one.uid);
            if (owner == null || owner.leaving) {
              return true;
            }
          }
          return node.leaving;
        });
  }

  private List<Item> items(String owner) {
    List<Item> found = new ArrayList<>();
    for (String uid : dependents.getOrDefault(owner, Set.of())) {
      Node node = nodes.get(uid);
      if (node != null) {
        found.add(node.item);
      }
    }
    return found;
  }

  private void unlink(Node node) {
    nodes.remove(node.item.uid);
    for (Owner owner : node.owners) {
      dependents.computeIfPresent(
          owner.uid,
          (_, all) -> {
            all.remove(node.item.uid);
            return all.isEmpty() ? null : all;
          });
    }
  }

  private static String kind(String apiVersion, String kind) {
    return apiVersion + " " + kind;
  }

  private <T> T locked(java.util.function.Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
