package dev.mlk.practice.kind;

import java.util.regex.Pattern;

/** Addresses of the internet protocol. */
final class Addresses {
  private static final Pattern FOUR =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern SIX =
      Pattern.compile("(?=.*:.*:)[0-9a-fA-F:]{2,39}(\\d{1,3}(\\.\\d{1,3}){3})?");

  private Addresses() {}

  /** Checks that a text is an address of either family. */
  static void check(String address, String path, Findings findings) {
    if (!FOUR.matcher(address).matches() && !SIX.matcher(address).matches()) {
      findings.invalid(
          path, address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }
  }
}
