package dev.mlk.practice.node.environment;

import dev.mlk.practice.quantity.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a pod can be told about itself: the downward API.
 *
 * @param pod the pod's object
 * @param podAddress its address
 * @param hostAddress its node's address
 * @param allocatable its node's allocatable resources, which stand in for limits that are not set
 */
public record PodFacts(
    JsonNode pod, String podAddress, String hostAddress, Map<String, Quantity> allocatable) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The value of a {@code fieldRef}'s path; empty when there is no such field. */
  public Optional<String> field(String path) {
    JsonNode metadata = pod.path("metadata");
    int bracket = path.indexOf("['");
    if (bracket > 0 && path.endsWith("']")) {
      String map = path.substring("metadata.".length(), bracket);
      String key = path.substring(bracket + 2, path.length() - 2);
      return Optional.of(metadata.path(map).path(key).asString(""));
    }
    return Optional.ofNullable(
        switch (path) {
          case "metadata.name" -> metadata.path("name").asString("");
          case "metadata.namespace" -> metadata.path("namespace").asString("");
          case "metadata.uid" -> metadata.path("uid").asString("");
          case "metadata.labels" -> lines(metadata.path("labels"));
          case "metadata.annotations" -> lines(metadata.path("annotations"));
          case "spec.nodeName" -> pod.path("spec").path("nodeName").asString("");
          case "spec.serviceAccountName" ->
              pod.path("spec").path("serviceAccountName").asString("");
          case "status.hostIP", "status.hostIPs" -> hostAddress;
          case "status.podIP", "status.podIPs" -> podAddress;
          default -> null;
        });
  }

  /** The value of a {@code resourceFieldRef} for a container. */
  public String resource(JsonNode container, String resource, String divisor) {
    int dot = resource.indexOf('.');
    String name = resource.substring(dot + 1);
    JsonNode amounts = container.path("resources").path(resource.substring(0, dot));
    Quantity amount =
        Quantity.parse(amounts.path(name).asString(""))
            .orElseGet(
                () ->
                    resource.startsWith("limits.")
                        ? allocatable.getOrDefault(name, Quantity.of(0))
                        : Quantity.of(0));
    BigDecimal unit =
        Quantity.parse(divisor)
            .map(Quantity::amount)
            .filter(each -> each.signum() > 0)
            .orElse(BigDecimal.ONE);
    return amount.amount().divide(unit, 0, RoundingMode.CEILING).toPlainString();
  }

  /** One line for each entry, {@code key="value"}, sorted. */
  private static String lines(JsonNode map) {
    Map<String, String> sorted = new TreeMap<>();
    map.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue().asString("")));
    StringBuilder text = new StringBuilder();
    sorted.forEach(
        (key, value) -> {
          text.append(text.isEmpty() ? "" : "\n").append(key).append('=');
          text.append(JSON.writeValueAsString(value));
        });
    return text.toString();
  }
}
