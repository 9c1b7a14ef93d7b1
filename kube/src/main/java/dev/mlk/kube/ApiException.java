package dev.mlk.kube;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The server's refusal, with the {@code Status} object that explains it. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient JsonNode status;
  private final int code;

  /**
   * A refusal.
   *
   * @param code the HTTP status code
   * @param status the {@code Status} object, or a missing node when the server sent none
   * @param message what the server said
   */
  public ApiException(int code, JsonNode status, String message) {
    super(message);
    this.code = code;
    this.status = status;
  }

  /** The HTTP status code. */
  public int code() {
    return code;
  }

  /** The {@code Status} object; an empty object when there was none. */
  public JsonNode status() {
    return status == null ? JsonNodeFactory.instance.objectNode() : status;
  }

  /** The machine-readable reason, such as {@code AlreadyExists}; empty when there was none. */
  public String reason() {
    return status().path("reason").asString("");
  }

  /** Whether the object is not there. */
  public boolean notFound() {
    return code == 404;
  }

  /** Whether somebody else changed or made the object first. */
  public boolean conflict() {
    return code == 409;
  }
}
