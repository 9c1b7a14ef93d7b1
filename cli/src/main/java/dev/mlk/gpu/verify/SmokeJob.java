package dev.mlk.gpu.verify;

import dev.mlk.facts.Dra;
import dev.mlk.format.Json;
import dev.mlk.kube.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Job that runs a smoke pod on one node. A Job and not a bare pod, because the cluster itself
 * ends it by its deadline and takes it away half a minute later, even when mlk was killed.
 *
 * @param job the object to create
 * @param kind what the templates are
 * @param templates what to create after it, owned by it: its pod's claims are made from them
 */
record SmokeJob(ObjectNode job, Resource kind, List<ObjectNode> templates) {
  /** Names the run on everything that it creates. */
  static final String RUN = "mlk.dev/gpu-verify";

  /** The place of the node in the run. */
  static final String PLACE = "mlk.dev/gpu-verify-node";

  private static final int LEFT_SECONDS = 30;
  private static final long GIBIBYTES = 4;
  private static final int USER = 1000;

  SmokeJob {
    templates = List.copyOf(templates);
  }

  /**
   * What to create.
   *
   * @param run the value of the label {@link #RUN}
   * @param place the value of the label {@link #PLACE}
   * @param runtimeClass the pod's runtime class; empty for the node's usual one
   * @param patience how long it may take, its image's way to the node included
   */
  static SmokeJob of(
      SmokePlan plan,
      SmokeImage image,
      String runtimeClass,
      String run,
      int place,
      Duration patience) {
    ObjectNode job = Json.object().put("apiVersion", "batch/v1").put("kind", "Job");
    ObjectNode metadata = job.putObject("metadata").put("generateName", "mlk-gpu-verify-");
    labels(metadata.putObject("labels"), run, place);
    ObjectNode spec = job.putObject("spec");
    spec.put("backoffLimit", 0);
    spec.put("activeDeadlineSeconds", patience.toSeconds() + LEFT_SECONDS / 2);
    spec.put("ttlSecondsAfterFinished", LEFT_SECONDS);
    ObjectNode template = spec.putObject("template");
    labels(template.putObject("metadata").putObject("labels"), run, place);
    ObjectNode pod = template.putObject("spec");
    pod(pod, plan, image, runtimeClass);
    Resource kind = plan.node().templates();
    List<ObjectNode> templates = new ArrayList<>();
    for (int i = 0; i < plan.parts().size(); i++) {
      SmokePlan.Part part = plan.parts().get(i);
      if (part.claimed()) {
        ObjectNode claims = claims(kind, part);
        String name = "mlk-gpu-verify-" + run + "-" + place + "-" + i;
        labels(claims.withObject("metadata").put("name", name).putObject("labels"), run, place);
        templates.add(claims);
        pod.withArray("resourceClaims")
            .addObject()
            .put("name", name(i))
            .put("resourceClaimTemplateName", name);
      }
    }
    return new SmokeJob(job, kind, templates);
  }

  /** Whence the claims of a pod's container are made. */
  private static ObjectNode claims(Resource kind, SmokePlan.Part part) {
    ObjectNode template = Json.object().put("apiVersion", kind.apiVersion());
    template.put("kind", kind.kind()).putObject("metadata");
    ObjectNode request =
        template
            .putObject("spec")
            .putObject("spec")
            .putObject("devices")
            .putArray("requests")
            .addObject()
            .put("name", "gpus");
    // Until v1beta1 what is asked for stood one level above.
    ObjectNode asked = kind.version().equals("v1beta1") ? request : request.putObject("exactly");
    asked.put("deviceClassName", part.resource().substring(Dra.CLASS.length()));
    asked.put("allocationMode", "ExactCount").put("count", part.count());
    return template;
  }

  private static void labels(ObjectNode labels, String run, int place) {
    labels.put("app.kubernetes.io/managed-by", "mlk");
    labels.put(RUN, run).put(PLACE, Integer.toString(place));
  }

  private static void pod(ObjectNode spec, SmokePlan plan, SmokeImage image, String runtimeClass) {
    spec.put("restartPolicy", "Never").put("terminationGracePeriodSeconds", 1);
    spec.put("automountServiceAccountToken", false).put("enableServiceLinks", false);
    if (!runtimeClass.isEmpty()) {
      spec.put("runtimeClassName", runtimeClass);
    }
    GpuNode node = plan.node();
    if (!node.name().isEmpty()) {
      // Through the scheduler: a pod with a nodeName goes past it, and past the room that is there.
      ArrayNode terms =
          spec.putObject("affinity")
              .putObject("nodeAffinity")
              .putObject("requiredDuringSchedulingIgnoredDuringExecution")
              .putArray("nodeSelectorTerms");
      ObjectNode name = terms.addObject().putArray("matchFields").addObject();
      name.put("key", "metadata.name").put("operator", "In").putArray("values").add(node.name());
    }
    ArrayNode tolerations = spec.putArray("tolerations");
    if (node.unseen()) {
      tolerations.addObject().put("key", "nvidia.com/gpu").put("operator", "Exists");
    }
    for (JsonNode taint : node.taints()) {
      ObjectNode toleration = tolerations.addObject();
      toleration.put("key", taint.path("key").asString("")).put("operator", "Equal");
      toleration.put("value", taint.path("value").asString(""));
      toleration.put("effect", taint.path("effect").asString(""));
    }
    ObjectNode security = spec.putObject("securityContext");
    security.put("runAsNonRoot", true).put("runAsUser", USER).put("runAsGroup", USER);
    security.putObject("seccompProfile").put("type", "RuntimeDefault");
    ArrayNode containers = spec.putArray("containers");
    for (int i = 0; i < plan.parts().size(); i++) {
      container(containers.addObject(), plan, i, image);
    }
  }

  private static void container(
      ObjectNode container, SmokePlan plan, int number, SmokeImage image) {
    SmokePlan.Part part = plan.parts().get(number);
    container.put("name", name(number)).put("image", image.reference());
    List<String> command = image.command();
    if (!command.isEmpty()) {
      command.forEach(container.putArray("command")::add);
    }
    if (part.witness()) {
      container.putArray("args").add("identity");
    }
    ArrayNode env = container.putArray("env");
    if (!image.own()) {
      env.addObject().put("name", "HOME").put("value", "/tmp");
      env.addObject().put("name", "PYTHONUNBUFFERED").put("value", "1");
    }
    ObjectNode resources = container.putObject("resources");
    ObjectNode requests = resources.putObject("requests");
    ObjectNode limits = resources.putObject("limits");
    requests.put("cpu", "100m").put("memory", part.witness() ? "64Mi" : "512Mi");
    limits.put("cpu", "4").put("memory", (GIBIBYTES + part.count()) + "Gi");
    if (part.claimed()) {
      resources.putArray("claims").addObject().put("name", name(number));
    } else {
      limits.put(part.resource(), Long.toString(part.count()));
    }
    if (number == 0) {
      for (Offer offer : plan.node().fabric()) {
        if (offer.free() > 0 && Offer.isGpu(part.resource())) {
          limits.put(offer.resource(), "1");
        }
      }
    }
    ObjectNode security = container.putObject("securityContext");
    security.put("allowPrivilegeEscalation", false);
    security.putObject("capabilities").putArray("drop").add("ALL");
  }

  /** The name of a container by its place in the plan. */
  static String name(int part) {
    return "smoke-" + part;
  }
}
