package dev.mlk.kube;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Percent-encoding (RFC 3986). */
final class Encoding {
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  private static final String HEX = "0123456789ABCDEF";

  private Encoding() {}

  /** Appends a path; slashes and everything else that a path may hold stay. */
  static void path(String path, StringBuilder out) {
    encode(path, "/:@!$&'()*+,;=%", out);
  }

  /** Appends {@code ?a=b&c=d}, or nothing. */
  static void query(Map<String, String> query, StringBuilder out) {
    char before = '?';
    for (Map.Entry<String, String> entry : query.entrySet()) {
      encode(entry.getKey(), "/:@,!()'*", out.append(before));
      encode(entry.getValue(), "/:@,!()'*", out.append('='));
      before = '&';
    }
  }

  private static void encode(String text, String also, StringBuilder out) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (PLAIN.indexOf(c) >= 0 || also.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
  }
}
