package dev.mlk.practice.controller;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Controller;
import dev.mlk.kube.Index;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.select.LabelSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps EndpointSlices and Endpoints of each service that selects pods. */
final class EndpointsController {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final String SLICE_CONTROLLER = "endpointslice-controller.k8s.io";
  private static final int MOST_IN_A_SLICE = 100;
  private final Shared shared;
  private final Index slices;
  private final Expectations expectations;
  private final Selections selections;

  private EndpointsController(Shared shared) {
    this.shared = shared;
    selections = new Selections(shared);
    expectations = new Expectations(shared.informer(Resources.ENDPOINT_SLICES));
    slices =
        new Index(
            shared.informer(Resources.ENDPOINT_SLICES),
            slice ->
                Fields.text(slice, "metadata", "labels", MANAGED_BY).equals(SLICE_CONTROLLER)
                    ? List.of(serviceOf(slice).toString())
                    : List.of());
  }

  static void start(Shared shared) {
    var endpoints = new EndpointsController(shared);
    Controller controller =
        shared.start(
            "endpoints",
            4,
            List.of(
                Resources.SERVICES, Resources.PODS, Resources.ENDPOINTS, Resources.ENDPOINT_SLICES),
            endpoints::reconcile);
    controller.follow(shared.informer(Resources.SERVICES));
    shared
        .informer(Resources.PODS)
        .onChange(
            (change, before, now) -> {
              if (change != Informer.Change.MODIFIED
                  || !sameForServices(before, now)
                  || Fields.deleting(now)) {
                endpoints.enqueueServices(controller, before == null ? now : before, now);
              }
            });
    shared
        .informer(Resources.ENDPOINT_SLICES)
        .onChange((_, _, now) -> controller.enqueue(serviceOf(now)));
    shared.informer(Resources.ENDPOINTS).onChange((_, _, now) -> controller.enqueue(Key.of(now)));
  }

  private static Key serviceOf(JsonNode slice) {
    return new Key(Fields.namespace(slice), Fields.text(slice, "metadata", "labels", SERVICE_NAME));
  }

  private static boolean sameForServices(JsonNode before, JsonNode now) {
    return Fields.at(before, "metadata", "labels").equals(Fields.at(now, "metadata", "labels"))
        && Fields.at(before, "status", "podIP").equals(Fields.at(now, "status", "podIP"))
        && Pods.phase(before).equals(Pods.phase(now))
        && Pods.ready(before) == Pods.ready(now);
  }

  private void enqueueServices(Controller controller, JsonNode before, JsonNode now) {
    selections.services(before).forEach(service -> controller.enqueue(Key.of(service)));
    selections.services(now).forEach(service -> controller.enqueue(Key.of(service)));
  }

  private static boolean selects(JsonNode service, JsonNode pod) {
    JsonNode selector = Fields.at(service, "spec", "selector");
    return !selector.isEmpty()
        && LabelSelector.contains(selector, Fields.at(pod, "metadata", "labels"));
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> found =
        shared.informer(Resources.SERVICES).get(key.namespace(), key.name());
    if (found.isEmpty()) {
      // The slices go with their owner; Endpoints have none.
      shared
          .informer(Resources.ENDPOINTS)
          .get(key.namespace(), key.name())
          .filter(Addresses::isOurs)
          .ifPresent(
              _ -> shared.client().deleteIfThere(Resources.ENDPOINTS, key.namespace(), key.name()));
      return Optional.empty();
    }
    ObjectNode service = found.get();
    if (Fields.at(service, "spec", "selector").isEmpty()
        || Fields.deleting(service)
        || !expectations.met(key)) {
      return Optional.empty();
    }
    List<ObjectNode> pods = new ArrayList<>();
    for (ObjectNode pod : selections.candidates(service)) {
      if (selects(service, pod)
          && !Fields.text(pod, "status", "podIP").isEmpty()
          && !Pods.finished(pod)) {
        pods.add(pod);
      }
    }
    pods.sort(Comparator.comparing(Fields::name));
    writeSlices(key, service, pods);
    writeEndpoints(key, service, pods);
    return Optional.empty();
  }

  private void writeSlices(Key key, ObjectNode service, List<ObjectNode> pods) {
    List<ObjectNode> wanted = new ArrayList<>();
    Addresses addresses = new Addresses(service);
    addresses
        .bySlicePorts(pods)
        .forEach(
            (ports, group) -> {
              for (int from = 0; from < group.size(); from += MOST_IN_A_SLICE) {
                int to = Math.min(group.size(), from + MOST_IN_A_SLICE);
                wanted.add(slice(service, ports, addresses.endpoints(group.subList(from, to))));
              }
            });
    if (wanted.isEmpty()) {
      wanted.add(slice(service, Fields.newArray(), Fields.newArray()));
    }
    List<ObjectNode> there = new ArrayList<>(slices.get(key.toString()));
    there.sort(Comparator.comparing(Fields::name));
    for (int i = 0; i < Math.max(wanted.size(), there.size()); i++) {
      if (i >= wanted.size()) {
        ObjectNode extra = there.get(i);
        shared
            .client()
            .deleteIfThere(Resources.ENDPOINT_SLICES, key.namespace(), Fields.name(extra));
      } else if (i >= there.size()) {
        create(Resources.ENDPOINT_SLICES, key.namespace(), wanted.get(i))
            .ifPresent(made -> expectations.created(key, made));
      } else {
        update(there.get(i), wanted.get(i));
      }
    }
  }

  private void update(ObjectNode there, ObjectNode wanted) {
    boolean same =
        there.path("endpoints").equals(wanted.path("endpoints"))
            && there.path("ports").equals(wanted.path("ports"))
            && Fields.at(there, "metadata", "labels")
                .equals(Fields.at(wanted, "metadata", "labels"));
    if (same) {
      return;
    }
    ObjectNode changed = there.deepCopy();
    changed.set("endpoints", wanted.get("endpoints"));
    changed.set("ports", wanted.get("ports"));
    Fields.object(changed, "metadata").set("labels", Fields.at(wanted, "metadata", "labels"));
    shared.client().update(Resources.ENDPOINT_SLICES, changed);
  }

  private static ObjectNode slice(ObjectNode service, ArrayNode ports, ArrayNode endpoints) {
    ObjectNode slice = Fields.of("discovery.k8s.io/v1", "EndpointSlice");
    ObjectNode metadata = slice.putObject("metadata");
    metadata.put("generateName", Fields.name(service) + "-");
    ObjectNode labels = Addresses.labels(service, "service.kubernetes.io/headless");
    labels.put(MANAGED_BY, SLICE_CONTROLLER).put(SERVICE_NAME, Fields.name(service));
    metadata.set("labels", labels);
    Owners.own(service, slice);
    slice.put("addressType", "IPv4");
    slice.set("endpoints", endpoints);
    slice.set("ports", ports);
    return slice;
  }

  private void writeEndpoints(Key key, ObjectNode service, List<ObjectNode> pods) {
    ObjectNode labels = Addresses.labels(service, "service.kubernetes.io/headless");
    labels.put(Addresses.ENDPOINTS_MANAGED_BY, "endpoint-controller");
    ArrayNode subsets = new Addresses(service).subsets(pods);
    Optional<ObjectNode> there =
        shared.informer(Resources.ENDPOINTS).get(key.namespace(), key.name());
    if (there.isPresent()
        && there
            .get()
            .path("subsets")
            .equals(subsets.isEmpty() ? there.get().path("none") : subsets)
        && Fields.at(there.get(), "metadata", "labels").equals(labels)) {
      return;
    }
    ObjectNode endpoints =
        there.map(ObjectNode::deepCopy).orElseGet(() -> Fields.of("v1", "Endpoints"));
    Fields.object(endpoints, "metadata").put("name", key.name()).set("labels", labels);
    endpoints.remove("subsets");
    if (!subsets.isEmpty()) {
      endpoints.set("subsets", subsets);
    }
    if (there.isPresent()) {
      shared.client().update(Resources.ENDPOINTS, endpoints);
    } else {
      create(Resources.ENDPOINTS, key.namespace(), endpoints);
    }
  }

  private Optional<ObjectNode> create(Resource resource, String namespace, ObjectNode object) {
    try {
      return Optional.of(shared.client().create(resource, namespace, object));
    } catch (ApiException e) {
      // A namespace on its way out takes nothing new.
      if (e.code() != 403 && !e.notFound()) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
