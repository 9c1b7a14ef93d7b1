package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Containers of pods and pod templates. */
final class ContainerValidation {
  private static final List<String> NOT_EPHEMERAL =
      List.of(
          "ports",
          "resources",
          "resizePolicy",
          "restartPolicy",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle");
  private static final String ONLY_SIDECARS =
      "may not be set for init containers without restartPolicy=Always";

  private final Set<String> volumes;
  private final Findings findings;

  /**
   * For the containers of one pod.
   *
   * @param volumes the names of the pod's valid volumes
   */
  ContainerValidation(Set<String> volumes, Findings findings) {
    this.volumes = volumes;
    this.findings = findings;
  }

  /** Checks {@code containers} and {@code initContainers} of a pod's spec. */
  void podSpec(ObjectNode spec, String path) {
    List<ObjectNode> containers = Tree.objects(spec.path("containers"));
    Set<String> names = new HashSet<>();
    if (containers.isEmpty()) {
      findings.required(path + ".containers");
    }
    for (int i = 0; i < containers.size(); i++) {
      ObjectNode container = containers.get(i);
      String here = path + ".containers[" + i + "]";
      container(container, here);
      unique(container, here, names);
      ProbeValidation.container(container, here, findings);
      findings.oneOfIfPresent(container, "restartPolicy", here, "Always", "Never", "OnFailure");
    }
    List<ObjectNode> initContainers = Tree.objects(spec.path("initContainers"));
    for (int i = 0; i < initContainers.size(); i++) {
      String here = path + ".initContainers[" + i + "]";
      container(initContainers.get(i), here);
      unique(initContainers.get(i), here, names);
      initContainer(initContainers.get(i), here);
    }
  }

  /** Checks the ephemeral containers of a pod's spec. */
  void ephemeral(ObjectNode spec, String path) {
    Set<String> names = new HashSet<>();
    for (String list : List.of("containers", "initContainers")) {
      Tree.objects(spec.path(list)).forEach(one -> names.add(Tree.text(one, "name")));
    }
    Set<String> targets = Set.copyOf(names);
    List<ObjectNode> containers = Tree.objects(spec.path("ephemeralContainers"));
    for (int i = 0; i < containers.size(); i++) {
      ObjectNode container = containers.get(i);
      String here = path + "[" + i + "]";
      container(container, here);
      unique(container, here, names);
      String target = Tree.text(container, "targetContainerName");
      if (!target.isEmpty() && !targets.contains(target)) {
        findings.notFound(here + ".targetContainerName", target);
      }
      for (String name : NOT_EPHEMERAL) {
        if (Tree.has(container, name) && !container.path(name).isEmpty()) {
          findings.forbidden(here + "." + name, "cannot be set for an Ephemeral Container");
        }
      }
    }
  }

  private void unique(ObjectNode container, String path, Set<String> names) {
    String name = Tree.text(container, "name");
    if (!names.add(name)) {
      findings.duplicate(path + ".name", name);
    }
  }

  private void initContainer(ObjectNode container, String path) {
    if (Tree.text(container, "restartPolicy").equals("Always")) {
      ProbeValidation.container(container, path, findings);
      return;
    }
    findings.oneOfIfPresent(container, "restartPolicy", path, "Always", "Never", "OnFailure");
    for (String name : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
      if (Tree.has(container, name)) {
        findings.forbidden(path + "." + name, ONLY_SIDECARS);
      }
    }
  }

  private void container(ObjectNode container, String path) {
    String name = Tree.text(container, "name");
    if (name.isEmpty()) {
      findings.required(path + ".name");
    } else {
      findings.invalid(path + ".name", name, Names.label(name, false));
    }
    String image = Tree.text(container, "image");
    if (image.isEmpty()) {
      findings.required(path + ".image");
    }
    findings.oneOf(container, "terminationMessagePolicy", path, "File", "FallbackToLogsOnError");
    ports(container, path + ".ports");
    EnvironmentValidation.container(container, path, findings);
    mounts(container, path + ".volumeMounts");
    findings.oneOf(container, "imagePullPolicy", path, "Always", "IfNotPresent", "Never");
    ResourceValidation.requirements(container.path("resources"), path + ".resources", findings);
    SecurityValidation.container(
        container.path("securityContext"), path + ".securityContext", findings);
  }

  private void ports(ObjectNode container, String path) {
    Set<String> names = new HashSet<>();
    List<ObjectNode> ports = Tree.objects(container.path("ports"));
    for (int i = 0; i < ports.size(); i++) {
      ObjectNode port = ports.get(i);
      String here = path + "[" + i + "]";
      String name = Tree.text(port, "name");
      if (!name.isEmpty()) {
        List<String> texts = Names.portName(name);
        findings.invalid(here + ".name", name, texts);
        if (texts.isEmpty() && !names.add(name)) {
          findings.duplicate(here + ".name", name);
        }
      }
      if (Tree.number(port, "containerPort") == 0) {
        findings.required(here + ".containerPort");
      } else {
        findings.port(Tree.number(port, "containerPort"), here + ".containerPort");
      }
      if (Tree.number(port, "hostPort") != 0) {
        findings.port(Tree.number(port, "hostPort"), here + ".hostPort");
      }
      findings.oneOf(port, "protocol", here, "SCTP", "TCP", "UDP");
    }
  }

  private void mounts(ObjectNode container, String path) {
    Set<String> places = new HashSet<>();
    List<ObjectNode> mounts = Tree.objects(container.path("volumeMounts"));
    for (int i = 0; i < mounts.size(); i++) {
      ObjectNode mount = mounts.get(i);
      String here = path + "[" + i + "]";
      String name = Tree.text(mount, "name");
      String place = Tree.text(mount, "mountPath");
      if (name.isEmpty()) {
        findings.required(here + ".name");
      }
      if (!volumes.contains(name)) {
        findings.notFound(here + ".name", name);
      }
      if (place.isEmpty()) {
        findings.required(here + ".mountPath");
      }
      if (!places.add(place)) {
        findings.invalid(here + ".mountPath", place, "must be unique");
      }
      subPath(mount, "subPath", path);
      if (!Tree.blank(mount, "subPathExpr") && !Tree.blank(mount, "subPath")) {
        findings.invalid(
            here + ".subPathExpr",
            Tree.text(mount, "subPathExpr"),
            "subPathExpr and subPath are mutually exclusive");
      }
      subPath(mount, "subPathExpr", path);
    }
  }

  /** The path in the message has no index; that is how Kubernetes says it. */
  private void subPath(ObjectNode mount, String name, String path) {
    if (!Tree.blank(mount, name)) {
      VolumeValidation.relativePath(Tree.text(mount, name), path + "." + name, findings);
    }
  }

  /** What holds for the containers of pods, but not for those of templates. */
  static void onlyForPods(JsonNode spec, String path, Findings findings) {
    for (String list : List.of("containers", "initContainers")) {
      List<ObjectNode> containers = Tree.objects(spec.path(list));
      for (int i = 0; i < containers.size(); i++) {
        String image = Tree.text(containers.get(i), "image");
        if (!image.equals(image.strip())) {
          findings.invalid(
              path + "." + list + "[" + i + "].image",
              image,
              "must not have leading or trailing whitespace");
        }
      }
    }
  }
}
