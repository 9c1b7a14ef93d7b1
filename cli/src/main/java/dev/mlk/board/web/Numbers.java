package dev.mlk.board.web;

import dev.mlk.events.DecimalText;
import dev.mlk.format.Json;
import tools.jackson.databind.node.StringNode;

/** Numbers as JSON without a tree of them: there are many. */
final class Numbers {
  private Numbers() {}

  static void array(StringBuilder text, double[] values) {
    text.append('[');
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        text.append(',');
      }
      orNull(text, values[i]);
    }
    text.append(']');
  }

  /** JSON has no NaN and no infinity: the page's own data has null there. */
  static void orNull(StringBuilder text, double value) {
    if (!Double.isFinite(value)) {
      text.append("null");
    } else if (value == (long) value && Math.abs(value) < 1e15) {
      text.append((long) value);
    } else {
      text.append(value);
    }
  }

  /** The same as TensorBoard sends it: as text. */
  static void orText(StringBuilder text, double value) {
    if (Double.isFinite(value)) {
      DecimalText.append(text, value);
    } else {
      text.append('"');
      DecimalText.append(text, value);
      text.append('"');
    }
  }

  static String quoted(String text) {
    return Json.writeLine(StringNode.valueOf(text));
  }

  /** A field of CSV (RFC 4180). */
  static String field(String text) {
    return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
