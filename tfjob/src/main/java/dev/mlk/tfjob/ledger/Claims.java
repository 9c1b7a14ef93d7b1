package dev.mlk.tfjob.ledger;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The GPUs that pods hold by claims of dynamic resource allocation (resource.k8s.io) and not by
 * requests. Nothing is asked for pods that name no claim; what may not be read counts as nothing.
 */
final class Claims {
  private static final String GROUP = "resource.k8s.io";

  /** The versions that are read, the newest first. */
  private static final List<String> VERSIONS = List.of("v1", "v1beta2", "v1beta1");

  private final KubernetesClient client;
  private final Map<String, String> models = new HashMap<>();
  private Optional<String> version = Optional.empty();

  Claims(KubernetesClient client) {
    this.client = client;
  }

  void forget() {
    models.clear();
    version = Optional.empty();
  }

  /** The entry of a pod on a node, with the GPUs that its claims hold. */
  LedgerEntry complete(LedgerEntry entry, JsonNode pod) {
    long gpus = 0;
    for (JsonNode named : pod.path("spec").path("resourceClaims")) {
      String claim = claim(pod, named);
      gpus += claim.isEmpty() ? 0 : gpus(entry.who().namespace(), claim);
    }
    if (gpus == 0) {
      return entry;
    }
    LedgerEntry.Node node = entry.node();
    return entry
        .holdingToo(gpus)
        .on(node.model().isEmpty() ? node.withModel(model(node.name())) : node);
  }

  /** The claim's own name, or the one that was made for the pod by a template. */
  private static String claim(JsonNode pod, JsonNode named) {
    String own = named.path("resourceClaimName").asString("");
    for (JsonNode made : pod.path("status").path("resourceClaimStatuses")) {
      if (own.isEmpty() && made.path("name").equals(named.path("name"))) {
        return made.path("resourceClaimName").asString("");
      }
    }
    return own;
  }

  /**
   * Drivers of GPUs are called {@code gpu.nvidia.com} and the like; a part of one counts as one.
   */
  private long gpus(String namespace, String name) {
    Optional<JsonNode> claim =
        read(() -> kind("ResourceClaim", true).inNamespace(namespace).withName(name).get());
    return claim
        .map(found -> found.path("status").path("allocation").path("devices").path("results"))
        .map(
            results ->
                results
                    .valueStream()
                    .filter(result -> result.path("driver").asString("").startsWith("gpu."))
                    .count())
        .orElse(0L);
  }

  private String model(String node) {
    return models.computeIfAbsent(
        node,
        _ ->
            read(() -> kind("ResourceSlice", false).withField("spec.nodeName", node).list())
                .map(Claims::product)
                .orElse(""));
  }

  /** As node labels write it, which have no blanks. */
  private static String product(JsonNode slices) {
    Set<String> names = new HashSet<>();
    for (JsonNode slice : slices.path("items")) {
      for (JsonNode device : slice.path("spec").path("devices")) {
        // Until v1beta1 what a device is stood one level below.
        JsonNode about = device.has("basic") ? device.path("basic") : device;
        names.add(about.path("attributes").path("productName").path("string").asString(""));
      }
    }
    return names.stream()
        .filter(name -> !name.isEmpty())
        .sorted()
        .findFirst()
        .orElse("")
        .replace(' ', '-');
  }

  private MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      kind(String kind, boolean namespaced) {
    return client.genericKubernetesResources(
        new ResourceDefinitionContext.Builder()
            .withGroup(GROUP)
            .withVersion(version())
            .withKind(kind)
            .withPlural(kind.toLowerCase(java.util.Locale.ROOT) + "s")
            .withNamespaced(namespaced)
            .build());
  }

  private String version() {
    if (version.isEmpty()) {
      Set<String> served = new HashSet<>();
      APIGroup group = client.getApiGroup(GROUP);
      if (group != null) {
        group.getVersions().forEach(one -> served.add(one.getVersion()));
      }
      version = VERSIONS.stream().filter(served::contains).findFirst().or(() -> Optional.of("v1"));
    }
    return version.get();
  }

  private Optional<JsonNode> read(Supplier<Object> reading) {
    try {
      Object found = reading.get();
      return found == null
          ? Optional.empty()
          : Optional.of(
              JsonMapper.shared().readTree(client.getKubernetesSerialization().asJson(found)));
    } catch (KubernetesClientException e) {
      if (e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR || e.getCode() == 0) {
        throw e;
      }
      // No right, no such kind, another form of it: the entry is worth more than its GPUs.
      return Optional.empty();
    }
  }
}
