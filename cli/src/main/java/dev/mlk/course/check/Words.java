package dev.mlk.course.check;

import dev.mlk.course.Check;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Fills the texts of a module for one learner and one look at the cluster. */
public final class Words {
  private final Scene scene;
  private final Expressions expressions;

  /** For what this scene shows. */
  public Words(Scene scene) {
    this.scene = scene;
    this.expressions = new Expressions(scene);
  }

  /** The text, filled. */
  public String fill(String text) {
    return fill(text, Map.of());
  }

  /** The text, filled also with these. */
  public String fill(String text, Map<String, String> more) {
    return text.contains("${") ? Template.fill(text, name -> value(name, more)) : text;
  }

  /** The tree with its texts filled. */
  public JsonNode fill(JsonNode tree) {
    return Template.fill(tree, name -> value(name, Map.of()));
  }

  /** All texts, filled. */
  public Check.Words fill(Check.Words words, Map<String, String> more) {
    return new Check.Words(
        words.code(),
        fill(words.seen(), more),
        fill(words.expected(), more),
        fill(words.why(), more),
        fill(words.next(), more));
  }

  private String value(String name, Map<String, String> more) {
    if (name.startsWith("=")) {
      return expressions.value(name.substring(1)).text();
    }
    return switch (name) {
      case "namespace" -> scene.learner().namespace();
      case "learner" -> scene.learner().name();
      default -> more.get(name);
    };
  }
}
