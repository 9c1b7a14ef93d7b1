package dev.mlk.check;

import dev.mlk.facts.Names;
import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resources;
import dev.mlk.practice.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the namespace lets a job have: storage, quotas, limits, security. */
final class RoomChecks {
  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

  /** Provisioners of file systems that several nodes can write to at once. */
  private static final Set<String> SHARED =
      Set.of(
          "nfs.csi.k8s.io",
          "efs.csi.aws.com",
          "file.csi.azure.com",
          "filestore.csi.storage.gke.io",
          "rook-ceph.cephfs.csi.ceph.com",
          "cephfs.csi.ceph.com",
          "driver.longhorn.io",
          "csi-nfsplugin",
          "mlk.dev/directory");

  private RoomChecks() {}

  static List<Check<Facts>> all() {
    return List.of(
        new Check<>(
            "storage", "default", "claims without a class get a volume", RoomChecks::byDefault),
        new Check<>("storage", "shared", "volumes that all workers can write", RoomChecks::shared),
        new Check<>("limits", "namespace", "the namespace is there", RoomChecks::namespace),
        new Check<>("limits", "quota", "quotas leave room", RoomChecks::quota),
        new Check<>("limits", "ranges", "limit ranges let a worker be", RoomChecks::ranges),
        new Check<>("limits", "security", "Pod Security lets jobs run", RoomChecks::security),
        DryRunChecks.pod());
  }

  private static List<Verdict> byDefault(Facts facts) {
    return facts
        .list(Resources.STORAGE_CLASSES)
        .either(
            classes -> {
              List<String> defaults =
                  classes.stream().filter(RoomChecks::isDefault).map(Nodes::name).toList();
              String next =
                  classes.isEmpty()
                      ? "install a storage provisioner"
                      : "kubectl patch storageclass "
                          + Nodes.name(classes.getFirst())
                          + " -p '{\"metadata\":{\"annotations\":{\""
                          + DEFAULT_CLASS
                          + "\":\"true\"}}}'";
              if (defaults.isEmpty()) {
                return List.of(
                    Verdict.fail(
                        classes.isEmpty() ? "" : "storageclass/" + Nodes.name(classes.getFirst()),
                        classes.isEmpty()
                            ? "no storage class"
                            : "no default among "
                                + Names.some(classes.stream().map(Nodes::name).toList()),
                        "one default class: claims without one stay Pending",
                        next));
              }
              if (defaults.size() > 1) {
                return List.of(
                    Verdict.warn(
                        "storageclass/" + defaults.getLast(),
                        defaults.size() + " default classes: " + Names.some(defaults),
                        "one; now the newest is taken",
                        "kubectl annotate storageclass "
                            + defaults.getLast()
                            + " "
                            + DEFAULT_CLASS
                            + "-"));
              }
              return List.of(
                  Verdict.pass(
                      "storageclass/" + defaults.getFirst(), defaults.getFirst() + " is it"));
            },
            Verdict::unknown);
  }

  private static boolean isDefault(JsonNode storageClass) {
    return storageClass
        .path("metadata")
        .path("annotations")
        .path(DEFAULT_CLASS)
        .asString("")
        .equals("true");
  }

  private static List<Verdict> shared(Facts facts) {
    return facts
        .list(Resources.STORAGE_CLASSES)
        .either(
            classes -> {
              List<String> good =
                  classes.stream()
                      .filter(c -> SHARED.contains(c.path("provisioner").asString("")))
                      .map(Nodes::name)
                      .toList();
              return List.of(
                  good.isEmpty()
                      ? Verdict.skip(
                          "no class is known to give ReadWriteMany volumes",
                          "mlk cluster check --probe makes a claim and sees")
                      : Verdict.pass(
                          Names.some(good) + " can give ReadWriteMany volumes; --probe proves it"));
            },
            Verdict::unknown);
  }

  private static List<Verdict> namespace(Facts facts) {
    return facts
        .find(Resources.NAMESPACES, "", facts.namespace())
        .either(found -> List.of(namespace(facts.namespace(), found)), Verdict::unknown);
  }

  private static Verdict namespace(String name, Optional<JsonNode> found) {
    String object = "namespace/" + name;
    if (found.isEmpty()) {
      return Verdict.fail(
          object,
          "there is no namespace " + name,
          "it is there",
          "kubectl create namespace " + name);
    }
    String phase = found.get().path("status").path("phase").asString("");
    return phase.equals("Terminating")
        ? Verdict.fail(
            object,
            "namespace " + name + " is being deleted",
            "phase Active",
            "kubectl get namespace " + name + " -o yaml says what it waits for")
        : Verdict.pass(object, "namespace " + name + " is there");
  }

  private static List<Verdict> quota(Facts facts) {
    return facts
        .list(Resources.RESOURCE_QUOTAS, facts.namespace())
        .either(
            quotas -> {
              if (quotas.isEmpty()) {
                return List.of(Verdict.pass("no quota in namespace " + facts.namespace()));
              }
              List<Verdict> verdicts = new ArrayList<>();
              List<String> left = new ArrayList<>();
              for (JsonNode quota : quotas) {
                judge(quota, facts.namespace(), verdicts, left);
              }
              if (verdicts.isEmpty()) {
                verdicts.add(Verdict.pass("left by quotas: " + Names.some(left)));
              }
              return verdicts;
            },
            Verdict::unknown);
  }

  private static void judge(
      JsonNode quota, String namespace, List<Verdict> verdicts, List<String> left) {
    String object = "resourcequota/" + Nodes.name(quota);
    for (Map.Entry<String, JsonNode> hard : quota.path("status").path("hard").properties()) {
      Quantity limit = Quantity.parse(hard.getValue().asString("0")).orElse(Quantity.of(0));
      Quantity used =
          Quantity.parse(quota.path("status").path("used").path(hard.getKey()).asString("0"))
              .orElse(Quantity.of(0));
      Quantity rest = limit.minus(used);
      String resource = hard.getKey();
      if (rest.compareTo(Quantity.of(0)) > 0) {
        left.add(rest + " " + resource);
        continue;
      }
      boolean never = limit.compareTo(Quantity.of(0)) <= 0;
      String seen =
          never
              ? "quota " + Nodes.name(quota) + " allows no " + resource
              : "quota "
                  + Nodes.name(quota)
                  + " is used up: "
                  + used
                  + " of "
                  + limit
                  + " "
                  + resource;
      String next = "mlk tfjob list -n " + namespace + "; delete what has ended, or ask for more";
      verdicts.add(
          matters(resource)
              ? Verdict.fail(object, seen, "some left for a job", next)
              : Verdict.warn(object, seen, "some left", next));
    }
  }

  private static boolean matters(String resource) {
    return resource.equals("pods")
        || resource.startsWith("requests.")
        || resource.startsWith("limits.")
        || resource.equals("cpu")
        || resource.equals("memory")
        || resource.startsWith("count/tfjobs");
  }

  private static List<Verdict> ranges(Facts facts) {
    return facts
        .list(Resources.LIMIT_RANGES, facts.namespace())
        .either(
            ranges -> {
              List<Verdict> verdicts = new ArrayList<>();
              for (JsonNode range : ranges) {
                for (JsonNode item : range.path("spec").path("limits")) {
                  tooSmall(range, item).ifPresent(verdicts::add);
                }
              }
              if (verdicts.isEmpty()) {
                verdicts.add(
                    Verdict.pass(
                        ranges.isEmpty()
                            ? "no limit range in namespace " + facts.namespace()
                            : Names.some(ranges.stream().map(Nodes::name).toList())
                                + " leaves room for the course's workers"));
              }
              return verdicts;
            },
            Verdict::unknown);
  }

  /** The course's workers ask for half a CPU and up to 4 GiB; TensorFlow needs 1 GiB at least. */
  private static Optional<Verdict> tooSmall(JsonNode range, JsonNode item) {
    String object = "limitrange/" + Nodes.name(range);
    for (String list : List.of("max", "default")) {
      Optional<Quantity> memory = Quantity.parse(item.path(list).path("memory").asString(""));
      if (memory.isPresent()
          && item.path("type").asString("").equals("Container")
          && memory.get().compareTo(Quantity.parse("1Gi").orElseThrow()) < 0) {
        String seen =
            list.equals("max")
                ? "no container may have more than " + memory.get() + " of memory"
                : "a container that names no limit gets " + memory.get() + " of memory";
        return Optional.of(
            list.equals("max")
                ? Verdict.fail(
                    object,
                    seen,
                    "1Gi at least, for TensorFlow",
                    "ask for a larger max in limitrange " + Nodes.name(range))
                : Verdict.warn(
                    object,
                    seen,
                    "1Gi at least, for TensorFlow",
                    "name a memory limit in the job: --set worker.memory=2Gi"));
      }
    }
    return Optional.empty();
  }

  private static List<Verdict> security(Facts facts) {
    return facts
        .find(Resources.NAMESPACES, "", facts.namespace())
        .either(
            found -> {
              if (found.isEmpty()) {
                return List.of(Verdict.skip("there is no namespace " + facts.namespace(), ""));
              }
              String level = Nodes.label(found.get(), "pod-security.kubernetes.io/enforce");
              if (!level.equals("restricted")) {
                return List.of(
                    Verdict.pass(
                        level.isEmpty()
                            ? "no Pod Security level is enforced"
                            : level + " is enforced"));
              }
              return List.of(
                  Verdict.warn(
                      "namespace/" + facts.namespace(),
                      "Pod Security level restricted is enforced",
                      "jobs that set runAsNonRoot, seccompProfile and drop capabilities",
                      "kubectl label namespace "
                          + facts.namespace()
                          + " --overwrite pod-security.kubernetes.io/enforce=baseline"));
            },
            Verdict::unknown);
  }
}
