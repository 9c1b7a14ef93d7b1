package dev.mlk.practice.node;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.practice.node.image.PullRule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * How pulls go: as the ConfigMap {@code kube-system/simulated-registry} says under the key {@code
 * pulls.yaml}, which authors of exercises make, or else as the catalogue says.
 */
final class PullRules {
  private static final String NAMESPACE = "kube-system";
  private static final String NAME = "simulated-registry";
  private static final String KEY = "pulls.yaml";

  /** The ConfigMap is looked at again after that time. */
  private static final Duration KEPT = Duration.ofSeconds(1);

  private final ApiClient api;
  private final InstantSource clock;
  private List<PullRule> rules = List.of();
  private Instant read = Instant.EPOCH;

  PullRules(ApiClient api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * The rule about an image, if there is one.
   *
   * @throws StartException when the ConfigMap makes no sense
   */
  synchronized Optional<PullRule> of(String reference) throws StartException {
    Instant now = clock.instant();
    if (!now.isBefore(read.plus(KEPT))) {
      rules = fetch();
      read = now;
    }
    return rules.stream().filter(rule -> rule.about(reference)).findFirst();
  }

  private List<PullRule> fetch() throws StartException {
    try {
      String text =
          api.find(Resources.CONFIG_MAPS, NAMESPACE, NAME)
              .map(map -> map.path("data").path(KEY).asString(""))
              .orElse("");
      return text.isBlank() ? List.of() : PullRule.read(text);
    } catch (ApiException e) {
      return List.of();
    } catch (IllegalArgumentException e) {
      throw new StartException(
          "ErrImagePull",
          "the ConfigMap " + NAMESPACE + "/" + NAME + " makes no sense: " + e.getMessage());
    }
  }
}
