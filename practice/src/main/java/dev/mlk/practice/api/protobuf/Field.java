package dev.mlk.practice.api.protobuf;

/**
 * A field of a message.
 *
 * @param name its JSON name
 * @param type s, b, i, d, y for text, truth, whole number, number, bytes; else a message
 * @param form one value, a list, a map from text, or a message whose fields stand for themselves
 */
record Field(String name, String type, Form form) {
  enum Form {
    ONE,
    LIST,
    MAP,
    INLINE
  }

  /** Reads {@code name:*type}. */
  static Field of(String name, String text) {
    return switch (text.charAt(0)) {
      case '*' -> new Field(name, text.substring(1), Form.LIST);
      case '%' -> new Field(name, text.substring(1), Form.MAP);
      case '^' -> new Field(name, text.substring(1), Form.INLINE);
      default -> new Field(name, text, Form.ONE);
    };
  }
}
