package dev.mlk.sweep.space;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * A condition between parameters, such as {@code lr*batch_size<10 && optimizer!="sgd"}. Numbers,
 * texts in quotes, parameters (a dash in a name is written as an underscore), {@code + - * / %},
 * comparisons, {@code ! && ||} and parentheses; nothing else, so it can do no harm.
 */
public final class Constraint {
  private final String text;
  private final Node root;

  private Constraint(String text, Node root) {
    this.text = text;
    this.root = root;
  }

  /** A part of the condition; its values are Double, String or Boolean. */
  interface Node {
    Object value(Map<String, String> point);
  }

  /**
   * Reads a condition.
   *
   * @param names the parameters that it may speak of
   * @throws IllegalArgumentException with a sentence and the place when it is none
   */
  public static Constraint read(String text, Collection<String> names) {
    Map<String, String> known = new HashMap<>();
    names.forEach(name -> known.put(name.replace('-', '_').replace('.', '_'), name));
    return new Constraint(text, new ConstraintReader(text, known).read());
  }

  /**
   * Whether a point meets it.
   *
   * @throws IllegalArgumentException with a sentence when it mixes texts and numbers
   */
  public boolean holds(Point point) {
    return truth(root.value(point.values()), text);
  }

  /** As written. */
  public String text() {
    return text;
  }

  static boolean truth(Object value, String text) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new IllegalArgumentException(
        "--where \"" + text + "\" needs a comparison where it has " + value);
  }

  static double number(Object value, String text) {
    if (value instanceof Double number) {
      return number;
    }
    throw new IllegalArgumentException(
        "--where \"" + text + "\" calculates with \"" + value + "\", which is no number");
  }
}
