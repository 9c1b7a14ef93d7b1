package dev.mlk.facts;

import dev.mlk.kube.PodClaims;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The GPUs that drivers of dynamic resource allocation (resource.k8s.io) offer in ResourceSlices,
 * and who holds them by ResourceClaims. A device is counted under the name that Kubernetes gives
 * the class of it as an extended resource: {@code
 * deviceclass.resource.kubernetes.io/gpu.nvidia.com}.
 */
public final class Dra {
  /** What extended resources that stand for a device class begin with. */
  public static final String CLASS = "deviceclass.resource.kubernetes.io/";

  /** A cluster without such drivers. */
  public static final Dra NONE = new Dra("v1");

  static final String GROUP = "resource.k8s.io";

  /** The versions that are read, the newest first. */
  private static final List<String> VERSIONS = List.of("v1", "v1beta2", "v1beta1");

  /**
   * One device.
   *
   * @param node where it is
   * @param driver whose it is, such as {@code gpu.nvidia.com}
   * @param resource what it counts as
   * @param model what its driver calls it; empty when not told
   * @param versions {@code driver 570.86.15, CUDA 12.8}; empty when not told
   * @param well whether no taint keeps pods from it
   */
  public record Offered(
      String node, String driver, String resource, String model, String versions, boolean well) {}

  private final String version;
  private final Map<String, Offered> devices = new TreeMap<>();
  private final Map<String, Long> generations = new HashMap<>();
  private final Map<String, Map<String, Long>> wanted = new HashMap<>();
  private final Set<String> allocated = new HashSet<>();
  private final Map<String, List<String>> held = new HashMap<>();

  private Dra(String version) {
    this.version = version;
  }

  /** Reads slices and claims; {@link #NONE} where the server has no such kinds. */
  public static Dra read(Reader reader) {
    Set<String> served = new HashSet<>();
    reader
        .find("/apis/" + GROUP)
        .ifPresent(
            group ->
                group
                    .path("versions")
                    .forEach(version -> served.add(version.path("version").asString(""))));
    return VERSIONS.stream()
        .filter(served::contains)
        .findFirst()
        .map(v -> read(reader, v))
        .orElse(NONE);
  }

  /** The same where it is known already which versions are served. */
  public static Dra read(Reader reader, Discovery discovery) {
    List<String> served = discovery.versions(GROUP);
    return VERSIONS.stream()
        .filter(served::contains)
        .findFirst()
        .map(v -> read(reader, v))
        .orElse(NONE);
  }

  private static Dra read(Reader reader, String version) {
    String path = "/apis/" + GROUP + "/" + version;
    Dra dra = new Dra(version);
    reader.each(Request.of("GET", path + "/resourceslices"), Reader.UNREAD, dra::slice);
    // Without GPUs among the devices nobody needs to be asked who holds them.
    if (!dra.devices.isEmpty()) {
      reader.each(Request.of("GET", path + "/resourceclaims"), Reader.UNREAD, dra::claim);
    }
    return dra;
  }

  private void slice(JsonNode slice) {
    JsonNode spec = slice.path("spec");
    String driver = spec.path("driver").asString("");
    if (!driver.startsWith("gpu.")) {
      return;
    }
    String pool = spec.path("pool").path("name").asString("");
    if (outdated(driver + "/" + pool + "/", spec.path("pool").path("generation").asLong(0))) {
      return;
    }
    for (JsonNode device : spec.path("devices")) {
      // Until v1beta1 what a device is stood one level below.
      JsonNode about = device.has("basic") ? device.path("basic") : device;
      String type = attribute(about, "type");
      boolean part = type.equals("mig");
      // Parts that could be cut are listed as well; those that are not yet take from a whole one.
      if ((!type.isEmpty() && !type.equals("gpu") && !part)
          || (part && about.has("consumesCounters"))) {
        continue;
      }
      String node = spec.path("nodeName").asString(about.path("nodeName").asString(""));
      devices.put(
          key(driver, pool, device.path("name").asString("")),
          new Offered(
              node,
              driver,
              CLASS + (part ? driver.replaceFirst("gpu", "mig") : driver),
              attribute(about, "productName"),
              versions(about),
              about.path("taints").isEmpty()));
    }
  }

  /** Of a pool only the slices of its newest generation count. */
  private boolean outdated(String pool, long generation) {
    long known = generations.getOrDefault(pool, generation);
    if (generation > known) {
      devices.keySet().removeIf(key -> key.startsWith(pool));
    }
    generations.put(pool, Math.max(known, generation));
    return generation < known;
  }

  private static String key(String driver, String pool, String device) {
    return driver + "/" + pool + "/" + device;
  }

  private static String attribute(JsonNode device, String name) {
    JsonNode value = device.path("attributes").path(name);
    return value.path("string").asString(value.path("version").asString(""));
  }

  private static String versions(JsonNode device) {
    String driver = attribute(device, "driverVersion");
    String cuda = attribute(device, "cudaDriverVersion");
    return driver.isEmpty() ? "" : "driver " + driver + (cuda.isEmpty() ? "" : ", CUDA " + cuda);
  }

  private void claim(JsonNode claim) {
    JsonNode metadata = claim.path("metadata");
    String name =
        metadata.path("namespace").asString("") + "/" + metadata.path("name").asString("");
    List<String> results = new ArrayList<>();
    for (JsonNode result :
        claim.path("status").path("allocation").path("devices").path("results")) {
      String key =
          key(
              result.path("driver").asString(""),
              result.path("pool").asString(""),
              result.path("device").asString(""));
      if (devices.containsKey(key)) {
        results.add(key);
      }
    }
    allocated.addAll(results);
    held.put(name, results);
    Map<String, Long> asks = new TreeMap<>();
    for (JsonNode request : claim.path("spec").path("devices").path("requests")) {
      JsonNode exactly = request.has("exactly") ? request.path("exactly") : request;
      String deviceClass = exactly.path("deviceClassName").asString("");
      if (deviceClass.startsWith("gpu.") || deviceClass.startsWith("mig.")) {
        asks.merge(CLASS + deviceClass, exactly.path("count").asLong(1), Long::sum);
      }
    }
    wanted.put(name, asks);
  }

  /** The kind from which claims of pods are made, in the version that was read. */
  public Resource claimTemplates() {
    return Resource.namespaced(GROUP, version, "resourceclaimtemplates", "ResourceClaimTemplate");
  }

  /** Whether any GPU is offered in this way. */
  public boolean isEmpty() {
    return devices.isEmpty();
  }

  /** The devices of a node, in order of their names. */
  public List<Offered> of(String node) {
    return devices.values().stream().filter(device -> device.node.equals(node)).toList();
  }

  /** The drivers, in order of their names. */
  public List<String> drivers() {
    return devices.values().stream().map(Offered::driver).distinct().sorted().toList();
  }

  /** How many of a node's devices pods can get, by resource: all that are well. */
  public Map<String, Long> allocatable(String node) {
    Map<String, Long> counts = new TreeMap<>();
    for (Offered device : of(node)) {
      counts.merge(device.resource, device.well ? 1L : 0L, Long::sum);
    }
    return counts;
  }

  /** How many devices a node has, by resource. */
  public Map<String, Long> capacity(String node) {
    Map<String, Long> counts = new TreeMap<>();
    of(node).forEach(device -> counts.merge(device.resource, 1L, Long::sum));
    return counts;
  }

  /** How many of a node's devices claims hold, by resource; what pods share counts once. */
  public Map<String, Long> used(String node) {
    Map<String, Long> counts = new TreeMap<>();
    for (String key : allocated) {
      Offered device = devices.get(key);
      if (device.node.equals(node)) {
        counts.merge(device.resource, 1L, Long::sum);
      }
    }
    return counts;
  }

  /** What a pod holds, or asks for where it holds nothing yet, by resource. */
  public Map<String, Long> of(JsonNode pod) {
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode entry : pod.path("spec").path("resourceClaims")) {
      String name =
          pod.path("metadata").path("namespace").asString("") + "/" + PodClaims.name(pod, entry);
      List<String> keys = held.getOrDefault(name, List.of());
      keys.forEach(key -> counts.merge(devices.get(key).resource, 1L, Long::sum));
      if (keys.isEmpty()) {
        wanted.getOrDefault(name, Map.of()).forEach((what, n) -> counts.merge(what, n, Long::sum));
      }
    }
    return counts;
  }
}
