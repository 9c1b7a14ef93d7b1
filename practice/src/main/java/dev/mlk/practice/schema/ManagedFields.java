package dev.mlk.practice.schema;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Server-side apply, and the record in managedFields of who wrote which field. */
public final class ManagedFields {
  /**
   * Who applies what how.
   *
   * @param manager the field manager's name
   * @param apiVersion group and version of the request
   * @param subresource the subresource applied to; empty for the object itself
   * @param time now
   * @param force whether to take fields over from others
   * @param ignored paths, parted by dots, that this request cannot set and so does not own, such as
   *     {@code status}
   */
  public record ApplyOptions(
      String manager,
      String apiVersion,
      String subresource,
      Instant time,
      boolean force,
      List<String> ignored) {
    public ApplyOptions {
      ignored = List.copyOf(ignored);
    }
  }

  /**
   * Who writes in any other way.
   *
   * @param manager the field manager's name: the parameter, else the user agent up to the first
   *     slash
   * @param apiVersion group and version of the request
   * @param subresource the subresource written to; empty for the object itself
   * @param time now
   * @param ignored paths, parted by dots, that this request cannot set and so does not own, such as
   *     {@code status}
   */
  public record UpdateOptions(
      String manager, String apiVersion, String subresource, Instant time, List<String> ignored) {
    public UpdateOptions {
      ignored = List.copyOf(ignored);
    }
  }

  private ManagedFields() {}

  /**
   * Applies a configuration; defaults, validation and the rest are the caller's next steps.
   *
   * @param liveOrNull the object as it is stored; null to create it
   * @return the new object with its managedFields; equal to the live one when nothing changes
   * @throws ApplyConflict when others own fields that would change, unless forced
   * @throws PatchException when the configuration does not fit the type
   */
  public static ObjectNode apply(
      ObjectNode liveOrNull, ObjectNode applied, TypeSchema type, ApplyOptions options) {
    ObjectNode live =
        liveOrNull == null ? JsonNodeFactory.instance.objectNode() : liveOrNull.deepCopy();
    Ownership owners = Ownership.parse(managedFields(live));
    strip(live);
    checkApplied(applied, type, options);
    if (owners.isEmpty() && liveOrNull != null) {
      Tracking before = new Tracking(type, ignored(options.ignored()), options.time());
      before.update(
          JsonNodeFactory.instance.objectNode(),
          live,
          owners,
          FieldManager.updater("before-first-apply", options.apiVersion(), options.subresource()));
    }
    return new Applying(live, applied, type, owners, options).run();
  }

  /**
   * Records a write that is no apply in the object's managedFields.
   *
   * @param result the object to be stored, before the server's own changes to it
   * @param oldOrNull the stored object; null when it is being created
   */
  public static void track(
      ObjectNode result, ObjectNode oldOrNull, TypeSchema type, UpdateOptions options) {
    Optional<Ownership> known = known(result, oldOrNull, !options.subresource().isEmpty());
    strip(result);
    if (known.isEmpty()) {
      return;
    }
    Ownership owners = known.get();
    boolean untracked = owners.isEmpty() && oldOrNull != null;
    if (!untracked) {
      ObjectNode old =
          oldOrNull == null ? JsonNodeFactory.instance.objectNode() : oldOrNull.deepCopy();
      strip(old);
      new Tracking(type, ignored(options.ignored()), options.time())
          .update(
              old,
              result,
              owners,
              FieldManager.updater(options.manager(), options.apiVersion(), options.subresource()));
      owners.cap();
    }
    write(result, owners);
  }

  /** The managers before the write; empty when the writer asked to forget them all. */
  private static Optional<Ownership> known(
      ObjectNode result, ObjectNode oldOrNull, boolean subresource) {
    JsonNode given = managedFields(result);
    Ownership old = oldOrNull == null ? new Ownership() : Ownership.parse(managedFields(oldOrNull));
    if (subresource) {
      return Optional.of(old);
    }
    boolean reset =
        given.isArray() && (given.isEmpty() || (given.size() == 1 && given.get(0).isEmpty()));
    if (reset) {
      return oldOrNull == null ? Optional.of(new Ownership()) : Optional.empty();
    }
    Ownership named = Ownership.parse(given);
    return Optional.of(named.isEmpty() ? old : named);
  }

  private static void checkApplied(ObjectNode applied, TypeSchema type, ApplyOptions options) {
    String version = applied.path("apiVersion").asString("");
    String kind =
        (version.contains("/") ? version : "/" + version)
            + ", Kind="
            + applied.path("kind").asString("");
    if (!version.equals(options.apiVersion())) {
      throw PatchException.badRequest("invalid object type: " + kind);
    }
    JsonNode given = managedFields(applied);
    if (!given.isMissingNode() && !given.isNull()) {
      throw PatchException.badRequest("metadata.managedFields must be nil");
    }
    String identity =
        " object ("
            + applied.path("metadata").path("namespace").asString("")
            + "/"
            + applied.path("metadata").path("name").asString("")
            + "; "
            + kind
            + ")";
    TypedCheck.problem(applied, type)
        .ifPresent(
            problem -> {
              throw PatchException.internal(
                  "failed to create typed patch" + identity + ": " + problem);
            });
    // Custom objects stay the trees that they are.
    Optional<String> conversion =
        type.name().isEmpty() ? Optional.empty() : GoConversion.problem(applied, type);
    conversion.ifPresent(
        problem -> {
          throw PatchException.internal(
              "failed to convert new"
                  + identity
                  + " to proper version: unable to convert unstructured object to "
                  + kind
                  + ": "
                  + problem);
        });
  }

  static FieldSet ignored(List<String> paths) {
    FieldSet set = new FieldSet();
    for (String path : paths) {
      set.insert(List.of(path.split("\\.")).stream().map(PathElement::field).toList());
    }
    return set;
  }

  static JsonNode managedFields(ObjectNode object) {
    return object.path("metadata").path("managedFields");
  }

  private static void strip(ObjectNode object) {
    if (object.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
    }
  }

  static void write(ObjectNode object, Ownership owners) {
    ArrayNode entries = owners.toJson();
    if (!entries.isEmpty()) {
      object.withObject("/metadata").set("managedFields", entries);
    }
  }
}
