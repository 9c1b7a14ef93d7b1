package dev.mlk.practice.api.access;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The resources that are questions: who am I, may I, whose token is this, give me a token. */
public final class Reviews {
  private static final long DEFAULT_SECONDS = 3600;
  private static final long SHORTEST_SECONDS = 600;
  private static final long LONGEST_SECONDS = 1L << 32;
  private final Access access;
  private final Objects objects;
  private final InstantSource clock;

  /** Answers by that access. */
  public Reviews(Access access, Objects objects, InstantSource clock) {
    this.access = access;
    this.objects = objects;
    this.clock = clock;
  }

  /** Fills in the status of a review of that kind. */
  public ObjectNode answer(String kind, User user, String namespace, ObjectNode review) {
    review.set("metadata", Json.object());
    switch (kind) {
      case "SelfSubjectReview" -> {
        review.putObject("metadata").put("creationTimestamp", Metadata.time(clock.instant()));
        review.putObject("status").set("userInfo", info(user));
      }
      case "SelfSubjectAccessReview" -> decide(user, review);
      case "SubjectAccessReview" -> decide(subject(review.path("spec")), review);
      case "LocalSubjectAccessReview" -> {
        checkNamespace(namespace, review);
        review.putObject("metadata").put("namespace", namespace);
        decide(subject(review.path("spec")), review);
      }
      case "SelfSubjectRulesReview" -> rules(user, review);
      case "TokenReview" -> token(review);
      default -> throw ApiError.methodNotAllowed();
    }
    return review;
  }

  private static ObjectNode info(User user) {
    ObjectNode info = Json.object().put("username", user.name());
    if (!user.uid().isEmpty()) {
      info.put("uid", user.uid());
    }
    user.groups().forEach(info.putArray("groups")::add);
    if (!user.extra().isEmpty()) {
      ObjectNode extra = info.putObject("extra");
      user.extra().forEach((name, values) -> values.forEach(extra.withArray(name)::add));
    }
    return info;
  }

  private static void checkNamespace(String namespace, ObjectNode review) {
    String asked = text(review.path("spec").path("resourceAttributes"), "namespace");
    if (!asked.equals(namespace)) {
      throw unclear(
          "spec.resourceAttributes.namespace",
          "\"" + asked + "\"",
          "must match metadata.namespace");
    }
  }

  private static ApiError unclear(String path, String value, String why) {
    return ApiError.invalid(
        "", "authorization.k8s.io", "", List.of(FieldError.invalid(path, value, why)));
  }

  private static User subject(JsonNode spec) {
    if (text(spec, "user").isEmpty() && spec.path("groups").isEmpty()) {
      throw unclear("spec.user", "\"\"", "at least one of user or group must be specified");
    }
    List<String> groups = new ArrayList<>();
    spec.path("groups").forEach(group -> groups.add(group.asString("")));
    return new User(
        spec.path("user").asString(""), spec.path("uid").asString(""), groups, Map.of());
  }

  private void decide(User user, ObjectNode review) {
    JsonNode spec = review.path("spec");
    JsonNode resource = spec.path("resourceAttributes");
    JsonNode path = spec.path("nonResourceAttributes");
    if (resource.isObject() == path.isObject()) {
      throw unclear(
          "spec.resourceAttributes",
          "null",
          "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }
    Wish wish =
        resource.isObject()
            ? Wish.resource(
                text(resource, "verb"),
                text(resource, "group"),
                text(resource, "resource"),
                text(resource, "subresource"),
                text(resource, "namespace"),
                text(resource, "name"))
            : Wish.path(text(path, "verb"), text(path, "path"));
    Rbac.Verdict verdict = access.decide(user, wish);
    ObjectNode status = review.putObject("status").put("allowed", verdict.allowed());
    if (!verdict.reason().isEmpty()) {
      status.put("reason", verdict.reason());
    }
    if (!verdict.errors().isEmpty()) {
      status.put("reason", "RBAC: " + String.join(", ", verdict.errors()));
    }
  }

  private void rules(User user, ObjectNode review) {
    String namespace = text(review.path("spec"), "namespace");
    if (namespace.isEmpty()) {
      throw ApiError.badRequest("no namespace on request");
    }
    // What was asked is not repeated.
    review.putObject("spec");
    List<JsonNode> held = new ArrayList<>();
    if (user.master()) {
      held.add(
          Json.read(BootstrapRoles.EVERYTHING.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      held.add(
          Json.read(
              "{\"verbs\":[\"*\"],\"nonResourceURLs\":[\"*\"]}"
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    access.rbac().held(user, namespace, new ArrayList<>()).forEach(one -> held.add(one.rule()));
    ObjectNode status = review.putObject("status");
    ArrayNode resources = status.putArray("resourceRules");
    ArrayNode paths = status.putArray("nonResourceRules");
    held.forEach(rule -> (rule.has("nonResourceURLs") ? paths : resources).add(rule));
    status.put("incomplete", false);
  }

  private void token(ObjectNode review) {
    String token = text(review.path("spec"), "token");
    if (token.isEmpty()) {
      throw ApiError.badRequest("token is required for TokenReview in authentication");
    }
    Optional<User> user = access.tokens().user(token);
    ObjectNode status = review.putObject("status");
    if (user.isEmpty()) {
      status.putObject("user");
      status.put("error", "invalid bearer token");
      return;
    }
    status.put("authenticated", true);
    status.set("user", info(user.get()));
    status.putArray("audiences").add(Tokens.ISSUER);
  }

  /** Answers a TokenRequest for a service account. */
  public ObjectNode token(String namespace, String name, ObjectNode request) {
    ObjectNode account =
        objects
            .find(Resources.SERVICE_ACCOUNTS, namespace, name)
            .orElseThrow(() -> ApiError.notFound(Resources.SERVICE_ACCOUNTS, name));
    ObjectNode spec = Json.child(request, "spec");
    long seconds = spec.path("expirationSeconds").asLong(DEFAULT_SECONDS);
    if (seconds < SHORTEST_SECONDS) {
      throw wrongDuration(seconds, "may not specify a duration less than 10 minutes");
    }
    if (seconds > LONGEST_SECONDS) {
      throw wrongDuration(seconds, "may not specify a duration larger than 2^32 seconds");
    }
    List<String> audiences = new ArrayList<>();
    spec.path("audiences").forEach(audience -> audiences.add(audience.asString("")));
    if (audiences.isEmpty()) {
      audiences.add(Tokens.ISSUER);
    }
    JsonNode reference = spec.path("boundObjectRef");
    Optional<ObjectNode> bound =
        reference.isObject() ? Optional.of(bound(namespace, reference)) : Optional.empty();
    Instant expires = clock.instant().plusSeconds(seconds);
    audiences.forEach(spec.putArray("audiences")::add);
    spec.set("expirationSeconds", JsonNodeFactory.instance.numberNode(seconds));
    if (!spec.has("boundObjectRef")) {
      spec.putNull("boundObjectRef");
    }
    request.putObject("metadata").put("name", name).put("namespace", namespace);
    Metadata.of(request).put("creationTimestamp", Metadata.time(clock.instant()));
    request
        .putObject("status")
        .put("token", access.tokens().issue(account, audiences, expires, bound))
        .put("expirationTimestamp", Metadata.time(expires));
    return request;
  }

  private static ApiError wrongDuration(long seconds, String why) {
    return ApiError.invalid(
        "TokenRequest",
        "authentication.k8s.io",
        "",
        List.of(FieldError.invalid("spec.expirationSeconds", Long.toString(seconds), why)));
  }

  /** The object that a token is to live with. */
  private ObjectNode bound(String namespace, JsonNode reference) {
    String kind = text(reference, "kind");
    Resource resource =
        switch (kind) {
          case "Pod" -> Resources.PODS;
          case "Secret" -> Resources.SECRETS;
          case "Node" -> Resources.NODES;
          default ->
              throw ApiError.badRequest(
                  "cannot bind token to object of type /"
                      + text(reference, "apiVersion")
                      + ", Kind="
                      + kind);
        };
    String name = text(reference, "name");
    return objects
        .find(resource, resource.namespaced() ? namespace : "", name)
        .orElseThrow(() -> ApiError.notFound(resource, name));
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
