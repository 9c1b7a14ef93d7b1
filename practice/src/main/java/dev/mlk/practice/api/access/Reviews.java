package dev.mlk.practice.api.access;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The resources that are questions: who am I, may I, whose token is this, give me a token. */
public final class Reviews {
  private static final long DEFAULT_SECONDS = 3600;
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
        review.putObject("status").set("userInfo", user.info());
      }
      case "SelfSubjectAccessReview" -> {
        ReviewChecks.attributes(review.path("spec"));
        decide(user, review);
      }
      case "SubjectAccessReview", "LocalSubjectAccessReview" -> {
        ReviewChecks.subject(review.path("spec"));
        ReviewChecks.attributes(review.path("spec"));
        if (kind.startsWith("Local")) {
          ReviewChecks.local(review.path("spec"), namespace);
          Metadata.of(review).put("namespace", namespace);
        }
        decide(subject(review.path("spec")), review);
      }
      case "SelfSubjectRulesReview" -> rules(user, review);
      case "TokenReview" -> token(review);
      default -> throw ApiError.methodNotAllowed();
    }
    return review;
  }

  private static User subject(JsonNode spec) {
    List<String> groups = new ArrayList<>();
    spec.path("groups").forEach(group -> groups.add(group.asString("")));
    return new User(
        spec.path("user").asString(""), spec.path("uid").asString(""), groups, Map.of());
  }

  private void decide(User user, ObjectNode review) {
    JsonNode spec = review.path("spec");
    JsonNode resource = spec.path("resourceAttributes");
    JsonNode path = spec.path("nonResourceAttributes");
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
    review.set("spec", Json.object());
    Set<JsonNode> held = new LinkedHashSet<>();
    if (user.master()) {
      held.add(Json.read(BootstrapRoles.EVERYTHING.getBytes(StandardCharsets.UTF_8)));
      held.add(
          Json.read(
              "{\"verbs\":[\"*\"],\"nonResourceURLs\":[\"*\"]}".getBytes(StandardCharsets.UTF_8)));
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
    List<String> wanted = new ArrayList<>();
    review.path("spec").path("audiences").forEach(each -> wanted.add(each.asString("")));
    if (wanted.isEmpty()) {
      wanted.add(Tokens.ISSUER);
    }
    Optional<Tokens.Known> known = access.tokens().known(token);
    ObjectNode status = review.putObject("status");
    if (known.isEmpty()) {
      status.putObject("user");
      boolean signed = token.split("\\.", -1).length == 3;
      status.put("error", signed ? "[invalid bearer token]" : "invalid bearer token");
      return;
    }
    List<String> common =
        known.get().audiences().stream().filter(each -> wanted.contains(each)).toList();
    if (common.isEmpty()) {
      status.putObject("user");
      status.put(
          "error",
          "[invalid bearer token, token audiences "
              + quoted(known.get().audiences())
              + " is invalid for the target audiences "
              + quoted(wanted)
              + "]");
      return;
    }
    status.put("authenticated", true);
    status.set("user", known.get().user().info());
    common.forEach(status.putArray("audiences")::add);
  }

  private static String quoted(List<String> texts) {
    return "[\"" + String.join("\" \"", texts) + "\"]";
  }

  /** Answers a TokenRequest for a service account. */
  public ObjectNode token(String namespace, String name, ObjectNode request) {
    ObjectNode account =
        objects
            .find(Resources.SERVICE_ACCOUNTS, namespace, name)
            .orElseThrow(() -> ApiError.notFound(Resources.SERVICE_ACCOUNTS, name));
    ObjectNode spec = Json.child(request, "spec");
    long seconds = spec.path("expirationSeconds").asLong(DEFAULT_SECONDS);
    ReviewChecks.tokenRequest(request, name, seconds);
    List<String> audiences = new ArrayList<>();
    spec.path("audiences").forEach(audience -> audiences.add(audience.asString("")));
    if (audiences.isEmpty()) {
      audiences.add(Tokens.ISSUER);
    }
    SortedMap<String, ObjectNode> bound = bound(account, spec.path("boundObjectRef"));
    Instant expires = clock.instant().plusSeconds(seconds);
    audiences.forEach(spec.putArray("audiences")::add);
    spec.set("expirationSeconds", JsonNodeFactory.instance.numberNode(seconds));
    if (!spec.has("boundObjectRef")) {
      spec.putNull("boundObjectRef");
    }
    request.putObject("metadata").put("name", name).put("namespace", namespace);
    Metadata.of(request)
        .put("uid", Metadata.uid(account))
        .put("creationTimestamp", Metadata.time(clock.instant()));
    request
        .putObject("status")
        .put("token", access.tokens().issue(account, audiences, expires, bound))
        .put("expirationTimestamp", Metadata.time(expires));
    return request;
  }

  /** What a token is to end with, and the node of a pod. */
  private SortedMap<String, ObjectNode> bound(ObjectNode account, JsonNode reference) {
    SortedMap<String, ObjectNode> bound = new TreeMap<>();
    if (!reference.isObject()) {
      return bound;
    }
    String kind = text(reference, "kind");
    String claim = kind.toLowerCase(Locale.ROOT);
    Resource resource = Tokens.BOUND.get(claim);
    if (resource == null || !resource.kind().equals(kind)) {
      throw ApiError.badRequest(
          "cannot bind token to object of type /"
              + text(reference, "apiVersion")
              + ", Kind="
              + kind);
    }
    String name = text(reference, "name");
    String namespace = resource.namespaced() ? Metadata.namespace(account) : "";
    ObjectNode object =
        objects
            .find(resource, namespace, name)
            .orElseThrow(() -> ApiError.notFound(resource, name));
    String uid = text(reference, "uid");
    if (!uid.isEmpty() && !uid.equals(Metadata.uid(object))) {
      throw ApiError.conflict(
          Resource.namespaced("", "v1", kind, kind),
          name,
          "the UID in the bound object reference ("
              + uid
              + ") does not match the UID in record. The object might have been deleted and then"
              + " recreated");
    }
    bound.put(claim, object);
    if (claim.equals("pod")) {
      String node = text(object.path("spec"), "nodeName");
      objects.find(Resources.NODES, "", node).ifPresent(found -> bound.put("node", found));
    }
    return bound;
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
