package dev.mlk.practice.schema;

import dev.mlk.practice.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An apply that would change fields of other managers: a 409 with reason Conflict. The message is
 * the Status', the causes are its details'.
 */
public final class ApplyConflict extends RuntimeException {
  private final transient List<FieldError> causes;

  private ApplyConflict(String message, List<FieldError> causes) {
    super(message, null, false, false);
    this.causes = causes;
  }

  static ApplyConflict of(Map<FieldManager, FieldSet> conflicts) {
    List<FieldError> causes = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (var conflict : new TreeMap<>(conflicts).entrySet()) {
      String manager = conflict.getKey().shown();
      text.append(text.isEmpty() ? "" : "\n").append("conflicts with ").append(manager).append(':');
      conflict
          .getValue()
          .forEach(
              path -> {
                StringBuilder field = new StringBuilder();
                path.forEach(field::append);
                text.append("\n- ").append(field);
                causes.add(
                    new FieldError(
                        "FieldManagerConflict", field.toString(), "conflict with " + manager));
              });
    }
    FieldError first = causes.getFirst();
    String message =
        causes.size() == 1
            ? "Apply failed with 1 conflict: " + first.message() + ": " + first.field()
            : "Apply failed with " + causes.size() + " conflicts: " + text;
    return new ApplyConflict(message, List.copyOf(causes));
  }

  /** The causes: reason FieldManagerConflict, path and {@code conflict with "manager"}. */
  public List<FieldError> causes() {
    return causes;
  }
}
