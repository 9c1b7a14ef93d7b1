package dev.mlk.course.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps others out: pages of other sites, which can make their own name lead to this machine (DNS
 * rebinding), by the {@code Host} header; and other users of this machine by a secret, which the
 * printed address carries once and a cookie from then on.
 *
 * @param port the port that is listened on
 * @param secret the secret
 */
record Guard(int port, String secret) {
  /** What the address carries. */
  static final String PARAMETER = "token";

  /** The cookie; cookies do not tell ports apart, so its name does. */
  String cookie() {
    return "mlk-" + port;
  }

  /** Whether the request was meant for this server. */
  boolean addressed(List<String> hosts) {
    if (hosts == null || hosts.size() != 1) {
      return false;
    }
    String host = hosts.getFirst().toLowerCase(Locale.ROOT);
    return host.equals("127.0.0.1:" + port) || host.equals("localhost:" + port);
  }

  /** Whether the query of an address carries the secret. */
  boolean invited(String query) {
    return value(query == null ? "" : query, "&", PARAMETER).filter(this::right).isPresent();
  }

  /** Whether the cookies do. */
  boolean known(List<String> cookies) {
    if (cookies == null) {
      return false;
    }
    return cookies.stream()
        .anyMatch(line -> value(line, ";", cookie()).filter(this::right).isPresent());
  }

  private boolean right(String offered) {
    // In the same time however much of it is right.
    return MessageDigest.isEqual(
        offered.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> value(String text, String separator, String name) {
    for (String field : text.split(separator, -1)) {
      String one = field.strip();
      if (one.startsWith(name + "=")) {
        return Optional.of(one.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }
}
