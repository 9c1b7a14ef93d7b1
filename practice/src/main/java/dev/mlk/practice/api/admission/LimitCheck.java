package dev.mlk.practice.api.admission;

import dev.mlk.practice.quantity.Quantity;
import dev.mlk.practice.select.PodResources;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Holds amounts against one limit of a range. */
final class LimitCheck {
  private final JsonNode limit;
  private final String type;
  private final List<String> wrong;

  /**
   * A check.
   *
   * @param limit an element of {@code spec.limits}
   * @param wrong where findings are added
   */
  LimitCheck(JsonNode limit, List<String> wrong) {
    this.limit = limit;
    this.type = limit.path("type").asString("");
    this.wrong = wrong;
  }

  /** What is requested and what is the limit, by resource. */
  private record Amounts(Map<String, Quantity> requests, Map<String, Quantity> limits) {}

  void containers(JsonNode spec) {
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(list)) {
        JsonNode resources = container.path("resources");
        check(new Amounts(written(resources.path("requests")), written(resources.path("limits"))));
      }
    }
  }

  void pod(JsonNode pod) {
    check(new Amounts(summed(PodResources.requests(pod)), summed(PodResources.limits(pod))));
  }

  /** A claim has no limit, its request is held against both bounds. */
  void claim(JsonNode claim) {
    Map<String, Quantity> requests = written(claim.path("spec").path("resources").path("requests"));
    check(new Amounts(requests, requests));
  }

  private static Map<String, Quantity> written(JsonNode list) {
    Map<String, Quantity> amounts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : list.properties()) {
      Quantity.parse(entry.getValue().asString(""))
          .ifPresent(amount -> amounts.put(entry.getKey(), amount));
    }
    return amounts;
  }

  private static Map<String, Quantity> summed(Map<String, Long> units) {
    Map<String, Quantity> amounts = new TreeMap<>();
    units.forEach((name, amount) -> amounts.put(name, Quantity.ofUnits(name, amount)));
    return amounts;
  }

  private void check(Amounts amounts) {
    bounds("min").forEach((name, bound) -> least(name, bound, amounts));
    bounds("max").forEach((name, bound) -> most(name, bound, amounts));
    bounds("maxLimitRequestRatio").forEach((name, bound) -> ratio(name, bound, amounts));
  }

  private Map<String, Quantity> bounds(String name) {
    return written(limit.path(name));
  }

  private void least(String name, Quantity bound, Amounts amounts) {
    String head = "minimum " + name + " usage per " + type + " is " + bound;
    Optional<Quantity> request = Optional.ofNullable(amounts.requests().get(name));
    Optional<Quantity> most = Optional.ofNullable(amounts.limits().get(name));
    if (request.isEmpty()) {
      wrong.add(head + ".  No request is specified");
    } else if (request.get().compareTo(bound) < 0) {
      wrong.add(head + ", but request is " + request.get());
    } else if (most.isPresent() && most.get().compareTo(bound) < 0) {
      wrong.add(head + ", but limit is " + most.get());
    }
  }

  private void most(String name, Quantity bound, Amounts amounts) {
    String head = "maximum " + name + " usage per " + type + " is " + bound;
    Optional<Quantity> request = Optional.ofNullable(amounts.requests().get(name));
    Optional<Quantity> most = Optional.ofNullable(amounts.limits().get(name));
    boolean claim = type.equals("PersistentVolumeClaim");
    if (most.isEmpty()) {
      wrong.add(head + (claim ? ".  No request is specified" : ".  No limit is specified"));
    } else if (most.get().compareTo(bound) > 0) {
      wrong.add(head + ", but " + (claim ? "request" : "limit") + " is " + most.get());
    } else if (request.isPresent() && request.get().compareTo(bound) > 0) {
      wrong.add(head + ", but request is " + request.get());
    }
  }

  private void ratio(String name, Quantity bound, Amounts amounts) {
    String head = name + " max limit to request ratio per " + type + " is " + bound;
    Quantity request = amounts.requests().getOrDefault(name, Quantity.of(0));
    Quantity most = amounts.limits().getOrDefault(name, Quantity.of(0));
    if (request.amount().signum() == 0) {
      wrong.add(head + ", but no request is specified or request is 0");
    } else if (most.amount().signum() == 0) {
      wrong.add(head + ", but no limit is specified or limit is 0");
    } else {
      var given = most.amount().divide(request.amount(), MathContext.DECIMAL64);
      if (given.compareTo(bound.amount()) > 0) {
        String shown = String.format(Locale.ROOT, "%f", given);
        wrong.add(head + ", but provided ratio is " + shown);
      }
    }
  }
}
