package dev.mlk.practice.api.rest;

import dev.mlk.practice.status.FieldError;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The rules for labels, annotations, finalizers and owner references. */
final class MetadataContent {
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern PREFIX =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final String NAME_RULE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  private static final String PREFIX_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String VALUE_RULE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
  private static final int LONGEST_NAME = 63;
  private static final int LONGEST_PREFIX = 253;
  private static final int MOST_ANNOTATIONS = 256 << 10;
  private static final Set<String> PLAIN_FINALIZERS =
      Set.of("orphan", "foregroundDeletion", "kubernetes");

  private MetadataContent() {}

  static void validate(JsonNode metadata, List<FieldError> errors) {
    metadata
        .path("labels")
        .properties()
        .forEach(
            label -> {
              qualifiedName("metadata.labels", label.getKey(), errors);
              labelValue("metadata.labels", label.getValue().asString(""), errors);
            });
    int size = 0;
    for (var annotation : metadata.path("annotations").properties()) {
      qualifiedName(
          "metadata.annotations", annotation.getKey().toLowerCase(java.util.Locale.ROOT), errors);
      size += annotation.getKey().length() + annotation.getValue().asString("").length();
    }
    if (size > MOST_ANNOTATIONS) {
      errors.add(
          new FieldError(
              "FieldValueTooLong",
              "metadata.annotations",
              "Too long: may not be more than " + MOST_ANNOTATIONS + " bytes"));
    }
    owners(metadata.path("ownerReferences"), errors);
    for (JsonNode finalizer : metadata.path("finalizers")) {
      finalizer(finalizer.asString(""), errors);
    }
  }

  private static void qualifiedName(String field, String key, List<FieldError> errors) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    String shown = MetadataRules.quoted(key);
    if (name.indexOf('/') >= 0) {
      String why =
          "a valid label key "
              + NAME_RULE
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
      errors.add(FieldError.invalid(field, shown, why));
      return;
    }
    if (slash >= 0) {
      String prefix = key.substring(0, slash);
      if (prefix.isEmpty()) {
        errors.add(FieldError.invalid(field, shown, "prefix part must be non-empty"));
      } else if (prefix.length() > LONGEST_PREFIX || !PREFIX.matcher(prefix).matches()) {
        errors.add(FieldError.invalid(field, shown, "prefix part " + PREFIX_RULE));
      }
    }
    if (name.isEmpty()) {
      errors.add(FieldError.invalid(field, shown, "name part must be non-empty"));
    } else if (name.length() > LONGEST_NAME) {
      errors.add(FieldError.invalid(field, shown, "name part must be no more than 63 bytes"));
    }
    if (!NAME.matcher(name).matches()) {
      errors.add(FieldError.invalid(field, shown, "name part " + NAME_RULE));
    }
  }

  private static void labelValue(String field, String value, List<FieldError> errors) {
    String shown = MetadataRules.quoted(value);
    if (value.length() > LONGEST_NAME) {
      errors.add(FieldError.invalid(field, shown, "must be no more than 63 bytes"));
    }
    if (!value.isEmpty() && !NAME.matcher(value).matches()) {
      errors.add(FieldError.invalid(field, shown, VALUE_RULE));
    }
  }

  private static void owners(JsonNode owners, List<FieldError> errors) {
    String path = "metadata.ownerReferences";
    String controller = "";
    for (JsonNode owner : owners) {
      for (String name : List.of("apiVersion", "kind", "name", "uid")) {
        if (owner.path(name).asString("").isEmpty()) {
          String why =
              name.equals("apiVersion") ? "version must not be empty" : "must not be empty";
          errors.add(FieldError.invalid(path + "." + name, "\"\"", why));
        }
      }
      if (owner.path("controller").asBoolean(false)) {
        String shown = owner.path("kind").asString("") + "/" + owner.path("name").asString("");
        if (!controller.isEmpty()) {
          errors.add(
              FieldError.invalid(
                  path,
                  owners.toString(),
                  "Only one reference can have Controller set to true. Found \"true\" in references"
                      + " for "
                      + controller
                      + " and "
                      + shown));
          return;
        }
        controller = shown;
      }
    }
  }

  private static void finalizer(String name, List<FieldError> errors) {
    if (name.indexOf('/') >= 0) {
      qualifiedName("metadata.finalizers", name, errors);
    } else if (!PLAIN_FINALIZERS.contains(name)) {
      errors.add(
          FieldError.invalid(
              "metadata.finalizers",
              MetadataRules.quoted(name),
              "name is neither a standard finalizer name nor is it fully qualified"));
    }
  }
}
