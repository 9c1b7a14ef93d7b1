package dev.mlk.practice.controller;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Controller;
import dev.mlk.kube.EventRecorder;
import dev.mlk.kube.Index;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import dev.mlk.practice.select.VolumeMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds or makes a volume for each claim, and keeps claims that pods use from going. */
final class ClaimController {
  private static final String PROTECTION = "kubernetes.io/pvc-protection";
  private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
  private static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
  private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  private final Shared shared;
  private final DirectoryVolumes directories;
  private final EventRecorder events;
  private final EventRecorder provisioner;
  private final Index podsByClaim;

  private ClaimController(Shared shared, DirectoryVolumes directories) {
    this.shared = shared;
    this.directories = directories;
    events = shared.events("persistentvolume-controller");
    provisioner = shared.events(DirectoryVolumes.PROVISIONER);
    podsByClaim = new Index(shared.informer(Resources.PODS), ClaimController::claimsOf);
  }

  static void start(Shared shared, DirectoryVolumes directories) {
    var claims = new ClaimController(shared, directories);
    Controller controller =
        shared.start(
            "claim",
            4,
            List.of(
                Resources.VOLUME_CLAIMS,
                Resources.VOLUMES,
                Resources.STORAGE_CLASSES,
                Resources.PODS),
            claims::reconcile);
    controller.follow(shared.informer(Resources.VOLUME_CLAIMS));
    Informer.Handler again = (_, _, _) -> claims.enqueuePending(controller);
    shared.informer(Resources.VOLUMES).onChange(again);
    shared.informer(Resources.STORAGE_CLASSES).onChange(again);
    shared
        .informer(Resources.PODS)
        .onChange(
            (change, _, now) -> {
              if (change == Informer.Change.DELETED || Pods.finished(now)) {
                claimsOf(now).forEach(name -> controller.enqueue(key(name)));
              }
            });
  }

  /** The claims of a pod, as {@code namespace/name}. */
  private static List<String> claimsOf(JsonNode pod) {
    List<String> names = new ArrayList<>();
    String namespace = Fields.namespace(pod) + "/";
    for (JsonNode volume : Fields.at(pod, "spec", "volumes")) {
      String name = Fields.text(volume, "persistentVolumeClaim", "claimName");
      if (!name.isEmpty()) {
        names.add(namespace + name);
      } else if (volume.path("ephemeral").isObject()) {
        names.add(namespace + Fields.name(pod) + "-" + Fields.text(volume, "name"));
      }
    }
    return names;
  }

  private static Key key(String name) {
    int slash = name.indexOf('/');
    return new Key(name.substring(0, slash), name.substring(slash + 1));
  }

  private void enqueuePending(Controller controller) {
    for (ObjectNode claim : shared.informer(Resources.VOLUME_CLAIMS).all()) {
      if (!Fields.text(claim, "status", "phase").equals("Bound") || lostItsVolume(claim)) {
        controller.enqueue(Key.of(claim));
      }
    }
  }

  private boolean lostItsVolume(JsonNode claim) {
    String volume = Fields.text(claim, "spec", "volumeName");
    return shared.informer(Resources.VOLUMES).get("", volume).isEmpty();
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> found =
        shared.informer(Resources.VOLUME_CLAIMS).get(key.namespace(), key.name());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode claim = found.get();
    if (Fields.deleting(claim)) {
      if (Fields.hasFinalizer(claim, PROTECTION) && !inUse(key)) {
        shared.client().update(Resources.VOLUME_CLAIMS, Fields.withoutFinalizer(claim, PROTECTION));
      }
    } else if (annotations(claim).has(BIND_COMPLETED)) {
      checkBound(claim);
    } else if (!Fields.text(claim, "spec", "volumeName").isEmpty()) {
      bindByName(claim);
    } else {
      findVolume(claim);
    }
    return Optional.empty();
  }

  private boolean inUse(Key claim) {
    for (ObjectNode pod : podsByClaim.get(claim.toString())) {
      // A kubelet does not start a pod whose claim is being deleted: one without a node is no user.
      // One that has ended still is, until it is deleted.
      if (!Fields.text(pod, "spec", "nodeName").isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode annotations(JsonNode object) {
    return Fields.at(object, "metadata", "annotations");
  }

  private void checkBound(ObjectNode claim) {
    Optional<ObjectNode> volume =
        shared.client().find(Resources.VOLUMES, "", Fields.text(claim, "spec", "volumeName"));
    if (volume.isPresent()) {
      bound(claim, volume.get());
    } else if (!Fields.text(claim, "status", "phase").equals("Lost")) {
      events.warning(
          claim,
          "ClaimLost",
          "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
      ObjectNode changed = claim.deepCopy();
      Fields.object(changed, "status").put("phase", "Lost");
      shared.client().updateStatus(Resources.VOLUME_CLAIMS, changed);
    }
  }

  /** The user named the volume. */
  private void bindByName(ObjectNode claim) {
    Optional<ObjectNode> volume =
        shared.informer(Resources.VOLUMES).get("", Fields.text(claim, "spec", "volumeName"));
    if (volume.isPresent()
        && (!Fields.at(volume.get(), "spec", "claimRef").isObject()
            || VolumeMatch.reservedFor(volume.get(), claim))) {
      bind(claim, volume.get());
    }
  }

  private void findVolume(ObjectNode claim) {
    Optional<ObjectNode> storageClass =
        shared
            .informer(Resources.STORAGE_CLASSES)
            .get("", Fields.text(claim, "spec", "storageClassName"));
    boolean waits =
        storageClass
            .map(found -> Fields.text(found, "volumeBindingMode").equals("WaitForFirstConsumer"))
            .orElse(false);
    Optional<ObjectNode> volume =
        VolumeMatch.find(
            claim,
            shared.informer(Resources.VOLUMES).all(),
            one -> !waits || VolumeMatch.reservedFor(one, claim));
    if (volume.isPresent()) {
      bind(claim, volume.get());
    } else if (waits && !annotations(claim).has(SELECTED_NODE)) {
      events.normal(
          claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
    } else if (storageClass.isPresent()) {
      provision(claim, storageClass.get());
    } else if (Fields.text(claim, "spec", "storageClassName").isEmpty()) {
      events.normal(
          claim,
          "FailedBinding",
          "no persistent volumes available for this claim and no storage class is set");
    } else {
      events.warning(
          claim,
          "ProvisioningFailed",
          "storageclass.storage.k8s.io \""
              + Fields.text(claim, "spec", "storageClassName")
              + "\" not found");
    }
  }

  private void provision(ObjectNode claim, ObjectNode storageClass) {
    String made = Fields.text(storageClass, "provisioner");
    if (!made.equals(DirectoryVolumes.PROVISIONER)) {
      events.normal(
          claim,
          "ExternalProvisioning",
          "Waiting for a volume to be created either by the external provisioner '"
              + made
              + "' or manually by the system administrator. If volume creation is delayed, please"
              + " verify that the provisioner is running and correctly registered.");
      return;
    }
    ObjectNode volume = directories.volumeFor(claim, storageClass);
    ObjectNode stored;
    try {
      stored = shared.client().create(Resources.VOLUMES, "", volume);
      provisioner.normal(
          claim,
          "ProvisioningSucceeded",
          "Successfully provisioned volume " + DirectoryVolumes.nameFor(claim));
    } catch (ApiException e) {
      if (!e.conflict()) {
        throw e;
      }
      stored = shared.client().get(Resources.VOLUMES, "", DirectoryVolumes.nameFor(claim));
    }
    bind(claim, stored);
  }

  /** Volume first, claim second: a crash in between is finished by the next look. */
  private void bind(ObjectNode claim, ObjectNode volume) {
    JsonNode reference = Fields.at(volume, "spec", "claimRef");
    ObjectNode held = volume;
    if (!Fields.text(reference, "uid").equals(Fields.uid(claim))) {
      ObjectNode changed = volume.deepCopy();
      if (!reference.isObject()) {
        Fields.object(Fields.object(changed, "metadata"), "annotations")
            .put(BOUND_BY_CONTROLLER, "yes");
      }
      Fields.object(changed, "spec")
          .putObject("claimRef")
          .put("apiVersion", "v1")
          .put("kind", "PersistentVolumeClaim")
          .put("namespace", Fields.namespace(claim))
          .put("name", Fields.name(claim))
          .put("uid", Fields.uid(claim))
          .put("resourceVersion", Fields.text(claim, "metadata", "resourceVersion"));
      held = shared.client().update(Resources.VOLUMES, changed);
    }
    ObjectNode changed = claim.deepCopy();
    ObjectNode notes = Fields.object(Fields.object(changed, "metadata"), "annotations");
    notes.put(BIND_COMPLETED, "yes");
    if (Fields.text(claim, "spec", "volumeName").isEmpty()) {
      notes.put(BOUND_BY_CONTROLLER, "yes");
    }
    if (DirectoryVolumes.made(volume)) {
      notes.put("volume.kubernetes.io/storage-provisioner", DirectoryVolumes.PROVISIONER);
      notes.put("volume.beta.kubernetes.io/storage-provisioner", DirectoryVolumes.PROVISIONER);
    }
    Fields.object(changed, "spec").put("volumeName", Fields.name(volume));
    bound(shared.client().update(Resources.VOLUME_CLAIMS, changed), held);
  }

  private void bound(ObjectNode claim, ObjectNode volume) {
    if (Fields.text(claim, "status", "phase").equals("Bound")) {
      return;
    }
    ObjectNode changed = claim.deepCopy();
    ObjectNode status = Fields.object(changed, "status").put("phase", "Bound");
    status.set("accessModes", Fields.at(volume, "spec", "accessModes").deepCopy());
    status.set("capacity", Fields.at(volume, "spec", "capacity").deepCopy());
    shared.client().updateStatus(Resources.VOLUME_CLAIMS, changed);
  }
}
