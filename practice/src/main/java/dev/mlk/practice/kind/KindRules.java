package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a kind does to its objects, as pure functions on trees: the order of a create is {@link
 * #prepareCreate}, {@link #defaults}, {@link #validate}; of an update {@link #prepareUpdate},
 * {@link #defaults}, {@link #validateUpdate}. A new object has its name, uid and creationTimestamp
 * before {@link #prepareCreate}, because some kinds copy them. Looking at other objects (quotas,
 * service accounts) is admission's business, not this one's.
 */
public interface KindRules {
  /** Fills in what the user left out; running it twice changes nothing more. */
  default void defaults(ObjectNode object) {}

  /**
   * Drops what a creator may not set (status) and sets what only the server may (first phase,
   * finalizers).
   */
  default void prepareCreate(ObjectNode object) {}

  /** Keeps from the old object what an update of the main path may not change (status). */
  default void prepareUpdate(ObjectNode object, ObjectNode old) {}

  /** Keeps everything but the status and what a status update may change. */
  default void prepareStatusUpdate(ObjectNode object, ObjectNode old) {}

  /** Turns an object into the form that clients of this group see, where that is another. */
  default void show(ObjectNode object) {}

  /** Whether objects carry a generation, which rises when {@link #generationDiffers} says so. */
  default boolean hasGeneration() {
    return false;
  }

  /** Whether the change from old to new raises the generation. */
  default boolean generationDiffers(ObjectNode object, ObjectNode old) {
    return !object.path("spec").equals(old.path("spec"));
  }

  /** Everything wrong with a new object; metadata that all kinds share is checked by the server. */
  default List<FieldError> validate(ObjectNode object) {
    return List.of();
  }

  /** Everything wrong with a change, including what {@link #validate} finds in the new object. */
  default List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    return validate(object);
  }

  /** Everything wrong with a change of status. */
  default List<FieldError> validateStatusUpdate(ObjectNode object, ObjectNode old) {
    return List.of();
  }

  /**
   * Keeps everything but what a subresource changes, one that takes the whole object and is not the
   * status.
   */
  default void preparePartUpdate(String subresource, ObjectNode object, ObjectNode old) {}

  /** Everything wrong with a change through such a subresource. */
  default List<FieldError> validatePartUpdate(
      String subresource, ObjectNode object, ObjectNode old) {
    return validate(object);
  }

  /**
   * What is wrong with a name of this kind, as the texts that follow {@code Invalid value: "name":
   * }; prefix for generateName.
   */
  default List<String> validateName(String name, boolean prefix) {
    return Names.subdomain(name, prefix);
  }

  /** Warnings for a creator or updater, as the {@code Warning} header carries them. */
  default List<String> warnings(ObjectNode object) {
    return List.of();
  }

  /** The warning that every answer about this kind carries; empty when it is not deprecated. */
  default String deprecation() {
    return "";
  }

  /**
   * Values of the field selectors that the kind knows beyond metadata.name and metadata.namespace,
   * by field label.
   */
  default Map<String, String> selectableFields(ObjectNode object) {
    return Map.of();
  }

  /**
   * Whether the kind refuses unknown field selectors in its own words ({@code field label not
   * supported}).
   */
  default boolean hasOwnFieldSelectors() {
    return false;
  }

  /** Columns of the server-side table. */
  List<Column> columns();

  /** One row's cells, as many as there are columns. */
  List<JsonNode> cells(ObjectNode object, Instant now);

  /**
   * A table column.
   *
   * @param name its heading
   * @param type {@code string}, {@code integer} ...
   * @param format {@code name} or empty
   * @param description what it means
   * @param priority 0 for always, 1 for wide output
   */
  record Column(String name, String type, String format, String description, int priority) {}
}
