package dev.mlk.kube;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One request to an API server.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param path the path without query, such as {@code /api/v1/namespaces/default/pods}
 * @param query decoded query parameters, in order
 * @param headers headers beyond those that the transport sets itself (host, credentials, length)
 * @param body the bytes to send, empty for none
 */
public record Request(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {
  private static final byte[] NOTHING = {};

  public Request {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    query = new LinkedHashMap<>(query);
    headers = new LinkedHashMap<>(headers);
  }

  /** A request without query, headers and body. */
  public static Request of(String method, String path) {
    return new Request(method, path, Map.of(), Map.of(), NOTHING);
  }

  /** The same with one more query parameter. */
  public Request query(String name, String value) {
    var more = new LinkedHashMap<>(query);
    more.put(name, value);
    return new Request(method, path, more, headers, body);
  }

  /** The same with one more header. */
  public Request header(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Request(method, path, query, more, body);
  }

  /** The same with a body of the given media type. */
  public Request body(String mediaType, byte[] bytes) {
    return new Request(method, path, query, header("Content-Type", mediaType).headers, bytes);
  }
}
