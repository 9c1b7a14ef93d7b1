package dev.mlk.practice.api.webhook;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.admission.Attempt;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.status.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** AdmissionReview, {@code admission.k8s.io/v1}: the question and what its answer means. */
final class Review {
  private static final String VERSION = "admission.k8s.io/v1";
  private static final String KIND = "AdmissionReview";

  private Review() {}

  /**
   * The question.
   *
   * @param as the resource as which the webhook knows it
   */
  static ObjectNode of(Attempt attempt, Resource as) {
    ObjectNode review = Json.object().put("kind", KIND).put("apiVersion", VERSION);
    ObjectNode request = review.putObject("request");
    Resource written = attempt.served().resource();
    boolean own = attempt.kind().equals(written);
    request.put("uid", UUID.randomUUID().toString());
    request.set("kind", kind(own ? as : attempt.kind()));
    request.set("resource", resource(as));
    subresource(request, "subResource", attempt);
    request.set("requestKind", kind(attempt.kind()));
    request.set("requestResource", resource(written));
    subresource(request, "requestSubResource", attempt);
    if (!attempt.name().isEmpty()) {
      request.put("name", attempt.name());
    }
    String namespace = written.plural().equals("namespaces") ? attempt.name() : attempt.namespace();
    if (!namespace.isEmpty()) {
      request.put("namespace", namespace);
    }
    request.put("operation", attempt.operation().name());
    request.set("userInfo", attempt.user().info());
    boolean deleted = attempt.operation() == Attempt.Operation.DELETE;
    request.set("object", deleted ? null : in(attempt.object(), own ? as : attempt.kind()));
    request.set(
        "oldObject", attempt.old().map(old -> in(old, own ? as : attempt.kind())).orElse(null));
    request.put("dryRun", attempt.dryRun());
    request.set("options", attempt.options());
    return review;
  }

  private static ObjectNode kind(Resource resource) {
    return Json.object()
        .put("group", resource.group())
        .put("version", resource.version())
        .put("kind", resource.kind());
  }

  private static ObjectNode resource(Resource resource) {
    return Json.object()
        .put("group", resource.group())
        .put("version", resource.version())
        .put("resource", resource.plural());
  }

  private static void subresource(ObjectNode request, String name, Attempt attempt) {
    if (!attempt.subresource().isEmpty()) {
      request.put(name, attempt.subresource());
    }
  }

  private static ObjectNode in(ObjectNode object, Resource kind) {
    ObjectNode head = Json.object().put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    ObjectNode rest = object.deepCopy();
    rest.remove(List.of("kind", "apiVersion"));
    return head.setAll(rest);
  }

  /** The warnings of an answer that allows the write. */
  static List<String> judge(String webhook, ObjectNode review, JsonNode answer)
      throws CallException, Refusal {
    JsonNode response = checked(review, answer);
    List<String> warnings = new ArrayList<>();
    response.path("warnings").forEach(warning -> warnings.add(warning.asString("")));
    if (response.path("allowed").asBoolean(false)) {
      return warnings;
    }
    JsonNode status = response.path("status");
    String reason = status.path("reason").asString("");
    String message = status.path("message").asString("");
    String why = message.isEmpty() ? reason : message;
    String text =
        "admission webhook \""
            + webhook
            + "\" denied the request"
            + (why.isEmpty() ? " without explanation" : ": " + why);
    int code = status.path("code").asInt(0) == 0 ? 400 : status.path("code").asInt();
    ObjectNode details = status.get("details") instanceof ObjectNode object ? object : null;
    throw new Refusal(ApiError.of(code, reason, text, details), warnings);
  }

  private static JsonNode checked(ObjectNode review, JsonNode answer) throws CallException {
    String head = "received invalid webhook response: ";
    String version = answer.path("apiVersion").asString("");
    String kind = answer.path("kind").asString("");
    if (!version.isEmpty() && !version.equals(VERSION) && kind.equals(KIND)) {
      throw new CallException(
          "failed to call webhook: no kind \""
              + KIND
              + "\" is registered for version \""
              + version
              + "\" in scheme \"pkg/runtime/scheme.go:111\"");
    }
    JsonNode response = answer.path("response");
    if (version.equals(VERSION) && !kind.equals(KIND)) {
      throw new CallException(
          "failed to call webhook: no kind \""
              + kind
              + "\" is registered for version \""
              + version
              + "\" in scheme \"pkg/runtime/scheme.go:110\"");
    }
    if (!response.isObject()) {
      throw new CallException(head + "webhook response was absent");
    }
    if (!version.equals(VERSION) || !kind.equals(KIND)) {
      String got = (version.isEmpty() ? "/" : version) + ", Kind=" + kind;
      throw new CallException(
          head + "expected webhook response of " + VERSION + ", Kind=" + KIND + ", got " + got);
    }
    String uid = review.path("request").path("uid").asString("");
    String got = response.path("uid").asString("");
    if (!got.equals(uid)) {
      throw new CallException(head + "expected response.uid=\"" + uid + "\", got \"" + got + "\"");
    }
    if (!response.path("patch").asString("").isEmpty()) {
      throw new CallException(head + "validating webhook may not return response.patch");
    }
    return response;
  }
}
