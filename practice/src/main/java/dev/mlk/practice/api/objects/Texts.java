package dev.mlk.practice.api.objects;

import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A few texts by name, for thousands of objects: a fraction of a map's memory. Texts that many
 * objects share are there once.
 */
public final class Texts {
  private static final Texts NONE = new Texts(new String[0]);

  /** Name, text, name, text ... */
  private final String[] pairs;

  private Texts(String[] pairs) {
    this.pairs = pairs;
  }

  /** The texts of a map. */
  static Texts of(Map<String, String> texts, Shared shared) {
    if (texts.isEmpty()) {
      return NONE;
    }
    String[] pairs = new String[2 * texts.size()];
    int at = 0;
    for (Map.Entry<String, String> text : texts.entrySet()) {
      pairs[at++] = shared.same(text.getKey());
      pairs[at++] = shared.same(text.getValue());
    }
    return new Texts(pairs);
  }

  /** The text of that name; null when there is none. */
  public String get(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  void forEach(BiConsumer<String, String> action) {
    for (int i = 0; i < pairs.length; i += 2) {
      action.accept(pairs[i], pairs[i + 1]);
    }
  }

  /**
   * Texts seen lately, so that equal ones need not be kept many times. What falls out is merely
   * kept once more. Safe for threads: whoever overwrites another's entry does no harm.
   */
  static final class Shared {
    private static final int PLACES = 1 << 10;
    private final String[] places = new String[PLACES];

    String same(String text) {
      int hash = text.hashCode();
      int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
      String known = places[place];
      if (text.equals(known)) {
        return known;
      }
      places[place] = text;
      return text;
    }
  }
}
