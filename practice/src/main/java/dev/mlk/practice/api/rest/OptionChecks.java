package dev.mlk.practice.api.rest;

import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import java.util.ArrayList;
import java.util.List;

/** The query parameters that all writes share. */
final class OptionChecks {
  private static final int LONGEST_MANAGER = 128;

  private OptionChecks() {}

  static void check(Action action, String kind) {
    List<FieldError> errors = new ArrayList<>();
    String dryRun = action.call().query("dryRun");
    if (!dryRun.isEmpty() && !dryRun.equals("All")) {
      errors.add(FieldError.notSupported("dryRun", "[\"" + dryRun + "\"]", List.of("All")));
    }
    if (action.call().query("fieldManager").length() > LONGEST_MANAGER) {
      errors.add(
          new FieldError(
              "FieldValueTooLong",
              "fieldManager",
              "Too long: may not be more than " + LONGEST_MANAGER + " bytes"));
    }
    String validation = action.call().query("fieldValidation");
    if (!List.of("", "Ignore", "Warn", "Strict").contains(validation)) {
      errors.add(
          FieldError.notSupported(
              "fieldValidation",
              MetadataRules.quoted(validation),
              List.of("Ignore", "Warn", "Strict")));
    }
    if (!errors.isEmpty()) {
      throw ApiError.invalid(kind, "meta.k8s.io", "", errors);
    }
  }
}
