package dev.mlk.practice.kind;

import dev.mlk.practice.quantity.Quantity;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The quality of service class of a pod, from the CPU and memory of its containers. */
public final class QualityOfService {
  private QualityOfService() {}

  /** Guaranteed, Burstable or BestEffort. */
  public static String of(JsonNode podSpec) {
    boolean any = false;
    boolean guaranteed = true;
    for (String list : List.of("containers", "initContainers")) {
      for (ObjectNode container : Tree.objects(podSpec.path(list))) {
        for (String resource : List.of("cpu", "memory")) {
          Optional<Quantity> limit = amount(container, "limits", resource);
          Optional<Quantity> request = amount(container, "requests", resource).or(() -> limit);
          any |= limit.isPresent() || request.isPresent();
          guaranteed &=
              limit.isPresent()
                  && limit.get().amount().compareTo(request.orElseThrow().amount()) == 0;
        }
      }
    }
    if (!any) {
      return "BestEffort";
    }
    return guaranteed ? "Guaranteed" : "Burstable";
  }

  private static Optional<Quantity> amount(ObjectNode container, String which, String resource) {
    return Amounts.of(container.path("resources").path(which).path(resource))
        .filter(amount -> amount.amount().signum() != 0);
  }
}
