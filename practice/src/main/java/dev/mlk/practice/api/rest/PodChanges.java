package dev.mlk.practice.api.rest;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.admission.Admission;
import dev.mlk.practice.api.admission.Attempt;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.selector.LabelSelector;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Binding and eviction of pods. */
final class PodChanges {
  private static final Resource BINDING = Resource.namespaced("", "v1", "bindings", "Binding");
  private static final Resource EVICTION =
      Resource.namespaced("policy", "v1", "evictions", "Eviction");
  private static final Resource OLD_EVICTION =
      Resource.namespaced("policy", "v1beta1", "evictions", "Eviction");
  private static final Resource BUDGETS =
      Resource.namespaced("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");
  private final Objects objects;
  private final Removing removing;
  private final Admission admission;
  private final InstantSource clock;

  PodChanges(Objects objects, Removing removing, Admission admission, InstantSource clock) {
    this.objects = objects;
    this.removing = removing;
    this.admission = admission;
    this.clock = clock;
  }

  private void admit(Action action, Resource kind, ObjectNode object) {
    Metadata.of(object).put("name", action.name()).put("namespace", action.namespace());
    admission.validate(
        new Attempt(
            Attempt.Operation.CREATE,
            action.served(),
            action.subresource(),
            action.namespace(),
            action.name(),
            kind,
            object,
            Optional.empty(),
            WriteOptions.of(action, Attempt.Operation.CREATE),
            action.user(),
            action.dryRun(),
            action.warnings()));
  }

  /** Puts a pod on a node: its nodeName and the condition PodScheduled, at once. */
  Answer bind(Action action) {
    ObjectNode binding = Bodies.object(action, BINDING, Optional.empty());
    String node = binding.path("target").path("name").asString("");
    if (node.isEmpty()) {
      throw ApiError.invalid(
          "Binding",
          "",
          action.name(),
          List.of(dev.mlk.practice.status.FieldError.required("target.name", "")));
    }
    admit(action, BINDING, binding);
    while (true) {
      ObjectNode pod = pod(action);
      String on = pod.path("spec").path("nodeName").asString("");
      if (Metadata.terminating(pod)) {
        throw conflict(
            action, "pod " + action.name() + " is being deleted, cannot be assigned to a host");
      }
      if (!on.isEmpty()) {
        throw conflict(
            action, "pod " + action.name() + " is already assigned to node \"" + on + "\"");
      }
      long revision = Objects.revision(pod);
      Json.child(pod, "spec").put("nodeName", node);
      Json.child(pod, "status").remove("nominatedNodeName");
      markScheduled(pod);
      JsonNode annotations = binding.path("metadata").path("annotations");
      annotations
          .properties()
          .forEach(
              entry ->
                  Json.child(Metadata.of(pod), "annotations")
                      .set(entry.getKey(), entry.getValue()));
      if (action.dryRun() || objects.update(action.served(), pod, revision).isPresent()) {
        return success(action);
      }
    }
  }

  private static ApiError conflict(Action action, String why) {
    return ApiError.conflict(
        Resource.namespaced("", "v1", "pods/binding", "Binding"), action.name(), why);
  }

  private void markScheduled(ObjectNode pod) {
    ObjectNode condition =
        conditions(pod, "PodScheduled")
            .addObject()
            .put("type", "PodScheduled")
            .put("status", "True");
    condition.putNull("lastProbeTime");
    condition.put("lastTransitionTime", Metadata.time(clock.instant()));
  }

  /** The pod's conditions without the one of that type. */
  private static ArrayNode conditions(ObjectNode pod, String without) {
    ObjectNode status = Json.child(pod, "status");
    ArrayNode conditions =
        status.get("conditions") instanceof ArrayNode array ? array : status.putArray("conditions");
    for (int i = conditions.size() - 1; i >= 0; i--) {
      if (conditions.get(i).path("type").asString("").equals(without)) {
        conditions.remove(i);
      }
    }
    return conditions;
  }

  /** Clients before 1.22 say policy/v1beta1, which is understood here to this day. */
  private static ObjectNode eviction(Action action) {
    String version =
        Bodies.anything(action.call(), EVICTION.kind()).path("apiVersion").asString("");
    boolean old = version.equals(OLD_EVICTION.apiVersion());
    return Bodies.object(action, old ? OLD_EVICTION : EVICTION, Optional.empty());
  }

  /** Deletes a pod unless a disruption budget is against it. */
  Answer evict(Action action) {
    ObjectNode eviction = eviction(action);
    String name = Metadata.name(eviction);
    if (!name.equals(action.name())) {
      throw ApiError.badRequest("name in URL does not match name in Eviction object");
    }
    ObjectNode pod = pod(action);
    admit(action, EVICTION, eviction);
    String phase = pod.path("status").path("phase").asString("");
    boolean counts = phase.equals("Running") && !Metadata.terminating(pod);
    if (counts) {
      for (ObjectNode budget : objects.list(BUDGETS, action.namespace())) {
        boolean covers = LabelSelector.of(budget.path("spec").path("selector")).matches(pod);
        if (covers && budget.path("status").path("disruptionsAllowed").asLong(0) <= 0) {
          throw refused(budget);
        }
      }
    }
    Action deletion = action.plain("DELETE", Json.write(deleteOptions(action, eviction)));
    DeleteOptions wanted = DeleteOptions.of(deletion.call());
    if (!wanted.uid().isEmpty() && !wanted.uid().equals(Metadata.uid(pod))) {
      removing.delete(deletion);
    }
    if (!wanted.dryRun() && !pod.path("spec").path("nodeName").asString("").isEmpty()) {
      markDisrupted(action);
    }
    removing.delete(deletion);
    return success(action);
  }

  /** Those of the body; a dry run that only the query asks for is put into them. */
  private static ObjectNode deleteOptions(Action action, ObjectNode eviction) {
    ObjectNode options =
        eviction.path("deleteOptions") instanceof ObjectNode given ? given : Json.object();
    List<String> asked = action.call().query().getOrDefault("dryRun", List.of());
    if (options.path("dryRun").isEmpty() && !asked.isEmpty()) {
      ArrayNode dryRun = options.putArray("dryRun");
      asked.forEach(dryRun::add);
    }
    return options;
  }

  /** Says in the pod itself that it was evicted. */
  private void markDisrupted(Action action) {
    while (true) {
      ObjectNode pod = pod(action);
      ObjectNode condition = Json.object().put("type", "DisruptionTarget").put("status", "True");
      condition.putNull("lastProbeTime");
      condition.put("lastTransitionTime", Metadata.time(clock.instant()));
      condition.put("reason", "EvictionByEvictionAPI").put("message", "Eviction API: evicting");
      conditions(pod, "DisruptionTarget").add(condition);
      if (objects.update(action.served(), pod, Objects.revision(pod)).isPresent()) {
        return;
      }
    }
  }

  private static ApiError refused(ObjectNode budget) {
    ObjectNode details = Json.object();
    String name = Metadata.name(budget);
    long needed = budget.path("status").path("desiredHealthy").asLong(0);
    long healthy = budget.path("status").path("currentHealthy").asLong(0);
    details
        .putArray("causes")
        .addObject()
        .put("reason", "DisruptionBudget")
        .put(
            "message",
            "The disruption budget "
                + name
                + " needs "
                + needed
                + " healthy pods and has "
                + healthy
                + " currently");
    return ApiError.of(
        429,
        "TooManyRequests",
        "Cannot evict pod as it would violate the pod's disruption budget.",
        details);
  }

  private Answer success(Action action) {
    ObjectNode status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Success").put("code", 201);
    return Answer.of(201, "application/json", status.toString().getBytes(StandardCharsets.UTF_8))
        .warning(action.warnings());
  }

  private ObjectNode pod(Action action) {
    return objects
        .find(action.served(), action.namespace(), action.name())
        .orElseThrow(() -> ApiError.notFound(action.served().resource(), action.name()));
  }
}
