package dev.mlk.practice.node.network;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/**
 * Addresses and ports of the pods. A port of a container is stood for by a free port of this
 * machine, because servers such as TensorFlow's listen on all addresses. A port that peers reach by
 * a name is known by that name, even before there is a pod behind it.
 */
public final class PodNetwork {
  /** Where a peer is found by name. */
  public record Name(String namespace, String name, int port) {}

  private static final int CONNECT_MILLIS = 5_000;
  private static final String LOOPBACK = "127.0.0.1";

  /** Pods of one node: 127.64.0.0/16 for the first, the next for the second and so on. */
  private static final int FIRST_NETWORK = 64;

  private static final class Pod {
    private final String namespace;
    private final String address;
    private final List<String> names;
    private final Map<Integer, Integer> ports = new LinkedHashMap<>();

    private final boolean host;
    private final Map<Integer, Relay> relays = new HashMap<>();
    private boolean isolated;

    private Pod(String namespace, String address, List<String> names, boolean host) {
      this.host = host;
      this.namespace = namespace;
      this.address = address;
      this.names = names;
    }
  }

  private final LocalPorts local;
  private final Map<Name, Integer> named = new HashMap<>();

  /** Who has a name's port in its environment or listens on it. */
  private final Map<Name, Set<String>> users = new HashMap<>();

  private final Map<Name, String> holders = new HashMap<>();
  private final Map<String, Pod> pods = new HashMap<>();
  private final Map<String, String> byAddress = new HashMap<>();
  private final Map<Integer, Integer> cursors = new HashMap<>();

  private final int first;
  private final PrivateNetwork inside;
  private final ExecutorService executor;

  /**
   * An empty network.
   *
   * @param first the first number of the pods' addresses; on this machine it is always 127
   * @param inside the network of pods that have one of their own
   */
  public PodNetwork(
      RandomGenerator random, int first, PrivateNetwork inside, ExecutorService executor) {
    this.inside = inside;
    this.executor = executor;
    local = new LocalPorts(random);
    this.first = first;
  }

  /** Where on this machine a pod's address is. */
  public static String local(String address) {
    return "127" + address.substring(address.indexOf('.'));
  }

  /**
   * Adds a pod; nothing changes when it is there already.
   *
   * @param uid the pod's uid
   * @param node the number of its node, from 0
   * @param namespace its namespace
   * @param names the names by which peers know it, headless Services first
   * @param wished the address that it had before a restart, if any
   * @return its address
   */
  public synchronized String add(
      String uid, int node, String namespace, List<String> names, Optional<String> wished) {
    Pod known = pods.get(uid);
    if (known != null) {
      return known.address;
    }
    String address =
        wished.filter(each -> !byAddress.containsKey(each)).orElseGet(() -> nextAddress(node));
    pods.put(uid, new Pod(namespace, address, List.copyOf(names), false));
    byAddress.put(address, uid);
    return address;
  }

  /**
   * Adds a pod that shares its node's network: its ports are this machine's.
   *
   * @param address the node's address
   * @return that address
   */
  public synchronized String addHost(
      String uid, String namespace, List<String> names, String address) {
    pods.putIfAbsent(uid, new Pod(namespace, address, List.copyOf(names), true));
    return address;
  }

  /** The pod's programs are to run in the private network; false where there can be none. */
  public synchronized boolean isolate(String uid) {
    pods.get(uid).isolated = inside.entrance().isPresent();
    return pods.get(uid).isolated;
  }

  private synchronized boolean isolated(String uid) {
    Pod pod = pods.get(uid);
    return pod != null && pod.isolated;
  }

  /** What to put before a command so that it runs where the pod does; nothing for this machine. */
  public synchronized List<String> entrance(String uid) {
    Pod pod = pods.get(uid);
    return pod != null && pod.isolated ? inside.entrance().orElse(List.of()) : List.of();
  }

  /** The local port that stands for a port of the pod's containers. */
  public synchronized int port(String uid, int containerPort) {
    Pod pod = pods.get(uid);
    if (pod.host) {
      return containerPort;
    }
    Integer known = pod.ports.get(containerPort);
    if (known != null) {
      return known;
    }
    int port = -1;
    for (String each : pod.names) {
      Name name = new Name(pod.namespace, each, containerPort);
      // Of several pods behind one name the first has its port; the others have their own.
      if (holders.putIfAbsent(name, uid) == null && port < 0) {
        port = named(name, uid);
      }
    }
    port = port < 0 ? local.take() : port;
    pod.ports.put(containerPort, port);
    lead(pod, port);
    return port;
  }

  /** Makes a local port of a pod known in that of both networks where the pod is not. */
  private void lead(Pod pod, int port) {
    InetSocketAddress address = at(LOOPBACK, port);
    if (!pod.isolated) {
      inside.mirror(address);
      return;
    }
    try {
      pod.relays.put(port, Relay.open(LOOPBACK, port, executor, () -> inside.connect(address)));
    } catch (IOException e) {
      System.getLogger(PodNetwork.class.getName())
          .log(System.Logger.Level.WARNING, "port {0} of a pod: {1}", port, e.getMessage());
    }
  }

  /**
   * The local port behind a name, made up with its first mention.
   *
   * @param user the uid of the pod that mentions it; the name keeps its port while such a pod is
   *     there
   */
  public synchronized int named(Name name, String user) {
    users.computeIfAbsent(name, _ -> new HashSet<>()).add(user);
    return named.computeIfAbsent(name, _ -> local.take());
  }

  /** Forgets a pod, and the names that nobody mentions any more. */
  public synchronized void remove(String uid) {
    Pod pod = pods.remove(uid);
    if (pod == null) {
      return;
    }
    byAddress.remove(pod.address);
    holders.values().removeIf(uid::equals);
    pod.relays.values().forEach(Relay::close);
    pod.ports.values().forEach(port -> inside.forget(at(LOOPBACK, port)));
    pod.ports.values().stream().filter(port -> !named.containsValue(port)).forEach(local::release);
    users.values().forEach(each -> each.remove(uid));
    named
        .entrySet()
        .removeIf(
            entry -> {
              boolean unused = users.getOrDefault(entry.getKey(), Set.of()).isEmpty();
              if (unused) {
                users.remove(entry.getKey());
                local.release(entry.getValue());
              }
              return unused;
            });
  }

  /** The pod's address; empty when it is not there. */
  public synchronized String address(String uid) {
    Pod pod = pods.get(uid);
    return pod == null ? "" : pod.address;
  }

  /** Connects to a port of a pod, whether its process listens on the local port or on its own. */
  public Socket connect(String uid, int port) throws IOException {
    return connect(uid, port, CONNECT_MILLIS);
  }

  /** The same with a time within which it has to succeed. */
  public Socket connect(String uid, int port, int millis) throws IOException {
    IOException last = new ConnectException("the pod is not there");
    boolean isolated = isolated(uid);
    for (InetSocketAddress address : candidates(uid, port)) {
      try {
        return isolated ? inside.connect(address) : connect(address, millis);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  /** Connects to the loopback device where a pod's programs run. */
  public Socket connectLoopback(String uid, int port) throws IOException {
    InetSocketAddress address = at(LOOPBACK, port);
    return isolated(uid) ? inside.connect(address) : connect(address, CONNECT_MILLIS);
  }

  private static Socket connect(InetSocketAddress address, int millis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, millis);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Connects to an address that may be a pod's. */
  public Socket connectTo(String address, int port) throws IOException {
    return connectTo(address, port, CONNECT_MILLIS);
  }

  /** The same with a time within which it has to succeed; the address may be a name. */
  public Socket connectTo(String address, int port, int millis) throws IOException {
    String uid;
    synchronized (this) {
      uid = byAddress.get(address);
    }
    if (uid != null) {
      return connect(uid, port, millis);
    }
    return connect(new InetSocketAddress(InetAddress.getByName(address), port), millis);
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  synchronized List<InetSocketAddress> candidates(String uid, int port) {
    Pod pod = pods.get(uid);
    if (pod == null) {
      return List.of();
    }
    Set<InetSocketAddress> found = new LinkedHashSet<>();
    Integer own = pod.ports.get(port);
    if (own != null) {
      found.add(at(LOOPBACK, own));
    }
    for (String each : pod.names) {
      Name name = new Name(pod.namespace, each, port);
      if (named.containsKey(name) && uid.equals(holders.getOrDefault(name, uid))) {
        found.add(at(LOOPBACK, named.get(name)));
      }
    }
    found.add(at(local(pod.address), port));
    return List.copyOf(found);
  }

  private String nextAddress(int node) {
    for (int tries = 0; tries < 65_000; tries++) {
      int cursor = cursors.merge(node, 1, (old, one) -> old % 65_000 + one);
      String address =
          first + "." + (FIRST_NETWORK + node % 32) + "." + (cursor >> 8) + "." + (cursor & 255);
      if ((cursor & 255) != 0 && (cursor & 255) != 255 && !byAddress.containsKey(address)) {
        return address;
      }
    }
    throw new IllegalStateException("no free pod address");
  }
}
