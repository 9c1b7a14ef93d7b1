package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives services cluster IPs out of 127.96.0.0/16, which this machine itself answers for, and node
 * ports out of 30000 to 32767.
 */
final class ServiceAddresses implements Rule {
  private static final int HOSTS = 1 << 16;
  private static final int FIRST_PORT = 30_000;
  private static final int LAST_PORT = 32_767;
  private final Objects objects;
  private final RandomGenerator random;

  ServiceAddresses(Objects objects, RandomGenerator random) {
    this.objects = objects;
    this.random = random;
  }

  @Override
  public void mutate(Attempt attempt) {
    if (!attempt.about(Resources.SERVICES) || attempt.operation() == Attempt.Operation.DELETE) {
      return;
    }
    ObjectNode spec = Json.child(attempt.object(), "spec");
    String type = spec.path("type").asString("ClusterIP");
    boolean headless =
        type.equals("ClusterIP") && spec.path("clusterIP").asString("").equals("None");
    if (type.equals("ExternalName") || headless) {
      // Nothing to give: no need to look at what the others have.
      return;
    }
    Set<String> ips = new HashSet<>();
    Set<Integer> ports = new HashSet<>();
    for (ObjectNode other : objects.list(Resources.SERVICES, "")) {
      boolean same =
          Metadata.name(other).equals(attempt.name())
              && Metadata.namespace(other).equals(attempt.namespace());
      if (!same) {
        ips.add(other.path("spec").path("clusterIP").asString(""));
        other.path("spec").path("ports").forEach(port -> ports.add(port.path("nodePort").asInt(0)));
      }
    }
    giveAddress(attempt, spec, ips);
    if (type.equals("NodePort") || type.equals("LoadBalancer")) {
      spec.path("ports").forEach(port -> givePort((ObjectNode) port, ports));
    }
  }

  private void giveAddress(Attempt attempt, ObjectNode spec, Set<String> taken) {
    String wanted = spec.path("clusterIP").asString("");
    if (wanted.equals("None")) {
      return;
    }
    boolean fresh = attempt.operation() == Attempt.Operation.CREATE;
    if (fresh && !wanted.isEmpty() && taken.contains(wanted)) {
      throw ApiError.invalid(
          "Service",
          "",
          attempt.name(),
          List.of(
              FieldError.invalid(
                  "spec.clusterIPs",
                  "[\"" + wanted + "\"]",
                  "failed to allocate IP " + wanted + ": provided IP is already allocated")));
    }
    String ip = wanted;
    while (ip.isEmpty() || (wanted.isEmpty() && taken.contains(ip))) {
      int host = 2 + random.nextInt(HOSTS - 3);
      ip = "127.96." + (host >> 8) + "." + (host & 0xff);
    }
    spec.put("clusterIP", ip);
    spec.putArray("clusterIPs").add(ip);
  }

  private void givePort(ObjectNode port, Set<Integer> taken) {
    JsonNode given = port.path("nodePort");
    int number = given.asInt(0);
    while (number == 0 || (!given.isNumber() && taken.contains(number))) {
      number = FIRST_PORT + random.nextInt(LAST_PORT - FIRST_PORT + 1);
    }
    port.put("nodePort", number);
    taken.add(number);
  }
}
