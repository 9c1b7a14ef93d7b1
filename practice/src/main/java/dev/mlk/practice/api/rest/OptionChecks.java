package dev.mlk.practice.api.rest;

import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options that all writes share. */
final class OptionChecks {
  private static final int LONGEST_MANAGER = 128;

  private OptionChecks() {}

  /** Of creating and updating; in the order in which Kubernetes lists what is wrong. */
  static void check(Action action, String kind) {
    refuse(kind, common(action));
  }

  /** Of a patch: applying needs a name for who applies, and nothing else can be forced. */
  static void checkPatch(Action action, boolean apply) {
    List<FieldError> errors = new ArrayList<>();
    if (apply && action.call().query("fieldManager").isEmpty()) {
      errors.add(FieldError.required("fieldManager", "is required for apply patch"));
    }
    if (!apply && action.call().query().containsKey("force")) {
      errors.add(FieldError.forbidden("force", "may not be specified for non-apply patch"));
    }
    errors.addAll(common(action));
    refuse("PatchOptions", errors);
  }

  private static List<FieldError> common(Action action) {
    List<FieldError> errors = new ArrayList<>();
    if (action.call().query("fieldManager").length() > LONGEST_MANAGER) {
      errors.add(
          new FieldError(
              "FieldValueTooLong",
              "fieldManager",
              "Too long: may not be more than " + LONGEST_MANAGER + " bytes"));
    }
    dryRun(action.call().query().getOrDefault("dryRun", List.of())).ifPresent(errors::add);
    String validation = action.call().query("fieldValidation");
    if (!List.of("", "Ignore", "Warn", "Strict").contains(validation)) {
      errors.add(
          FieldError.notSupported(
              "fieldValidation",
              MetadataRules.quoted(validation),
              List.of("", "Ignore", "Strict", "Warn")));
    }
    return errors;
  }

  /** What is wrong with the values of {@code dryRun}: each must be All, an empty one as well. */
  static Optional<FieldError> dryRun(List<String> values) {
    if (values.stream().allMatch("All"::equals)) {
      return Optional.empty();
    }
    String shown =
        "[" + String.join(",", values.stream().map(MetadataRules::quoted).toList()) + "]";
    return Optional.of(FieldError.notSupported("dryRun", shown, List.of("All")));
  }

  private static void refuse(String kind, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ApiError.invalid(kind, "meta.k8s.io", "", errors);
    }
  }
}
