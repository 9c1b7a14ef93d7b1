package dev.mlk.practice.kind;

import java.util.List;
import java.util.regex.Pattern;

/** Kubernetes' rules for names, with its texts. */
public final class Names {
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private Names() {}

  /**
   * RFC 1123 subdomain: the rule for most kinds.
   *
   * @param prefix whether it is the beginning of a generated name, which may end in a dash
   */
  public static List<String> subdomain(String name, boolean prefix) {
    String whole = prefix && name.endsWith("-") ? name.substring(0, name.length() - 1) + "a" : name;
    if (whole.length() > 253) {
      return List.of("must be no more than 253 characters");
    }
    if (SUBDOMAIN.matcher(whole).matches()) {
      return List.of();
    }
    return List.of(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an"
            + " alphanumeric character (e.g. 'example.com', regex used for validation is"
            + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
  }
}
