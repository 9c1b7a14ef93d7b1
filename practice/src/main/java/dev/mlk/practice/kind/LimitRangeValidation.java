package dev.mlk.practice.kind;

import dev.mlk.practice.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The items of a limit range: smallest, largest and default amounts must agree. */
final class LimitRangeValidation {
  private static final Set<String> STANDARD = Set.of("Pod", "Container", "PersistentVolumeClaim");
  private static final Quantity ONE = Quantity.of(1);

  private LimitRangeValidation() {}

  static void limits(JsonNode limits, Findings findings) {
    List<String> types = new ArrayList<>();
    int index = 0;
    for (ObjectNode item : Tree.objects(limits)) {
      String path = "spec.limits[" + index++ + "]";
      String type = Tree.text(item, "type");
      if (types.contains(type)) {
        findings.duplicate(path + ".type", type);
      }
      types.add(type);
      if (!STANDARD.contains(type) && type.indexOf('/') < 0) {
        findings.invalid(path + ".type", type, "must be a standard limit type or fully qualified");
      }
      boolean pod = type.equals("Pod");
      for (String name : List.of("default", "defaultRequest")) {
        if (pod && !item.path(name).isEmpty()) {
          findings.forbidden(path + "." + name, "may not be specified when `type` is 'Pod'");
        }
      }
      boolean bounded = item.path("min").has("storage") || item.path("max").has("storage");
      if (type.equals("PersistentVolumeClaim") && !bounded) {
        findings.required(
            path + ".limits",
            "either minimum or maximum storage value is required, but neither was provided");
      }
      for (String resource : resources(item)) {
        amounts(item, resource, path, findings);
        ratio(item, resource, path, findings);
      }
    }
  }

  private static Set<String> resources(ObjectNode item) {
    Set<String> names = new TreeSet<>();
    for (String map : List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")) {
      names.addAll(item.path(map).propertyNames());
    }
    return names;
  }

  private static void amounts(ObjectNode item, String resource, String path, Findings findings) {
    Check check = new Check(item, resource, path, findings);
    check.greater("min", "max", "min", "min", "min value %s is greater than max value %s");
    check.greater(
        "min",
        "defaultRequest",
        "defaultRequest",
        "defaultRequest",
        "min value %s is greater than default request value %s");
    check.greater(
        "defaultRequest",
        "max",
        "defaultRequest",
        "defaultRequest",
        "default request value %s is greater than max value %s");
    check.greater(
        "defaultRequest",
        "default",
        "defaultRequest",
        "defaultRequest",
        "default request value %s is greater than default limit value %s");
    check.greater(
        "min", "default", "default", "min", "min value %s is greater than default value %s");
    check.greater(
        "default", "max", "default", "max", "default value %s is greater than max value %s");
  }

  private static void ratio(ObjectNode item, String resource, String path, Findings findings) {
    Optional<Quantity> ratio = Amounts.of(item.path("maxLimitRequestRatio").path(resource));
    if (ratio.isPresent() && ratio.get().compareTo(ONE) < 0) {
      String shown = ratio.get().toString();
      findings.invalid(
          path + ".maxLimitRequestRatio[" + resource + "]",
          shown,
          "ratio " + shown + " is less than 1");
    }
  }

  private record Check(ObjectNode item, String resource, String path, Findings findings) {
    /** Complains at {@code place}, showing {@code shown}, when the one is more than the other. */
    void greater(String one, String other, String place, String shown, String text) {
      Optional<Quantity> first = amount(one);
      Optional<Quantity> second = amount(other);
      if (first.isPresent() && second.isPresent() && first.get().compareTo(second.get()) > 0) {
        findings.invalid(
            path + "." + place + "[" + resource + "]",
            amount(shown).orElseThrow().toString(),
            text.replaceFirst("%s", first.get().toString())
                .replaceFirst("%s", second.get().toString()));
      }
    }

    private Optional<Quantity> amount(String map) {
      return Amounts.of(item.path(map).path(resource));
    }
  }
}
