package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.wire.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods stay five minutes on a node that is not ready or not reachable. */
final class DefaultTolerations implements Rule {
  private static final int SECONDS = 300;

  @Override
  public void mutate(Attempt attempt) {
    if (!attempt.creates(Resources.PODS)) {
      return;
    }
    ObjectNode spec = Json.child(attempt.object(), "spec");
    for (String taint : List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
      if (!tolerated(spec.path("tolerations"), taint)) {
        ServiceAccounts.array(spec, "tolerations")
            .addObject()
            .put("key", taint)
            .put("operator", "Exists")
            .put("effect", "NoExecute")
            .put("tolerationSeconds", SECONDS);
      }
    }
  }

  private static boolean tolerated(JsonNode tolerations, String taint) {
    for (JsonNode toleration : tolerations) {
      String key = toleration.path("key").asString("");
      String effect = toleration.path("effect").asString("");
      boolean effective = effect.isEmpty() || effect.equals("NoExecute");
      if (effective && (key.isEmpty() || key.equals(taint))) {
        return true;
      }
    }
    return false;
  }
}
