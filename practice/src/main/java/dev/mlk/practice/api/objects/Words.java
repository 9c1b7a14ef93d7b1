package dev.mlk.practice.api.objects;

import java.util.ArrayList;
import java.util.List;

/**
 * The words by which objects are found without looking at all of them: their labels and, of pods,
 * the node, as in Kubernetes.
 */
public final class Words {
  /** The one field that is a word. */
  public static final String FIELD = "spec.nodeName";

  private Words() {}

  /** The word of those that have a label with this value. */
  public static String label(String name, String value) {
    // No label's name has a blank, so that no field is taken for one.
    return name + ' ' + value;
  }

  /** The word of those whose {@link #FIELD} has this value. */
  public static String field(String value) {
    return "  " + value;
  }

  static List<String> of(Selectable object) {
    List<String> words = new ArrayList<>();
    object.labels().forEach((name, value) -> words.add(label(name, value)));
    String field = object.fields().get(FIELD);
    if (field != null) {
      words.add(field(field));
    }
    return words;
  }
}
