package dev.mlk.board.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the pages of other sites out. A site can make its own name lead to this machine (DNS
 * rebinding) and is then of one origin with whatever listens here: only the {@code Host} header
 * tells. And it can have pictures and scripts loaded from here: {@code Sec-Fetch-Site} tells.
 */
final class Guard {
  private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

  private Guard() {}

  /**
   * Why a request is refused; empty when it is not.
   *
   * @param host the {@code Host} headers
   * @param site what {@code Sec-Fetch-Site} says; null from what is no browser
   * @param page whether the page itself is asked for, which any link may lead to
   */
  static Optional<String> refusal(List<String> host, String site, boolean page) {
    if (host.size() != 1 || !OWN_NAMES.contains(name(host.getFirst()))) {
      return Optional.of("This board answers to localhost and 127.0.0.1 only, not to other names.");
    }
    boolean own = site == null || site.equals("same-origin") || site.equals("none");
    return own || page
        ? Optional.empty()
        : Optional.of("This board answers to its own page only, not to other sites.");
  }

  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return name.toLowerCase(Locale.ROOT);
  }
}
