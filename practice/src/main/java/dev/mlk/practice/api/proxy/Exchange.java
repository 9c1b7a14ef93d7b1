package dev.mlk.practice.api.proxy;

import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One request and its answer over a connection of its own, which ends with the answer. */
final class Exchange {
  /** What is between neighbours only. */
  private static final Set<String> HOPS =
      Set.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final int LONGEST_HEAD = 64 << 10;
  private static final int FIRST_FINAL = 200;

  private final Call call;
  private final Socket socket;
  private final InputStream in;

  Exchange(Call call, Socket socket) throws IOException {
    this.call = call;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Sends the call on and begins to read the answer. Closing the answer's stream closes the
   * connection.
   *
   * @param target the path and query to ask for
   * @param forwarded further headers
   */
  Answer answer(String target, Map<String, String> forwarded) throws IOException {
    StringBuilder head = new StringBuilder(call.method() + " " + target + " HTTP/1.1\r\n");
    Set<String> named = named(call.wholeHeader("connection"));
    call.headers()
        .forEach(
            (name, values) -> {
              if (!named.contains(name) && !secret(name) && !name.equals("content-length")) {
                values.forEach(value -> line(head, name, value));
              }
            });
    forwarded.forEach((name, value) -> line(head, name, value));
    if (call.body().length > 0 || List.of("POST", "PUT", "PATCH").contains(call.method())) {
      line(head, "content-length", Integer.toString(call.body().length));
    }
    line(head, "connection", "close");
    socket
        .getOutputStream()
        .write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().write(call.body());
    socket.getOutputStream().flush();
    return read();
  }

  /** What shows who the caller is to the API server is nobody else's. */
  private static boolean secret(String name) {
    return name.equals("authorization") || name.startsWith("impersonate-");
  }

  private static Set<String> named(String connection) {
    Set<String> all = new HashSet<>(HOPS);
    for (String name : connection.split(",", -1)) {
      all.add(name.strip().toLowerCase(Locale.ROOT));
    }
    return all;
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value.replaceAll("[\r\n]", " ")).append("\r\n");
  }

  private Answer read() throws IOException {
    int status = 0;
    Map<String, List<String>> headers = new LinkedHashMap<>();
    while (status < FIRST_FINAL) {
      headers.clear();
      status = status(line());
      for (String header = line(); !header.isEmpty(); header = line()) {
        int colon = header.indexOf(':');
        if (colon > 0) {
          headers
              .computeIfAbsent(
                  header.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
              .add(header.substring(colon + 1).strip());
        }
      }
    }
    InputStream body = body(status, headers);
    String type = first(headers, "content-type").orElse("");
    headers.remove("content-type");
    headers
        .keySet()
        .removeAll(named(String.join(",", headers.getOrDefault("connection", List.of()))));
    return Answer.proxied(status, type, headers, body);
  }

  private static int status(String line) throws IOException {
    String[] words = line.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9]{2}")) {
      throw new IOException("malformed HTTP response \"" + line + "\"");
    }
    return Integer.parseInt(words[1]);
  }

  private InputStream body(int status, Map<String, List<String>> headers) throws IOException {
    if (call.method().equals("HEAD") || status == 204 || status == 304) {
      socket.close();
      return InputStream.nullInputStream();
    }
    if (first(headers, "transfer-encoding").orElse("").equalsIgnoreCase("chunked")) {
      return new BodyInput(in, socket, true, 0);
    }
    String length = first(headers, "content-length").orElse("");
    if (length.matches("[0-9]{1,18}")) {
      return new BodyInput(in, socket, false, Long.parseLong(length));
    }
    headers.remove("content-length");
    return new BodyInput(in, socket, false, Long.MAX_VALUE);
  }

  private static Optional<String> first(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  private String line() throws IOException {
    return BodyInput.line(in, LONGEST_HEAD);
  }

  /** The query as it came, written anew. */
  static String query(Map<String, List<String>> query) {
    StringBuilder text = new StringBuilder();
    query.forEach(
        (name, values) ->
            values.forEach(
                value ->
                    text.append(text.isEmpty() ? '?' : '&')
                        .append(encode(name))
                        .append('=')
                        .append(encode(value))));
    return text.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
