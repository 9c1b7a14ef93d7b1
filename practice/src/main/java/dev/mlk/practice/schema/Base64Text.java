package dev.mlk.practice.schema;

import java.util.Optional;

/** Checks standard base64 with padding as Go's decoder does; line ends are skipped. */
final class Base64Text {
  private Base64Text() {}

  /** What is wrong with the text, in Go's words; empty when it is base64. */
  static Optional<String> problem(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        continue;
      }
      if (c == '=') {
        return padding(text, i, digits % 4);
      }
      if (!isDigit(c)) {
        return illegal(i);
      }
      digits++;
    }
    return digits % 4 == 0 ? Optional.empty() : illegal(text.length() - digits % 4);
  }

  private static Optional<String> padding(String text, int at, int digits) {
    if (digits < 2) {
      return illegal(at);
    }
    int missing = 4 - digits;
    int i = at;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c != '\n' && c != '\r') {
        if (c != '=' || missing == 0) {
          return illegal(i);
        }
        missing--;
      }
      i++;
    }
    return missing == 0 ? Optional.empty() : illegal(text.length());
  }

  private static boolean isDigit(char c) {
    boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return letter || (c >= '0' && c <= '9') || c == '+' || c == '/';
  }

  private static Optional<String> illegal(int at) {
    return Optional.of("illegal base64 data at input byte " + at);
  }
}
