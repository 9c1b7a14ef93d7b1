package dev.mlk.practice.node.network;

import dev.mlk.kube.Informer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives Services their addresses: listens on each port of a Service's cluster IP, and on its node
 * ports, and passes connections on to endpoints that are ready. Where the cluster IP cannot be
 * listened on (macOS, ports below 1024 without rights), a local port stands in, which translation
 * knows.
 */
public final class ServiceProxy implements AutoCloseable {
  private record Front(String namespace, String service, int port, String address) {}

  private record Endpoint(String address, int port) {}

  private static final System.Logger LOG = System.getLogger(ServiceProxy.class.getName());

  private final PodNetwork network;
  private final Informer slices;
  private final ExecutorService executor;
  private final RandomGenerator random;
  private final PrivateNetwork inside;
  private final Optional<InetSocketAddress> server;
  private final Map<Front, Relay> relays = new HashMap<>();
  private boolean closed;

  /**
   * A proxy for no Service yet.
   *
   * @param server what is behind the Service {@code kubernetes} where that has no endpoints: a real
   *     API server on loopback cannot name any
   */
  public ServiceProxy(
      PodNetwork network,
      PrivateNetwork inside,
      Informer slices,
      ExecutorService executor,
      RandomGenerator random,
      Optional<InetSocketAddress> server) {
    this.inside = inside;
    this.server = server;
    this.network = network;
    this.slices = slices;
    this.executor = executor;
    this.random = random;
  }

  /** Keeps up with the Services from now on. */
  public void follow(Informer services) {
    services.onChange(
        (change, before, now) -> {
          if (change == Informer.Change.DELETED) {
            update(now, Set.of());
          } else {
            update(now, fronts(now));
          }
        });
  }

  /** Where a Service's port can be reached from this machine. */
  public synchronized Optional<InetSocketAddress> address(
      String namespace, String service, int port) {
    for (Map.Entry<Front, Relay> entry : relays.entrySet()) {
      Front front = entry.getKey();
      if (front.port() == port
          && front.service().equals(service)
          && front.namespace().equals(namespace)) {
        return Optional.of(entry.getValue().address());
      }
    }
    return Optional.empty();
  }

  private static Set<Front> fronts(ObjectNode service) {
    Set<Front> fronts = new HashSet<>();
    JsonNode spec = service.path("spec");
    String namespace = service.path("metadata").path("namespace").asString("");
    String name = service.path("metadata").path("name").asString("");
    String address = spec.path("clusterIP").asString("");
    for (JsonNode port : spec.path("ports")) {
      if (!port.path("protocol").asString("TCP").equals("TCP")
          || address.isEmpty()
          || address.equals("None")) {
        continue;
      }
      fronts.add(new Front(namespace, name, port.path("port").asInt(0), address));
      int nodePort = port.path("nodePort").asInt(0);
      if (nodePort > 0) {
        fronts.add(new Front(namespace, name, nodePort, "127.0.0.1"));
      }
    }
    return fronts;
  }

  private synchronized void update(ObjectNode service, Set<Front> wanted) {
    if (closed) {
      return;
    }
    String namespace = service.path("metadata").path("namespace").asString("");
    String name = service.path("metadata").path("name").asString("");
    relays
        .entrySet()
        .removeIf(
            entry -> {
              Front front = entry.getKey();
              boolean gone =
                  front.namespace().equals(namespace)
                      && front.service().equals(name)
                      && !wanted.contains(front);
              if (gone) {
                inside.forget(entry.getValue().address());
                entry.getValue().close();
              }
              return gone;
            });
    for (Front front : wanted) {
      if (!relays.containsKey(front)) {
        open(front, service)
            .ifPresent(
                relay -> {
                  relays.put(front, relay);
                  inside.mirror(relay.address());
                });
      }
    }
  }

  private Optional<Relay> open(Front front, ObjectNode service) {
    int port = front.port();
    String portName = portName(service, port);
    try {
      return Optional.of(
          Relay.open(
              front.address(),
              port,
              executor,
              () -> connect(front.namespace(), front.service(), portName)));
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "service {0}/{1} has no address on this machine for port {2}: {3}",
          front.namespace(),
          front.service(),
          Integer.toString(port),
          e.getMessage());
      return Optional.empty();
    }
  }

  private static String portName(ObjectNode service, int number) {
    for (JsonNode port : service.path("spec").path("ports")) {
      if (port.path("port").asInt(0) == number || port.path("nodePort").asInt(0) == number) {
        return port.path("name").asString("");
      }
    }
    return "";
  }

  private java.net.Socket connect(String namespace, String service, String portName)
      throws IOException {
    List<Endpoint> endpoints = endpoints(namespace, service, portName);
    if (endpoints.isEmpty() && namespace.equals("default") && service.equals("kubernetes")) {
      server.ifPresent(at -> endpoints.add(new Endpoint(at.getHostString(), at.getPort())));
    }
    IOException last = new IOException("no endpoint of " + namespace + "/" + service + " is ready");
    while (!endpoints.isEmpty()) {
      Endpoint endpoint = endpoints.remove(random.nextInt(endpoints.size()));
      try {
        return network.connectTo(endpoint.address(), endpoint.port());
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private List<Endpoint> endpoints(String namespace, String service, String portName) {
    List<Endpoint> found = new ArrayList<>();
    for (ObjectNode slice : slices.in(namespace)) {
      JsonNode labels = slice.path("metadata").path("labels");
      if (!labels.path("kubernetes.io/service-name").asString("").equals(service)) {
        continue;
      }
      for (JsonNode port : slice.path("ports")) {
        if (port.path("name").asString("").equals(portName)) {
          add(slice, port.path("port").asInt(0), found);
        }
      }
    }
    return found;
  }

  private static void add(ObjectNode slice, int port, List<Endpoint> found) {
    for (JsonNode endpoint : slice.path("endpoints")) {
      if (endpoint.path("conditions").path("ready").asBoolean(true)) {
        for (JsonNode address : endpoint.path("addresses")) {
          found.add(new Endpoint(address.asString(""), port));
        }
      }
    }
  }

  /** Stops listening. */
  @Override
  public synchronized void close() {
    closed = true;
    relays.values().forEach(Relay::close);
    relays.clear();
  }
}
