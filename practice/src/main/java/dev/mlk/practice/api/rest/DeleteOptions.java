package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How to delete.
 *
 * @param grace seconds given, empty for the kind's own
 * @param policy Orphan, Foreground, Background or empty for the kind's own
 * @param uid the uid that the object must have, empty for any
 * @param version the resourceVersion that the object must have, empty for any
 * @param dryRun whether nothing is to happen
 */
record DeleteOptions(
    Optional<Long> grace, String policy, String uid, String version, boolean dryRun) {

  /** From the body and, where that is silent, the query. */
  static DeleteOptions of(Call call) {
    JsonNode body = body(call);
    Optional<Long> grace = call.number("gracePeriodSeconds");
    if (body.path("gracePeriodSeconds").isIntegralNumber()) {
      grace = Optional.of(body.path("gracePeriodSeconds").asLong());
    }
    String policy = body.path("propagationPolicy").asString(call.query("propagationPolicy"));
    Optional<Boolean> orphan = orphan(call, body);
    List<FieldError> errors = new ArrayList<>();
    if (!policy.isEmpty() && orphan.isPresent()) {
      errors.add(
          FieldError.invalid(
              "propagationPolicy",
              MetadataRules.quoted(policy),
              "orphanDependents and deletionPropagation cannot be both set"));
    }
    if (!List.of("", "Orphan", "Foreground", "Background").contains(policy)) {
      errors.add(
          FieldError.notSupported(
              "propagationPolicy",
              MetadataRules.quoted(policy),
              List.of("Foreground", "Background", "Orphan", "nil")));
    }
    List<String> dryRun = new ArrayList<>(call.query().getOrDefault("dryRun", List.of()));
    body.path("dryRun").forEach(value -> dryRun.add(value.asString("")));
    List<String> odd =
        dryRun.stream().filter(value -> !value.isEmpty() && !value.equals("All")).toList();
    if (!odd.isEmpty()) {
      String shown =
          "[" + String.join(",", dryRun.stream().map(MetadataRules::quoted).toList()) + "]";
      errors.add(FieldError.notSupported("dryRun", shown, List.of("All")));
    }
    if (!errors.isEmpty()) {
      throw ApiError.invalid("DeleteOptions", "meta.k8s.io", "", errors);
    }
    if (orphan.isPresent()) {
      policy = orphan.get() ? "Orphan" : "Background";
    }
    return new DeleteOptions(
        grace.map(seconds -> seconds < 0 ? 1L : seconds),
        policy,
        body.path("preconditions").path("uid").asString(""),
        body.path("preconditions").path("resourceVersion").asString(""),
        dryRun.contains("All"));
  }

  private static Optional<Boolean> orphan(Call call, JsonNode body) {
    if (body.path("orphanDependents").isBoolean()) {
      return Optional.of(body.path("orphanDependents").asBoolean());
    }
    return call.query("orphanDependents").isEmpty()
        ? Optional.empty()
        : Optional.of(call.asks("orphanDependents"));
  }

  private static JsonNode body(Call call) {
    if (call.body().length == 0) {
      return Json.object();
    }
    return Bodies.anything(call, "DeleteOptions");
  }
}
