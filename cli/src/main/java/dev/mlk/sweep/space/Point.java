package dev.mlk.sweep.space;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One value for each parameter.
 *
 * @param values the values as text, by parameter, in the user's order
 */
public record Point(Map<String, String> values) {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 8;

  public Point {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A name made of the values alone, legal in every Kubernetes name and label. */
  public String id() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(values)
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return shortHash(text.toString(), ID_LENGTH);
  }

  /** A hash of a text in so many letters and digits, five bits each. */
  public static String shortHash(String text, int length) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      StringBuilder id = new StringBuilder();
      for (int i = 0; i < length; i++) {
        // A letter first, as Kubernetes' names of Services begin with one.
        int bits = hash[i] & (i == 0 ? 15 : 31);
        id.append(ALPHABET.charAt(bits));
      }
      return id.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** {@code lr=0.01 batch-size=32}. */
  public String text() {
    List<String> words = new ArrayList<>();
    values.forEach((name, value) -> words.add(name + "=" + value));
    return String.join(" ", words);
  }
}
