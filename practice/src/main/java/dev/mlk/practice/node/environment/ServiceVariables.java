package dev.mlk.practice.node.environment;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The variables that tell a container of the Services around it, as the kubelet makes them. */
public final class ServiceVariables {
  private ServiceVariables() {}

  /** {@code WEB_SERVICE_HOST} and the rest, for each Service with an address. */
  public static Map<String, String> of(Collection<? extends JsonNode> services) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (JsonNode service : services) {
      String address = service.path("spec").path("clusterIP").asString("");
      if (!address.isEmpty() && !address.equals("None")) {
        add(service, address, variables);
      }
    }
    return variables;
  }

  private static void add(JsonNode service, String address, Map<String, String> variables) {
    String name = variable(service.path("metadata").path("name").asString(""));
    JsonNode ports = service.path("spec").path("ports");
    variables.put(name + "_SERVICE_HOST", address);
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      String number = port.path("port").asString("");
      String protocol = port.path("protocol").asString("TCP");
      String url = protocol.toLowerCase(Locale.ROOT) + "://" + address + ":" + number;
      String prefix = name + "_PORT_" + number + "_" + protocol;
      if (i == 0) {
        variables.put(name + "_SERVICE_PORT", number);
        variables.put(name + "_PORT", url);
      }
      if (port.has("name")) {
        variables.put(name + "_SERVICE_PORT_" + variable(port.path("name").asString("")), number);
      }
      variables.put(prefix, url);
      variables.put(prefix + "_PROTO", protocol.toLowerCase(Locale.ROOT));
      variables.put(prefix + "_PORT", number);
      variables.put(prefix + "_ADDR", address);
    }
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
