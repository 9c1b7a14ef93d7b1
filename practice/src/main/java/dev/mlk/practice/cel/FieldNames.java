package dev.mlk.practice.cel;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of fields as expressions write them: what CEL cannot read is spelt out. */
final class FieldNames {
  private static final Pattern ESCAPABLE = Pattern.compile("[A-Za-z_./-][A-Za-z0-9_./-]*");
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private FieldNames() {}

  /** The name in expressions; empty when expressions cannot reach the field. */
  static Optional<String> escape(String name) {
    if (!ESCAPABLE.matcher(name).matches()) {
      return Optional.empty();
    }
    if (RESERVED.contains(name)) {
      return Optional.of("__" + name + "__");
    }
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      switch (letter) {
        case '.' -> escaped.append("__dot__");
        case '-' -> escaped.append("__dash__");
        case '/' -> escaped.append("__slash__");
        case '_' -> {
          boolean two = i + 1 < name.length() && name.charAt(i + 1) == '_';
          escaped.append(two ? "__underscores__" : "_");
          i += two ? 1 : 0;
        }
        default -> escaped.append(letter);
      }
    }
    return Optional.of(escaped.toString());
  }
}
