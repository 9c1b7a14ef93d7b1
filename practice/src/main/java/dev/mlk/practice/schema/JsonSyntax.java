package dev.mlk.practice.schema;

/**
 * Finds the first mistake in a text that is no JSON, and says it in Go's words, as the server's
 * messages do.
 */
final class JsonSyntax {
  private static final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1;

    Mistake(String message) {
      super(message, null, false, false);
    }
  }

  private static final String END = "unexpected end of JSON input";

  private final String text;
  private int at;

  private JsonSyntax(String text) {
    this.text = text;
  }

  /** The mistake; a general word when the text is well-formed after all. */
  static String problem(String text) {
    JsonSyntax scan = new JsonSyntax(text);
    try {
      scan.blanks();
      scan.value();
      scan.blanks();
      if (scan.at < text.length()) {
        throw scan.unexpected("after top-level value");
      }
      return "exceeded max depth";
    } catch (Mistake mistake) {
      return mistake.getMessage();
    } catch (StackOverflowError deep) {
      return "exceeded max depth";
    }
  }

  private void value() {
    char c = peek();
    switch (c) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> {
        if (c != '-' && !digit(c)) {
          throw unexpected("looking for beginning of value");
        }
        number();
      }
    }
  }

  private void object() {
    at++;
    blanks();
    if (peek() == '}') {
      at++;
      return;
    }
    while (true) {
      if (peek() != '"') {
        throw unexpected("looking for beginning of object key string");
      }
      string();
      blanks();
      if (peek() != ':') {
        throw unexpected("after object key");
      }
      at++;
      blanks();
      value();
      blanks();
      char c = peek();
      if (c == '}') {
        at++;
        return;
      }
      if (c != ',') {
        throw unexpected("after object key:value pair");
      }
      at++;
      blanks();
    }
  }

  private void array() {
    at++;
    blanks();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      value();
      blanks();
      char c = peek();
      if (c == ']') {
        at++;
        return;
      }
      if (c != ',') {
        throw unexpected("after array element");
      }
      at++;
      blanks();
    }
  }

  private void string() {
    at++;
    while (true) {
      char c = peek();
      if (c == '"') {
        at++;
        return;
      }
      if (c < ' ') {
        throw unexpected("in string literal");
      }
      at++;
      if (c == '\\') {
        escape();
      }
    }
  }

  private void escape() {
    char c = peek();
    if ("bfnrt\\/\"".indexOf(c) >= 0) {
      at++;
      return;
    }
    if (c != 'u') {
      throw unexpected("in string escape code");
    }
    at++;
    for (int i = 0; i < 4; i++) {
      if (Character.digit(peek(), 16) < 0) {
        throw unexpected("in \\u hexadecimal character escape");
      }
      at++;
    }
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (peek() != word.charAt(i)) {
        throw unexpected("in literal " + word + " (expecting '" + word.charAt(i) + "')");
      }
      at++;
    }
  }

  private void number() {
    if (peek() == '-') {
      at++;
      if (!digit(peek())) {
        throw unexpected("in numeric literal");
      }
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      need("after decimal point in numeric literal");
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      need("in exponent of numeric literal");
      digits();
    }
  }

  private void need(String where) {
    if (!digit(peek())) {
      throw unexpected(where);
    }
  }

  private void digits() {
    while (at < text.length() && digit(text.charAt(at))) {
      at++;
    }
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw new Mistake(END);
    }
    return text.charAt(at);
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private Mistake unexpected(String where) {
    int c = text.codePointAt(at);
    String shown =
        switch (c) {
          case '\'' -> "'\\''";
          case '"' -> "'\"'";
          case '\n' -> "'\\n'";
          case '\t' -> "'\\t'";
          case '\r' -> "'\\r'";
          case '\\' -> "'\\\\'";
          default ->
              c < ' '
                  ? "'\\x" + (c < 16 ? "0" : "") + Integer.toHexString(c) + "'"
                  : "'" + Character.toString(c) + "'";
        };
    return new Mistake("invalid character " + shown + " " + where);
  }
}
