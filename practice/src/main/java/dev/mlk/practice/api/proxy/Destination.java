package dev.mlk.practice.api.proxy;

import dev.mlk.practice.kubelet.PodStreams.Target;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request goes.
 *
 * @param secure whether the pod is spoken to over TLS
 * @param pod the pod
 * @param port its port, as its containers name it
 */
record Destination(boolean secure, Target pod, int port) {
  private static final Pattern NAME =
      Pattern.compile("(?:(?<scheme>https?|):)?(?<name>[^:]+)(?::(?<port>[^:]*))?");
  private static final Pattern SHORT = Pattern.compile("(?<name>[^:]+)(?::(?<port>[^:]*))?");

  /**
   * A name as URLs have it: {@code NAME}, {@code NAME:PORT}, {@code SCHEME:NAME:PORT}.
   *
   * @param scheme {@code http}, {@code https} or empty
   * @param port a number, the name of a port or empty
   */
  record Name(String scheme, String name, String port) {
    /** Reads it; empty when it is none. */
    static Optional<Name> parse(String text) {
      Matcher plain = SHORT.matcher(text);
      if (plain.matches()) {
        return Optional.of(new Name("", plain.group("name"), orEmpty(plain.group("port"))));
      }
      Matcher full = NAME.matcher(text);
      return full.matches() && full.group("port") != null
          ? Optional.of(
              new Name(orEmpty(full.group("scheme")), full.group("name"), full.group("port")))
          : Optional.empty();
    }

    private static String orEmpty(String group) {
      return group == null ? "" : group;
    }
  }
}
