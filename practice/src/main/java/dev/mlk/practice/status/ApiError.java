package dev.mlk.practice.status;

import dev.mlk.kube.Resource;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A refusal in Kubernetes' words: a {@code Status} object with its code. Errors about finding name
 * the resource ({@code jobs.batch "x"}), errors about content the kind ({@code Job.batch "x"}).
 */
public final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** How many causes {@code details} holds and in which words, is part of the protocol. */
  private final transient ObjectNode status;

  private final int code;

  private ApiError(int code, String reason, String message, ObjectNode details) {
    super(message, null, false, false);
    this.code = code;
    this.status = NODES.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", message);
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (details != null) {
      status.set("details", details);
    }
    status.put("code", code);
  }

  /** The HTTP status code. */
  public int code() {
    return code;
  }

  /** The {@code Status} object. */
  public ObjectNode status() {
    return status;
  }

  /** Any refusal without details. */
  public static ApiError of(int code, String reason, String message) {
    return new ApiError(code, reason, message, null);
  }

  /** Any refusal with details. */
  public static ApiError of(int code, String reason, String message, ObjectNode details) {
    return new ApiError(code, reason, message, details);
  }

  /** 400. */
  public static ApiError badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  /** 413: the body is larger than that many bytes. */
  public static ApiError tooLarge(long limit) {
    return of(413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit);
  }

  /** 429: try again in a second. */
  public static ApiError tooManyRequests(String message) {
    return of(429, "TooManyRequests", message, NODES.objectNode().put("retryAfterSeconds", 1));
  }

  /** 404: no such object. */
  public static ApiError notFound(Resource resource, String name) {
    return new ApiError(
        404, "NotFound", quoted(resource, name) + " not found", details(resource, name));
  }

  /** 404: the path leads nowhere in a known group. */
  public static ApiError noSuchResource() {
    return new ApiError(
        404, "NotFound", "the server could not find the requested resource", NODES.objectNode());
  }

  /** 405. */
  public static ApiError methodNotAllowed() {
    return new ApiError(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        NODES.objectNode());
  }

  /** 409: an object of that name is there. */
  public static ApiError alreadyExists(Resource resource, String name) {
    return new ApiError(
        409, "AlreadyExists", quoted(resource, name) + " already exists", details(resource, name));
  }

  /** 409: the operation does not fit the object as it is now. */
  public static ApiError conflict(Resource resource, String name, String why) {
    return new ApiError(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + quoted(resource, name) + ": " + why,
        details(resource, name));
  }

  /** 409: the object was changed since the writer read it. */
  public static ApiError modified(Resource resource, String name) {
    return conflict(
        resource,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  /** 403 about an object or, with an empty name, a resource. */
  public static ApiError forbidden(Resource resource, String name, String why) {
    return forbidden(resource.plural(), resource.group(), name, why);
  }

  /** 403 with the resource spelt out. */
  public static ApiError forbidden(String plural, String group, String name, String why) {
    String qualified = group.isEmpty() ? plural : plural + "." + group;
    ObjectNode details = details(name, group, plural);
    String subject = name.isEmpty() ? qualified : qualified + " \"" + name + "\"";
    return new ApiError(403, "Forbidden", subject + " is forbidden: " + why, details);
  }

  /** 403 about a path that is no resource. */
  public static ApiError forbiddenPath(String why) {
    return new ApiError(403, "Forbidden", "forbidden: " + why, NODES.objectNode());
  }

  /** 401. */
  public static ApiError unauthorized() {
    return of(401, "Unauthorized", "Unauthorized");
  }

  /**
   * 422 with all that is wrong.
   *
   * @param kind the kind, such as {@code Job}
   * @param group its group, empty for core
   * @param name the object's name, empty when it has none
   */
  public static ApiError invalid(String kind, String group, String name, List<FieldError> errors) {
    String qualified = group.isEmpty() ? kind : kind + "." + group;
    String head = qualified + " \"" + name + "\" is invalid: ";
    return new ApiError(
        422, "Invalid", head + sentence(errors), causes(details(name, group, kind), errors));
  }

  /** 422: a patch that cannot be applied. */
  public static ApiError unprocessablePatch() {
    return new ApiError(
        422,
        "Invalid",
        "the server rejected our request due to an error in our request",
        NODES.objectNode());
  }

  /** 415. */
  public static ApiError unsupportedMediaType(String message) {
    return of(415, "UnsupportedMediaType", message);
  }

  /** 410: the revision asked for is gone. */
  public static ApiError gone(String message) {
    return of(410, "Expired", message);
  }

  /** 500. */
  public static ApiError internal(String message) {
    ObjectNode details = NODES.objectNode();
    details.putArray("causes").addObject().put("message", message);
    return new ApiError(500, "InternalError", "Internal error occurred: " + message, details);
  }

  /** {@code details} of an error about an object. */
  public static ObjectNode details(Resource resource, String name) {
    return details(name, resource.group(), resource.plural());
  }

  private static ObjectNode details(String name, String group, String kind) {
    ObjectNode details = NODES.objectNode();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    return kind.isEmpty() ? details : details.put("kind", kind);
  }

  /** {@code PATH: TEXT}, or all of them in brackets. */
  private static String sentence(List<FieldError> errors) {
    List<String> texts = errors.stream().map(e -> e.field() + ": " + e.message()).toList();
    List<String> once = texts.stream().distinct().toList();
    return once.size() == 1 ? once.getFirst() : "[" + String.join(", ", once) + "]";
  }

  private static ObjectNode causes(ObjectNode details, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      var causes = details.putArray("causes");
      for (FieldError error : errors) {
        causes
            .addObject()
            .put("reason", error.reason())
            .put("message", error.message())
            .put("field", error.field());
      }
    }
    return details;
  }

  private static String quoted(Resource resource, String name) {
    return resource.qualifiedName() + " \"" + name + "\"";
  }
}
