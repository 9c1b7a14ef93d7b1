package dev.mlk.check;

import dev.mlk.facts.Known;
import dev.mlk.facts.Names;
import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What else is installed that jobs meet: queues, other operators, webhooks, metrics, DNS. */
final class SystemChecks {
  private static final Resource NODE_METRICS =
      Resource.cluster("metrics.k8s.io", "v1beta1", "nodes", "NodeMetrics");
  private static final Resource VALIDATING =
      Resource.cluster(
          "admissionregistration.k8s.io",
          "v1",
          "validatingwebhookconfigurations",
          "ValidatingWebhookConfiguration");
  private static final Resource MUTATING =
      Resource.cluster(
          "admissionregistration.k8s.io",
          "v1",
          "mutatingwebhookconfigurations",
          "MutatingWebhookConfiguration");

  /**
   * A system that is known by its resources.
   *
   * @param name what people call it
   * @param group the API group
   * @param plural a resource of it
   */
  private record Installed(String name, String group, String plural) {}

  private static final List<Installed> SYSTEMS =
      List.of(
          new Installed("Kubeflow training operator", "kubeflow.org", "pytorchjobs"),
          new Installed("Kubeflow Trainer v2", "trainer.kubeflow.org", "trainjobs"),
          new Installed("Kueue", "kueue.x-k8s.io", "clusterqueues"),
          new Installed("Volcano", "scheduling.volcano.sh", "queues"),
          new Installed("Katib", "kubeflow.org", "experiments"),
          new Installed("Argo Workflows", "argoproj.io", "workflows"),
          new Installed("KServe", "serving.kserve.io", "inferenceservices"),
          new Installed("JobSet", "jobset.x-k8s.io", "jobsets"));

  private SystemChecks() {}

  static List<Check<Facts>> all() {
    return List.of(
        new Check<>("systems", "found", "training and queueing systems", SystemChecks::found),
        new Check<>("systems", "queue", "whether jobs must name a queue", SystemChecks::queue),
        new Check<>("systems", "webhooks", "admission webhooks answer", SystemChecks::webhooks),
        new Check<>("systems", "metrics", "CPU and memory use is measured", SystemChecks::metrics),
        new Check<>("systems", "dcgm", "GPU use is measured", SystemChecks::dcgm),
        new Check<>("systems", "dns", "names of services are resolved", SystemChecks::dns));
  }

  private static List<Verdict> found(Facts facts) {
    return facts
        .discovery()
        .either(
            discovery -> {
              List<String> names = new ArrayList<>();
              for (Installed system : SYSTEMS) {
                if (discovery.has(system.group, system.plural)) {
                  names.add(system.name);
                }
              }
              return List.of(
                  Verdict.pass(
                      names.isEmpty()
                          ? "no training or queueing system beside TFJob"
                          : String.join(", ", names)));
            },
            Verdict::unknown);
  }

  private static List<Verdict> queue(Facts facts) {
    return facts
        .discovery()
        .either(
            discovery -> {
              if (!discovery.has("kueue.x-k8s.io")) {
                return List.of(
                    Verdict.skip("no queueing system: jobs start as nodes have room", ""));
              }
              String version = discovery.versions("kueue.x-k8s.io").getLast();
              Resource queues =
                  Resource.namespaced("kueue.x-k8s.io", version, "localqueues", "LocalQueue");
              return facts
                  .list(queues, facts.namespace())
                  .either(
                      local ->
                          List.of(
                              local.isEmpty()
                                  ? Verdict.warn(
                                      "namespace/" + facts.namespace(),
                                      "Kueue runs, and namespace "
                                          + facts.namespace()
                                          + " has no LocalQueue",
                                      "a LocalQueue, where jobs must be queued",
                                      "ask for a LocalQueue in " + facts.namespace())
                                  : Verdict.pass(
                                      "jobs can name the queue "
                                          + Names.some(local.stream().map(Nodes::name).toList())
                                          + " by the label kueue.x-k8s.io/queue-name")),
                      Verdict::unknown);
            },
            Verdict::unknown);
  }

  private static List<Verdict> webhooks(Facts facts) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Resource resource : List.of(VALIDATING, MUTATING)) {
      Known<List<JsonNode>> all = facts.list(resource);
      if (all instanceof Known.Unknown<List<JsonNode>> unknown) {
        return List.of(Verdict.skip(unknown.why(), unknown.next()));
      }
      for (JsonNode configuration : all.or(List.of())) {
        for (JsonNode webhook : configuration.path("webhooks")) {
          verdict(facts, resource, configuration, webhook).ifPresent(verdicts::add);
        }
      }
    }
    return verdicts.isEmpty()
        ? List.of(Verdict.pass("no admission webhook is out of reach"))
        : verdicts;
  }

  private static java.util.Optional<Verdict> verdict(
      Facts facts, Resource resource, JsonNode configuration, JsonNode webhook) {
    String object = resource.kind().toLowerCase(Locale.ROOT) + "/" + Nodes.name(configuration);
    String name = webhook.path("name").asString("");
    JsonNode client = webhook.path("clientConfig");
    JsonNode service = client.path("service");
    String trouble = "";
    String next = "";
    if (!service.isMissingNode()) {
      String namespace = service.path("namespace").asString("");
      String serviceName = service.path("name").asString("");
      if (!ready(facts, namespace, serviceName)) {
        trouble = "service " + serviceName + " in " + namespace + " has no ready endpoint";
        next = "kubectl -n " + namespace + " get endpointslices,pods";
      }
    }
    if (trouble.isEmpty() && client.path("caBundle").isString()) {
      Instant now = facts.clock().instant();
      var authority =
          Certificates.parse(
              java.util.Base64.getMimeDecoder().decode(client.path("caBundle").asString("")));
      if (!authority.isEmpty()
          && authority.stream().allMatch(c -> c.getNotAfter().toInstant().isBefore(now))) {
        trouble =
            "the authority in its caBundle ended on "
                + authority.getFirst().getNotAfter().toInstant();
        next = "kubectl get " + object + " -o yaml; renew the webhook's certificate";
      }
    }
    if (trouble.isEmpty()) {
      return java.util.Optional.empty();
    }
    boolean fatal = webhook.path("failurePolicy").asString("Fail").equals("Fail");
    String seen = "webhook " + name + ": " + trouble;
    return java.util.Optional.of(
        fatal
            ? Verdict.fail(object, seen, "it answers: without it, what it guards is refused", next)
            : Verdict.warn(object, seen, "it answers; it is passed over now", next));
  }

  private static boolean ready(Facts facts, String namespace, String service) {
    // Where slices may not be read, nothing is held against the service.
    return facts
        .list(Resources.ENDPOINT_SLICES, namespace)
        .map(slices -> slices.stream().anyMatch(slice -> serves(slice, service)))
        .or(true);
  }

  private static boolean serves(JsonNode slice, String service) {
    if (!Nodes.label(slice, "kubernetes.io/service-name").equals(service)) {
      return false;
    }
    return slice
        .path("endpoints")
        .valueStream()
        .anyMatch(endpoint -> endpoint.path("conditions").path("ready").asBoolean(true));
  }

  private static List<Verdict> metrics(Facts facts) {
    String next = "install metrics-server";
    if (!facts.discovery().map(d -> d.serves(NODE_METRICS)).or(true)) {
      return List.of(
          Verdict.warn(
              "",
              "no metrics API",
              "metrics.k8s.io, for CPU and memory in gpu top and kubectl top",
              next));
    }
    Known<JsonNode> answer =
        facts.raw("/apis/metrics.k8s.io/v1beta1/nodes", "read nodes.metrics.k8s.io");
    return answer.either(
        list ->
            List.of(
                list.path("items").isEmpty()
                    ? Verdict.warn(
                        "", "the metrics API has no figure of any node", "one a node", next)
                    : Verdict.pass(
                        "the metrics API has figures of "
                            + Names.count(list.path("items").size(), "node"))),
        Verdict::unknown);
  }

  private static List<Verdict> dcgm(Facts facts) {
    if (!facts.list(Resources.NODES).map(n -> n.stream().anyMatch(Nodes::saysGpu)).or(true)) {
      return List.of(Verdict.skip("no node has a GPU", ""));
    }
    return facts
        .list(Resources.DAEMON_SETS)
        .either(
            sets -> {
              for (JsonNode set : sets) {
                if (Nodes.name(set).contains("dcgm-exporter")) {
                  return List.of(
                      Verdict.pass("daemonset/" + Nodes.name(set), Nodes.name(set) + " runs"));
                }
              }
              return List.of(
                  Verdict.skip(
                      "no DCGM exporter: nobody measures how busy GPUs are",
                      "install dcgm-exporter; the GPU operator brings it"));
            },
            Verdict::unknown);
  }

  private static List<Verdict> dns(Facts facts) {
    if (facts.practice()) {
      return List.of(
          Verdict.pass("the node agent translates service names (no DNS server, simulated)"));
    }
    return facts
        .list(Resources.ENDPOINT_SLICES, "kube-system")
        .either(
            slices -> {
              for (String name : List.of("kube-dns", "coredns", "rke2-coredns-rke2-coredns")) {
                List<JsonNode> own =
                    slices.stream()
                        .filter(s -> Nodes.label(s, "kubernetes.io/service-name").equals(name))
                        .toList();
                if (own.stream().anyMatch(slice -> serves(slice, name))) {
                  return List.of(Verdict.pass("service/" + name, name + " has ready endpoints"));
                }
                if (!own.isEmpty()) {
                  return List.of(
                      Verdict.fail(
                          "service/" + name,
                          name + " has no ready endpoint",
                          "a DNS server: workers find each other by name",
                          "kubectl -n kube-system get pods -l k8s-app=kube-dns"));
                }
              }
              return List.of(
                  Verdict.warn(
                      "",
                      "no DNS service in kube-system",
                      "kube-dns: workers find each other by name",
                      "kubectl -n kube-system get services"));
            },
            Verdict::unknown);
  }
}
