package dev.mlk.practice.node;

import dev.mlk.kube.Index;
import dev.mlk.kube.Informer;
import dev.mlk.practice.node.environment.ServiceVariables;
import dev.mlk.practice.node.network.ServiceProxy;
import dev.mlk.practice.node.network.ServiceView;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The cluster's Services as the node agent knows them. */
final class ClusterServices implements ServiceView {
  private final Informer services;
  private final Informer namespaces;
  private final ServiceProxy proxy;

  private final Optional<InetSocketAddress> server;

  /** Those with an address, by namespace: there may be thousands without. */
  private final Index addressed;

  private final HeadlessServices headless;

  /**
   * The Services of a cluster.
   *
   * @param server where the API server is found when no Service tells it
   */
  ClusterServices(
      Informer services,
      Informer namespaces,
      ServiceProxy proxy,
      Optional<InetSocketAddress> server) {
    this.services = services;
    this.namespaces = namespaces;
    this.proxy = proxy;
    this.server = server;
    this.addressed = new Index(services, ClusterServices::addressed);
    this.headless = new HeadlessServices(services);
  }

  private static Collection<String> addressed(ObjectNode service) {
    return List.of("", "None").contains(service.path("spec").path("clusterIP").asString(""))
        ? List.of()
        : List.of(service.path("metadata").path("namespace").asString(""));
  }

  @Override
  public Meaning meaning(String namespace, String name, Optional<Integer> port) {
    Optional<ObjectNode> service = services.get(namespace, name);
    if (service.isEmpty()) {
      return new Meaning.Unknown();
    }
    String address = service.get().path("spec").path("clusterIP").asString("");
    if (address.equals("None")) {
      return new Meaning.Headless();
    }
    for (JsonNode each : service.get().path("spec").path("ports")) {
      if (port.isEmpty() || each.path("port").asInt(0) == port.get()) {
        return proxy
            .address(namespace, name, each.path("port").asInt(0))
            .<Meaning>map(at -> new Meaning.At(at.getHostString(), at.getPort()))
            .orElseGet(Meaning.NoSuchPort::new);
      }
    }
    return new Meaning.NoSuchPort();
  }

  @Override
  public boolean namespace(String name) {
    return namespaces.get("", name).isPresent();
  }

  /** The variables of a pod's containers. */
  Map<String, String> variables(String namespace, boolean all) {
    List<ObjectNode> shown = new ArrayList<>();
    kubernetes().ifPresent(shown::add);
    if (all) {
      for (ObjectNode service : addressed.get(namespace)) {
        String name = service.path("metadata").path("name").asString("");
        if (!namespace.equals("default") || !name.equals("kubernetes")) {
          shown.add(service);
        }
      }
    }
    Map<String, String> variables = new LinkedHashMap<>();
    variables.putAll(ServiceVariables.of(shown));
    return variables;
  }

  /** The Service of the API server, with the address at which it really is on this machine. */
  private Optional<ObjectNode> kubernetes() {
    Optional<ObjectNode> service = services.get("default", "kubernetes");
    if (service.isEmpty()) {
      return server.map(ClusterServices::kubernetes);
    }
    int port = service.get().path("spec").path("ports").path(0).path("port").asInt(0);
    String address = service.get().path("spec").path("clusterIP").asString("");
    Optional<InetSocketAddress> at = proxy.address("default", "kubernetes", port);
    boolean elsewhere =
        at.filter(real -> real.getPort() != port || !host(real).equals(address)).isPresent();
    return elsewhere ? at.map(ClusterServices::kubernetes) : service;
  }

  /** The Service by which programs in pods find the API server. */
  private static ObjectNode kubernetes(InetSocketAddress server) {
    ObjectNode service = JsonNodeFactory.instance.objectNode();
    service.putObject("metadata").put("name", "kubernetes").put("namespace", "default");
    ObjectNode spec = service.putObject("spec").put("clusterIP", host(server));
    spec.putArray("ports").addObject().put("name", "https").put("port", server.getPort());
    return service;
  }

  /** As digits: a name that it was once looked up by is not what programs in pods expect. */
  private static String host(InetSocketAddress address) {
    return address.getAddress().getHostAddress();
  }

  /** The headless Services whose selector a pod's labels match. */
  List<String> headless(String namespace, JsonNode labels) {
    return headless.names(namespace, labels);
  }
}
