package dev.mlk.practice.cel;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address, written as the standards want it.
 *
 * @param ip the address
 */
record Address(InetAddress ip) {
  private static final Pattern FOUR =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final Pattern SIX = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** The address in the text; empty when it is none. Names are never looked up. */
  static Optional<Address> parse(String text) {
    if (!FOUR.matcher(text).matches() && !SIX.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      InetAddress ip = InetAddress.ofLiteral(text);
      // ::ffff:1.2.3.4 is refused by Kubernetes and becomes an IPv4 address in Java.
      boolean mapped = text.indexOf(':') >= 0 && ip.getAddress().length == 4;
      return mapped ? Optional.empty() : Optional.of(new Address(ip));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Address of(byte[] bytes) {
    try {
      return new Address(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  long family() {
    return ip instanceof Inet6Address ? 6 : 4;
  }

  int bits() {
    return ip.getAddress().length * 8;
  }

  /** Neither unspecified nor loopback, multicast or of the link. */
  boolean global() {
    return !ip.isAnyLocalAddress()
        && !ip.isLoopbackAddress()
        && !ip.isMulticastAddress()
        && !ip.isLinkLocalAddress();
  }

  @Override
  public String toString() {
    if (family() == 4) {
      return ip.getHostAddress();
    }
    return compressed(ip.getHostAddress().split("%", -1)[0].split(":", -1));
  }

  /** IPv6 with its longest run of zeros left out. */
  private static String compressed(String[] groups) {
    int start = -1;
    int length = 1;
    for (int i = 0; i < groups.length; i++) {
      int end = i;
      while (end < groups.length && groups[end].equals("0")) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    if (start < 0) {
      return String.join(":", groups);
    }
    String head = String.join(":", java.util.Arrays.copyOfRange(groups, 0, start));
    String tail =
        String.join(":", java.util.Arrays.copyOfRange(groups, start + length, groups.length));
    return head + "::" + tail;
  }
}
