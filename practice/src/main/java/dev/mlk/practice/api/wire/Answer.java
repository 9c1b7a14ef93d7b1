package dev.mlk.practice.api.wire;

import dev.mlk.practice.stream.Upgrade;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a call: whole, or a stream whose reads block until there is more to send.
 *
 * @param status the HTTP status code
 * @param type the content type, empty for none
 * @param warnings texts for {@code Warning} headers
 * @param body the whole body, empty for a stream
 * @param stream the stream, closed by whoever sends it
 * @param upgrade how the connection goes on after a status 101
 * @param headers further headers, names in lower case
 */
public record Answer(
    int status,
    String type,
    List<String> warnings,
    byte[] body,
    Optional<InputStream> stream,
    Optional<Upgrade> upgrade,
    Map<String, List<String>> headers) {
  private static final byte[] NOTHING = {};

  public Answer {
    warnings = List.copyOf(warnings);
    headers = Map.copyOf(headers);
  }

  /** A whole answer. */
  public static Answer of(int status, String type, byte[] body) {
    return new Answer(status, type, List.of(), body, Optional.empty(), Optional.empty(), Map.of());
  }

  /** Plain text. */
  public static Answer text(int status, String text) {
    return of(
        status,
        "text/plain; charset=utf-8",
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** An answer that goes on until its stream ends. */
  public static Answer stream(String type, InputStream stream) {
    return new Answer(
        200, type, List.of(), NOTHING, Optional.of(stream), Optional.empty(), Map.of());
  }

  /** The answer of another server, with its headers and its body as it comes. */
  public static Answer proxied(
      int status, String type, Map<String, List<String>> headers, InputStream body) {
    return new Answer(
        status, type, List.of(), NOTHING, Optional.of(body), Optional.empty(), headers);
  }

  /** The same with a header, which takes the place of others of that name. */
  public Answer with(String name, String value) {
    Map<String, List<String>> more = new HashMap<>(headers);
    more.put(name, List.of(value));
    return new Answer(status, type, warnings, body, stream, upgrade, more);
  }

  /** The connection is upgraded to another protocol. */
  public static Answer upgrade(Upgrade upgrade) {
    return new Answer(
        101, "", List.of(), NOTHING, Optional.empty(), Optional.of(upgrade), Map.of());
  }

  /** The same with more warnings, each text once. */
  public Answer warning(List<String> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(warnings);
    more.stream().filter(text -> !all.contains(text)).forEach(all::add);
    return new Answer(status, type, all, body, stream, upgrade, headers);
  }

  /** The {@code Warning} header's value; empty when there are none. */
  public String warningHeader() {
    StringBuilder header = new StringBuilder();
    for (String warning : warnings) {
      if (warning.chars().anyMatch(Character::isISOControl)) {
        // As Kubernetes does: such a text fits no header.
        continue;
      }
      String quoted = warning.replace("\\", "\\\\").replace("\"", "\\\"").replace('\n', ' ');
      header.append(header.isEmpty() ? "" : ", ").append("299 - \"").append(quoted).append('"');
    }
    return header.toString();
  }
}
