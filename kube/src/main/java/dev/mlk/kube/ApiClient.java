package dev.mlk.kube;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The verbs of the Kubernetes API over a {@link Transport}. Objects are trees as the server sent
 * them, and the caller's own to change. Every method throws {@link ApiException} when the server
 * refuses and {@link UncheckedIOException} when it cannot be reached.
 */
public final class ApiClient implements AutoCloseable {
  /** Media types of the patches. */
  public enum PatchType {
    JSON("application/json-patch+json"),
    MERGE("application/merge-patch+json"),
    STRATEGIC("application/strategic-merge-patch+json"),
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    PatchType(String mediaType) {
      this.mediaType = mediaType;
    }
  }

  private final Transport transport;
  private final String userAgent;

  /**
   * A client.
   *
   * @param userAgent who asks; the part before the first slash becomes the field manager
   */
  public ApiClient(Transport transport, String userAgent) {
    this.transport = transport;
    this.userAgent = userAgent;
  }

  /** The object, or a 404 as an exception. */
  public ObjectNode get(Resource resource, String namespace, String name) {
    return call(Request.of("GET", resource.path(namespace, name)));
  }

  /** The object, or empty when it is not there. */
  public Optional<ObjectNode> find(Resource resource, String namespace, String name) {
    try {
      return Optional.of(get(resource, namespace, name));
    } catch (ApiException e) {
      if (e.notFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * The list object, with its {@code metadata.resourceVersion} and {@code items}.
   *
   * @param namespace the namespace, empty for all
   * @param query selectors, limit and the like
   */
  public ObjectNode list(Resource resource, String namespace, Map<String, String> query) {
    return call(new Request("GET", resource.path(namespace), query, Map.of(), new byte[0]));
  }

  /** Creates the object in the namespace and returns it as stored. */
  public ObjectNode create(Resource resource, String namespace, JsonNode object) {
    return call(json("POST", resource.path(namespace), object));
  }

  /** Replaces the object; its resourceVersion, when there, must be the current one. */
  public ObjectNode update(Resource resource, JsonNode object) {
    return call(json("PUT", path(resource, object), object));
  }

  /** Replaces the object's status. */
  public ObjectNode updateStatus(Resource resource, JsonNode object) {
    return call(json("PUT", path(resource, object) + "/status", object));
  }

  /** Patches an object or, with a path that ends so, one of its subresources. */
  public ObjectNode patch(String path, PatchType type, JsonNode patch) {
    return call(Request.of("PATCH", path).body(type.mediaType, bytes(patch)));
  }

  /** Deletes the object; the answer is a {@code Status} or the object on its way out. */
  public ObjectNode delete(Resource resource, String namespace, String name, JsonNode options) {
    return call(json("DELETE", resource.path(namespace, name), options));
  }

  /** Deletes the object with the kind's own defaults, whether it is there or not. */
  public void deleteIfThere(Resource resource, String namespace, String name) {
    try {
      delete(resource, namespace, name, JsonNodeFactory.instance.objectNode());
    } catch (ApiException e) {
      if (!e.notFound()) {
        throw e;
      }
    }
  }

  /** Sends any request and reads the whole answer as JSON. */
  public ObjectNode call(Request request) {
    try (Reply reply = open(request)) {
      return (ObjectNode) JsonText.read(reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends any request and hands over the running answer: a watch, a log. The caller closes it. */
  public Reply open(Request request) {
    try {
      Reply reply =
          transport.send(
              request.headers().containsKey("User-Agent")
                  ? request
                  : request.header("User-Agent", userAgent));
      if (reply.ok()) {
        return reply;
      }
      try (reply) {
        throw refusal(reply.status(), reply.body().readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens a WebSocket to a subresource of an object: exec, port-forward. The caller closes it.
   *
   * @param path the subresource
   * @param query its parameters, any of them several times
   * @param protocol the subprotocol, such as {@code v5.channel.k8s.io}
   */
  public WebSocket connect(String path, List<Map.Entry<String, String>> query, String protocol) {
    StringBuilder target = new StringBuilder();
    Encoding.path(path, target);
    String between = "?";
    for (Map.Entry<String, String> one : query) {
      StringBuilder pair = new StringBuilder();
      Encoding.query(Map.of(one.getKey(), one.getValue()), pair);
      target.append(between).append(pair, 1, pair.length());
      between = "&";
    }
    try {
      return switch (transport.upgrade(target.toString(), protocol)) {
        case Transport.Upgrade.Opened opened -> opened.socket();
        case Transport.Upgrade.Refused refused -> {
          try (Reply reply = refused.reply()) {
            throw refusal(reply.status(), reply.body().readAllBytes());
          }
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ApiException refusal(int code, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (text.startsWith("{")) {
      JsonNode status = JsonText.read(new ByteArrayInputStream(body));
      return new ApiException(code, status, status.path("message").asString(text));
    }
    return new ApiException(code, JsonNodeFactory.instance.objectNode(), text.strip());
  }

  private static Request json(String method, String path, JsonNode body) {
    return Request.of(method, path).body("application/json", bytes(body));
  }

  private static byte[] bytes(JsonNode node) {
    return JsonText.bytes(node);
  }

  private static String path(Resource resource, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return resource.path(
        metadata.path("namespace").asString(""), metadata.path("name").asString(""));
  }

  @Override
  public void close() {
    transport.close();
  }
}
