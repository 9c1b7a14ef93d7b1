package dev.mlk.practice.node.image;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * How pulling an image goes, for exercises.
 *
 * @param image the reference that it is about; without a tag it is about all of them
 * @param as the image of the catalogue that then runs; empty for the reference itself
 * @param takes how long a node takes for its first pull
 * @param bytes what the image seems to measure
 * @param secret whether the registry wants an imagePullSecret
 * @param error what goes wrong, if anything
 * @param times how many pulls of a container go wrong before one goes well, 0 for all
 */
public record PullRule(
    String image,
    String as,
    Duration takes,
    long bytes,
    boolean secret,
    Optional<PullError> error,
    int times) {
  private static final Set<String> FIELDS =
      Set.of("image", "as", "takes", "bytes", "secret", "error", "times");

  /** A pull that takes no time and goes well. */
  public static final PullRule PLAIN =
      new PullRule("", "", Duration.ZERO, 0, false, Optional.empty(), 0);

  /**
   * Reads a list of rules in YAML.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static List<PullRule> read(String yaml) {
    try {
      Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
      List<PullRule> rules = new ArrayList<>();
      for (Object each : Catalog.list(document)) {
        PullRule rule = of(Catalog.map(each));
        if (rule.image().isEmpty()) {
          throw new IllegalArgumentException("a rule needs the name of an image");
        }
        rules.add(rule);
      }
      return rules;
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static PullRule of(Map<String, Object> entry) {
    for (String field : entry.keySet()) {
      if (!FIELDS.contains(field)) {
        throw new IllegalArgumentException(
            "unknown field \""
                + field
                + "\" of a rule: there are "
                + FIELDS.stream().sorted().toList());
      }
    }
    return new PullRule(
        text(entry, "image"),
        text(entry, "as"),
        seconds(text(entry, "takes")),
        Long.parseLong("0" + text(entry, "bytes")),
        Boolean.TRUE.equals(entry.get("secret")),
        Optional.of(text(entry, "error")).filter(each -> !each.isEmpty()).map(PullError::of),
        Integer.parseInt("0" + text(entry, "times")));
  }

  /** Whether it is about an image. */
  public boolean about(String reference) {
    Reference mine = Reference.parse(image);
    Reference wanted = Reference.parse(reference);
    boolean anyTag = image.indexOf(':', image.lastIndexOf('/') + 1) < 0;
    return mine.repository().equals(wanted.repository())
        && (anyTag || mine.tag().equals(wanted.tag()));
  }

  private static String text(Map<String, Object> entry, String field) {
    return String.valueOf(entry.getOrDefault(field, ""));
  }

  private static Duration seconds(String text) {
    if (!text.matches("([0-9]+s?)?")) {
      throw new IllegalArgumentException("takes: \"" + text + "\" is not of the form 30s");
    }
    return Duration.ofSeconds(Long.parseLong("0" + text.replace("s", "")));
  }
}
