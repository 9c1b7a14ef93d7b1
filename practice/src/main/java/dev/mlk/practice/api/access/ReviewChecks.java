package dev.mlk.practice.api.access;

import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a question must say to be answered. */
final class ReviewChecks {
  private static final long SHORTEST_SECONDS = 600;
  private static final long LONGEST_SECONDS = 1L << 32;

  private ReviewChecks() {}

  /** It is about a resource or about a path, not both. */
  static void attributes(JsonNode spec) {
    boolean resource = spec.path("resourceAttributes").isObject();
    boolean path = spec.path("nonResourceAttributes").isObject();
    if (resource && path) {
      throw refusal(
          FieldError.invalid(
              "spec.nonResourceAttributes",
              shown(spec),
              "cannot be specified in combination with resourceAttributes"));
    }
    if (!resource && !path) {
      throw refusal(
          FieldError.invalid(
              "spec.resourceAttributes",
              "null",
              "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
    }
  }

  /** It is about somebody. */
  static void subject(JsonNode spec) {
    if (spec.path("user").asString("").isEmpty() && spec.path("groups").isEmpty()) {
      throw refusal(
          FieldError.invalid(
              "spec.user", "\"\"", "at least one of user or group must be specified"));
    }
  }

  /** It is about its own namespace. */
  static void local(JsonNode spec, String namespace) {
    if (spec.path("nonResourceAttributes").isObject()) {
      throw refusal(
          FieldError.invalid(
              "spec.nonResourceAttributes", shown(spec), "disallowed on this kind of request"));
    }
    String other = spec.path("resourceAttributes").path("namespace").asString("");
    if (!other.equals(namespace)) {
      throw refusal(
          FieldError.invalid(
              "spec.resourceAttributes.namespace",
              "\"" + other + "\"",
              "must match metadata.namespace"));
    }
  }

  private static String shown(JsonNode spec) {
    JsonNode path = spec.path("nonResourceAttributes");
    return Json.object()
        .put("Path", path.path("path").asString(""))
        .put("Verb", path.path("verb").asString(""))
        .toString();
  }

  private static ApiError refusal(FieldError error) {
    return ApiError.invalid("", "authorization.k8s.io", "", List.of(error));
  }

  /** A token lasts ten minutes at least and is for the account that the path names. */
  static void tokenRequest(JsonNode request, String account, long seconds) {
    String shown = Long.toString(seconds);
    String name = Metadata.name(request);
    if (!name.isEmpty() && !name.equals(account)) {
      throw token(
          account,
          FieldError.invalid(
              "metadata.name",
              "\"" + name + "\"",
              "must match the service account name if specified"));
    }
    if (seconds < SHORTEST_SECONDS) {
      throw token(
          "",
          FieldError.invalid(
              "spec.expirationSeconds", shown, "may not specify a duration less than 10 minutes"));
    }
    if (seconds > LONGEST_SECONDS) {
      throw token(
          "",
          FieldError.invalid(
              "spec.expirationSeconds",
              shown,
              "may not specify a duration larger than 2^32 seconds"));
    }
  }

  private static ApiError token(String name, FieldError error) {
    return ApiError.invalid("TokenRequest", "authentication.k8s.io", name, List.of(error));
  }
}
