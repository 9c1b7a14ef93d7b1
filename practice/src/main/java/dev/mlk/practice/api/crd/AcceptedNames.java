package dev.mlk.practice.api.crd;

import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which names a definition gets: those that it asks for, but none that another definition of its
 * group has already.
 *
 * @param names the names that it has now
 * @param conflict why it does not get all of them
 */
record AcceptedNames(ObjectNode names, Optional<Conflict> conflict) {
  /** A condition's reason and message. */
  record Conflict(String reason, String message) {}

  /**
   * Decides.
   *
   * @param all all definitions as they are now, this one among them
   */
  static AcceptedNames of(ObjectNode definition, List<ObjectNode> all) {
    Set<String> resources = new HashSet<>();
    Set<String> kinds = new HashSet<>();
    String group = definition.path("spec").path("group").asString("");
    for (ObjectNode other : all) {
      if (other.path("spec").path("group").asString("").equals(group)
          && !Metadata.uid(other).equals(Metadata.uid(definition))) {
        JsonNode names = other.path("status").path("acceptedNames");
        add(resources, names.path("plural"));
        add(resources, names.path("singular"));
        names.path("shortNames").forEach(name -> add(resources, name));
        add(kinds, names.path("kind"));
        add(kinds, names.path("listKind"));
      }
    }
    return decide(definition, resources, kinds);
  }

  private static AcceptedNames decide(
      ObjectNode definition, Set<String> resources, Set<String> kinds) {
    JsonNode wanted = definition.path("spec").path("names");
    ObjectNode names = Json.object();
    if (definition.path("status").path("acceptedNames") instanceof ObjectNode before) {
      names.setAll(before.deepCopy());
    }
    List<Conflict> conflicts = new ArrayList<>();
    take("plural", "PluralConflict", wanted, resources, names, conflicts);
    take("singular", "SingularConflict", wanted, resources, names, conflicts);
    takeShortNames(wanted, resources, names, conflicts);
    take("kind", "KindConflict", wanted, kinds, names, conflicts);
    take("listKind", "ListKindConflict", wanted, kinds, names, conflicts);
    set(names, "categories", wanted);
    // These two are always shown.
    for (String member : List.of("plural", "kind")) {
      if (!names.has(member)) {
        names.put(member, "");
      }
    }
    // The last one is told, as Kubernetes does.
    return new AcceptedNames(
        names, conflicts.isEmpty() ? Optional.empty() : Optional.of(conflicts.getLast()));
  }

  private static void add(Set<String> names, JsonNode name) {
    if (name.isString()) {
      names.add(name.asString());
    }
  }

  private static void take(
      String member,
      String reason,
      JsonNode wanted,
      Set<String> used,
      ObjectNode names,
      List<Conflict> conflicts) {
    String name = wanted.path(member).asString("");
    if (used.contains(name) && !names.path(member).asString("").equals(name)) {
      conflicts.add(new Conflict(reason, inUse(name)));
    } else {
      set(names, member, wanted);
    }
  }

  private static void takeShortNames(
      JsonNode wanted, Set<String> used, ObjectNode names, List<Conflict> conflicts) {
    Set<String> own = new HashSet<>();
    names.path("shortNames").forEach(name -> own.add(name.asString("")));
    List<String> taken = new ArrayList<>();
    for (JsonNode name : wanted.path("shortNames")) {
      if (used.contains(name.asString("")) && !own.contains(name.asString(""))) {
        taken.add(inUse(name.asString("")));
      }
    }
    if (taken.isEmpty()) {
      set(names, "shortNames", wanted);
    } else {
      String message = taken.size() == 1 ? taken.getFirst() : "[" + String.join(", ", taken) + "]";
      conflicts.add(new Conflict("ShortNamesConflict", message));
    }
  }

  private static void set(ObjectNode names, String member, JsonNode wanted) {
    if (wanted.has(member)) {
      names.set(member, wanted.get(member).deepCopy());
    } else {
      names.remove(member);
    }
  }

  private static String inUse(String name) {
    return "\"" + name + "\" is already in use";
  }
}
