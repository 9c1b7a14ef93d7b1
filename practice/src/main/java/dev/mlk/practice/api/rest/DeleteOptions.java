package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.schema.Decoding;
import dev.mlk.practice.schema.Schemas;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
  private static final String KIND = "DeleteOptions";
  private static final Set<String> POLICIES = Set.of("Orphan", "Foreground", "Background");

  /** As the call has them. */
  static DeleteOptions of(Call call) {
    JsonNode given = given(call);
    List<FieldError> errors = new ArrayList<>();
    String policy = given.path("propagationPolicy").asString("");
    boolean decided = given.path("propagationPolicy").isString();
    if (decided && given.path("orphanDependents").isBoolean()) {
      errors.add(
          FieldError.invalid(
              "propagationPolicy",
              MetadataRules.quoted(policy),
              "orphanDependents and deletionPropagation cannot be both set"));
    }
    if (decided && !POLICIES.contains(policy)) {
      errors.add(
          FieldError.notSupported(
              "propagationPolicy",
              MetadataRules.quoted(policy),
              List.of("Foreground", "Background", "Orphan", "nil")));
    }
    List<String> dryRun = new ArrayList<>();
    given.path("dryRun").forEach(value -> dryRun.add(value.asString("")));
    OptionChecks.dryRun(dryRun).ifPresent(errors::add);
    if (!errors.isEmpty()) {
      throw ApiError.invalid(KIND, "meta.k8s.io", "", errors);
    }
    if (given.path("orphanDependents").isBoolean()) {
      policy = given.path("orphanDependents").asBoolean() ? "Orphan" : "Background";
    }
    JsonNode grace = given.path("gracePeriodSeconds");
    return new DeleteOptions(
        grace.isNumber() ? Optional.of(grace.asLong() < 0 ? 1L : grace.asLong()) : Optional.empty(),
        policy,
        given.path("preconditions").path("uid").asString(""),
        given.path("preconditions").path("resourceVersion").asString(""),
        !dryRun.isEmpty());
  }

  /** The options as an object: a call with a body has them there, and its query says nothing. */
  static ObjectNode given(Call call) {
    if (call.body().length == 0) {
      return query(call);
    }
    ObjectNode body = Bodies.anything(call, KIND);
    String kind = body.path("kind").asString("");
    if (!kind.isEmpty() && !kind.equals(KIND)) {
      throw ApiError.badRequest(
          "no kind \""
              + kind
              + "\" is registered for version \""
              + body.path("apiVersion").asString("")
              + "\" in scheme \"pkg/runtime/scheme.go:111\"");
    }
    Decoding.check(body, Schemas.builtIn().deleteOptions())
        .typeError()
        .ifPresent(
            text -> {
              throw ApiError.badRequest(text);
            });
    return body;
  }

  private static ObjectNode query(Call call) {
    ObjectNode options = Json.object();
    if (call.query().containsKey("gracePeriodSeconds")) {
      options.put("gracePeriodSeconds", call.wholeNumber("gracePeriodSeconds"));
    }
    if (call.query().containsKey("propagationPolicy")) {
      options.put("propagationPolicy", call.query("propagationPolicy"));
    }
    if (call.query().containsKey("orphanDependents")) {
      String text = call.query("orphanDependents").toLowerCase(Locale.ROOT);
      options.put("orphanDependents", !text.equals("false") && !text.equals("0"));
    }
    if (call.query().containsKey("dryRun")) {
      ArrayNode dryRun = options.putArray("dryRun");
      call.query().get("dryRun").forEach(dryRun::add);
    }
    return options;
  }
}
