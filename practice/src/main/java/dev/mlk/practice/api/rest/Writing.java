package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.admission.Admission;
import dev.mlk.practice.api.admission.Attempt;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.kind.KindRules;
import dev.mlk.practice.schema.TypeSchema;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Create, update and patch: from a tree in a body to a stored object. */
final class Writing {
  private static final int NAME_ATTEMPTS = 8;

  /** Subresources that change what an update of the pod itself may not. */
  private static final Set<String> PARTS_OF_PODS = Set.of("ephemeralcontainers", "resize");

  /** Kinds that a PUT creates when they are not there. */
  private static final Set<String> CREATED_BY_UPDATE =
      Set.of(
          "leases",
          "events",
          "endpoints",
          "services",
          "limitranges",
          "roles",
          "rolebindings",
          "clusterroles",
          "clusterrolebindings");

  /** Kinds whose PUT must name the resourceVersion. */
  private static final Set<String> NEVER_UNCONDITIONAL =
      Set.of(
          "leases",
          "customresourcedefinitions",
          "poddisruptionbudgets",
          "runtimeclasses",
          "validatingwebhookconfigurations",
          "mutatingwebhookconfigurations");

  private final Objects objects;
  private final Admission admission;
  private final MetadataRules metadata;
  private final Rendering rendering;
  private final FieldTracking tracking;

  Writing(
      Objects objects,
      Admission admission,
      MetadataRules metadata,
      Rendering rendering,
      FieldTracking tracking) {
    this.objects = objects;
    this.admission = admission;
    this.metadata = metadata;
    this.rendering = rendering;
    this.tracking = tracking;
  }

  Answer create(Action action) {
    OptionChecks.check(action, "CreateOptions");
    ObjectNode object = Bodies.object(action);
    return rendering.one(action, 201, create(action, object));
  }

  /** Creates the object as the user asked; returns it as stored, or as it would be. */
  ObjectNode create(Action action, ObjectNode wanted) {
    Served served = action.served();
    placeInNamespace(action, wanted);
    String version = Metadata.text(wanted, "resourceVersion");
    boolean generated =
        Metadata.name(wanted).isEmpty() && !Metadata.text(wanted, "generateName").isEmpty();
    for (int attempt = 1; ; attempt++) {
      ObjectNode object = wanted.deepCopy();
      served.rules().defaults(object);
      tracking.created(action, object);
      metadata.prepareCreate(object, served);
      if (generated) {
        metadata.generateName(object);
      }
      Attempt write = prepare(action, object);
      try {
        if (action.dryRun()) {
          refuseExisting(served, object);
          return shownVersion(object, version);
        }
        refuseVersion(version);
        return objects.create(served, object);
      } catch (ApiError taken) {
        if (!generated || taken.code() != 409 || attempt == NAME_ATTEMPTS) {
          throw taken;
        }
      } finally {
        admission.finish(write);
      }
    }
  }

  /** The store refuses it, after all else; what is no number counts as none. */
  private static void refuseVersion(String version) {
    if (version.matches("0*[1-9]\\d{0,18}")) {
      throw ApiError.of(500, "", "resourceVersion should not be set on objects to be created");
    }
  }

  /** Where nothing is stored, nobody replaces it. */
  private static ObjectNode shownVersion(ObjectNode object, String version) {
    if (!version.isEmpty()) {
      Metadata.of(object).put("resourceVersion", version);
    }
    return object;
  }

  private Attempt prepare(Action action, ObjectNode object) {
    Served served = action.served();
    KindRules rules = served.rules();
    Attempt attempt = attempt(action, Attempt.Operation.CREATE, object, Optional.empty());
    rules.prepareCreate(object);
    rules.defaults(object);
    admission.mutate(attempt);
    rules.defaults(object);
    List<FieldError> errors = MetadataRules.validate(object, served);
    errors.addAll(rules.validate(object));
    refuse(served, Metadata.name(object), errors);
    action.warnings().addAll(rules.warnings(object));
    admission.validate(attempt);
    return attempt;
  }

  private void refuseExisting(Served served, ObjectNode object) {
    String namespace = served.resource().namespaced() ? Metadata.namespace(object) : "";
    if (objects.find(served, namespace, Metadata.name(object)).isPresent()) {
      throw ApiError.alreadyExists(served.resource(), Metadata.name(object));
    }
  }

  private static void placeInNamespace(Action action, ObjectNode object) {
    if (!action.served().resource().namespaced()) {
      return;
    }
    String own = Metadata.namespace(object);
    if (!own.isEmpty() && !own.equals(action.namespace())) {
      throw ApiError.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    Metadata.of(object).put("namespace", action.namespace());
  }

  Answer update(Action action) {
    OptionChecks.check(action, "UpdateOptions");
    ObjectNode wanted = Bodies.object(action);
    placeInNamespace(action, wanted);
    String name = Metadata.name(wanted);
    if (name.isEmpty()) {
      throw ApiError.badRequest(
          "the name of the object ("
              + action.name()
              + " based on URL) was undeterminable: name must be provided");
    }
    if (!name.equals(action.name())) {
      throw ApiError.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + action.name()
              + ")");
    }
    Served served = action.served();
    boolean there = objects.find(served, action.namespace(), name).isPresent();
    if (!there
        && action.subresource().isEmpty()
        && CREATED_BY_UPDATE.contains(served.resource().plural())) {
      Metadata.of(wanted).remove("resourceVersion");
      return rendering.one(action, 201, create(action, wanted));
    }
    requireVersion(served, wanted);
    return rendering.one(action, 200, change(action, old -> wanted.deepCopy()));
  }

  private static void requireVersion(Served served, ObjectNode wanted) {
    boolean strict =
        served.custom().isPresent() || NEVER_UNCONDITIONAL.contains(served.resource().plural());
    if (strict && Metadata.text(wanted, "resourceVersion").isEmpty()) {
      throw ApiError.invalid(
          served.resource().plural(),
          served.resource().group(),
          Metadata.name(wanted),
          List.of(
              FieldError.invalid(
                  "metadata.resourceVersion", "0", "must be specified for an update")));
    }
  }

  /**
   * Changes the object, over again when somebody else was faster and the change does not insist on
   * a resourceVersion.
   *
   * @param change makes the wanted object from the one there is, which it may change
   */
  ObjectNode change(Action action, UnaryOperator<ObjectNode> change) {
    Served served = action.served();
    while (true) {
      ObjectNode old =
          objects
              .find(served, action.namespace(), action.name())
              .orElseThrow(() -> ApiError.notFound(served.resource(), action.name()));
      ObjectNode seen = old.deepCopy();
      served.rules().show(seen);
      ObjectNode object = change.apply(seen);
      checkPreconditions(served, object, old);
      served.rules().defaults(object);
      tracking.changed(action, object, old);
      MetadataRules.prepareUpdate(object, old);
      Attempt write = prepareChange(action, object, old);
      try {
        if (Changes.none(object, old)) {
          return old;
        }
        if (action.dryRun()) {
          return object;
        }
        long expected = Objects.revision(old);
        Optional<ObjectNode> written =
            Removing.endsWith(object)
                ? objects.delete(served, object, expected)
                : objects.update(served, object, expected);
        if (written.isPresent()) {
          return written.get();
        }
      } finally {
        admission.finish(write);
      }
    }
  }

  private Attempt prepareChange(Action action, ObjectNode object, ObjectNode old) {
    Served served = action.served();
    KindRules rules = served.rules();
    boolean status = action.subresource().equals("status");
    boolean part = PARTS_OF_PODS.contains(action.subresource());
    if (status) {
      rules.prepareStatusUpdate(object, old);
    } else if (part) {
      rules.preparePartUpdate(action.subresource(), object, old);
    } else {
      rules.prepareUpdate(object, old);
    }
    rules.defaults(object);
    Attempt attempt = attempt(action, Attempt.Operation.UPDATE, object, Optional.of(old));
    admission.mutate(attempt);
    if (!status && rules.hasGeneration() && rules.generationDiffers(object, old)) {
      long generation = old.path("metadata").path("generation").asLong(0);
      Metadata.of(object).put("generation", generation + 1);
    }
    List<FieldError> errors =
        new ArrayList<>(MetadataRules.validateUpdate(object, old, served.resource()));
    if (part) {
      errors.addAll(rules.validatePartUpdate(action.subresource(), object, old));
    } else {
      errors.addAll(
          status ? rules.validateStatusUpdate(object, old) : rules.validateUpdate(object, old));
    }
    refuse(served, Metadata.name(object), errors);
    action.warnings().addAll(status ? List.of() : rules.warnings(object));
    admission.validate(attempt);
    return attempt;
  }

  private static void checkPreconditions(Served served, ObjectNode object, ObjectNode old) {
    String name = Metadata.name(old);
    if (!Metadata.name(object).equals(name)) {
      throw ApiError.badRequest(
          "the name of the object ("
              + Metadata.name(object)
              + ") does not match the name on the URL ("
              + name
              + ")");
    }
    if (!Metadata.namespace(object).equals(Metadata.namespace(old))) {
      throw ApiError.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    String version = Metadata.text(object, "resourceVersion");
    if (!version.isEmpty() && !version.equals("0")) {
      if (!version.chars().allMatch(Character::isDigit)) {
        throw ApiError.of(
            500, "", "strconv.ParseUint: parsing \"" + version + "\": invalid syntax");
      }
      if (!version.equals(Metadata.text(old, "resourceVersion"))) {
        throw ApiError.modified(served.resource(), name);
      }
    }
    String uid = Metadata.uid(object);
    if (!uid.isEmpty() && !uid.equals(Metadata.uid(old))) {
      throw ApiError.conflict(
          served.resource(),
          name,
          "StorageError: invalid object, Code: 4, Key: /registry/"
              + served.prefix(Metadata.namespace(old))
              + name
              + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in"
              + " precondition: "
              + uid
              + ", UID in object meta: "
              + Metadata.uid(old));
    }
  }

  private static Attempt attempt(
      Action action, Attempt.Operation operation, ObjectNode object, Optional<ObjectNode> old) {
    boolean scale = action.subresource().equals("scale");
    return new Attempt(
        operation,
        action.served(),
        action.subresource(),
        Metadata.namespace(object),
        Metadata.name(object),
        scale ? Scaling.SCALE : action.served().resource(),
        scale ? Scaling.scale(action, object) : object,
        scale ? old.map(before -> Scaling.scale(action, before)) : old,
        WriteOptions.of(action, operation),
        action.user(),
        action.dryRun(),
        action.warnings());
  }

  static void refuse(Served served, String name, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ApiError.invalid(served.resource().kind(), served.resource().group(), name, errors);
    }
  }

  Answer patch(Action action) {
    boolean apply = Bodies.mediaType(action.call()).equals("application/apply-patch+yaml");
    OptionChecks.checkPatch(action, apply);
    if (apply) {
      return apply(action);
    }
    Patch patch = Patch.of(action);
    Optional<TypeSchema> type = action.served().type();
    return rendering.one(action, 200, change(action, old -> patch.apply(old, type)));
  }

  /** Server-side apply: makes the object when it is not there. */
  private Answer apply(Action action) {
    Applied applied = Applied.of(action, tracking);
    boolean there = objects.find(action.served(), action.namespace(), action.name()).isPresent();
    if (!there && action.subresource().isEmpty()) {
      return rendering.one(action, 201, create(action, applied.create()));
    }
    return rendering.one(action, 200, change(action, applied::to));
  }
}
