package dev.mlk.practice.schema;

import java.util.HashMap;
import java.util.Map;

/** The texts of types and fields; half a megabyte, so read for one document and forgotten. */
final class Descriptions {
  private final Map<String, String> texts = new HashMap<>(8192);

  Descriptions() {
    String all = Schemas.read("descriptions.txt");
    int start = 0;
    while (start < all.length()) {
      int tab = all.indexOf('\t', start);
      int end = all.indexOf('\n', start);
      texts.put(all.substring(start, tab), plain(all.substring(tab + 1, end)));
      start = end + 1;
    }
  }

  private static String plain(String text) {
    return text.indexOf('\\') < 0
        ? text
        : text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\");
  }

  /** A type's text; empty when there is none. */
  String type(String definition) {
    return texts.getOrDefault(definition, "");
  }

  /** A field's text; empty when there is none. */
  String field(String definition, String field) {
    return texts.getOrDefault(definition + " " + field, "");
  }
}
