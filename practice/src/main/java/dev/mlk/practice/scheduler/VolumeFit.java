package dev.mlk.practice.scheduler;

import dev.mlk.kube.Key;
import dev.mlk.practice.select.NodeSelector;
import dev.mlk.practice.select.VolumeMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a pod can have its volumes. */
final class VolumeFit {
  private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";
  private final Volumes volumes;
  private final List<ObjectNode> bound = new ArrayList<>();
  private final List<ObjectNode> unbound = new ArrayList<>();
  private final Set<Key> exclusive = new HashSet<>();
  private String refusal = "";

  VolumeFit(Placed pod, Volumes volumes) {
    this.volumes = volumes;
    for (Key key : Volumes.claimsOf(pod)) {
      look(key);
    }
  }

  /** Why no node at all will do, in kube-scheduler's words; empty if some may. */
  Optional<String> refusal() {
    return refusal.isEmpty() ? Optional.empty() : Optional.of(refusal);
  }

  private void look(Key key) {
    Optional<ObjectNode> found = volumes.claim(key);
    if (found.isEmpty()) {
      refuse("persistentvolumeclaim \"" + key.name() + "\" not found");
      return;
    }
    ObjectNode claim = found.get();
    if (claim.path("metadata").has("deletionTimestamp")) {
      refuse("persistentvolumeclaim \"" + key.name() + "\" is being deleted");
    } else if (claim.path("status").path("phase").asString("").equals("Lost")) {
      String volume = claim.path("spec").path("volumeName").asString("");
      refuse(
          "persistentvolumeclaim \""
              + key.name()
              + "\" bound to non-existent persistentvolume \""
              + volume
              + "\"");
    } else if (Volumes.bound(claim)) {
      bound.add(claim);
    } else if (volumes.waitsForPod(claim)) {
      unbound.add(claim);
    } else {
      refuse("pod has unbound immediate PersistentVolumeClaims");
    }
    for (JsonNode mode : claim.path("spec").path("accessModes")) {
      if (mode.asString("").equals("ReadWriteOncePod")) {
        exclusive.add(key);
      }
    }
  }

  private void refuse(String reason) {
    if (refusal.isEmpty()) {
      refusal = reason;
    }
  }

  Verdict check(NodeState node) {
    for (Placed other : exclusive.isEmpty() ? List.<Placed>of() : node.pods()) {
      if (Volumes.claimsOf(other).stream().anyMatch(exclusive::contains)) {
        return Verdict.notNow(
            "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode"
                + " already in-use by another pod");
      }
    }
    for (ObjectNode claim : bound) {
      Optional<ObjectNode> volume =
          volumes.volume(claim.path("spec").path("volumeName").asString(""));
      if (volume.isEmpty()) {
        return Verdict.never(
            "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
      }
      if (!reaches(volume.get(), node)) {
        return Verdict.never("node(s) didn't match PersistentVolume's node affinity");
      }
    }
    return choices(node).isPresent()
        ? Verdict.FITS
        : Verdict.never("node(s) didn't find available persistent volumes to bind");
  }

  /**
   * What binding the pod's unbound claims on a node takes: for each claim the volume's name, empty
   * for one that is made to measure. Empty when it is impossible.
   */
  Optional<Map<Key, String>> choices(NodeState node) {
    Map<Key, String> choices = new HashMap<>();
    for (ObjectNode claim : unbound) {
      Key key = Key.of(claim);
      Optional<ObjectNode> volume =
          VolumeMatch.find(
              claim,
              volumes.volumesFor(key),
              one -> reaches(one, node) && !choices.containsValue(Key.of(one).name()));
      if (volume.isPresent()) {
        choices.put(key, Key.of(volume.get()).name());
      } else if (canBeMade(claim, node)) {
        choices.put(key, "");
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(choices);
  }

  private boolean canBeMade(JsonNode claim, NodeState node) {
    String selected =
        claim
            .path("metadata")
            .path("annotations")
            .path("volume.kubernetes.io/selected-node")
            .asString("");
    if (!selected.isEmpty() && !selected.equals(node.name())) {
      return false;
    }
    Optional<ObjectNode> storageClass = volumes.storageClass(claim);
    if (storageClass.isEmpty()
        || storageClass.get().path("provisioner").asString("").equals(NO_PROVISIONER)) {
      return false;
    }
    JsonNode topologies = storageClass.get().path("allowedTopologies");
    if (topologies.isEmpty()) {
      return true;
    }
    for (JsonNode topology : topologies) {
      if (inTopology(topology, node)) {
        return true;
      }
    }
    return false;
  }

  private static boolean inTopology(JsonNode topology, NodeState node) {
    for (JsonNode expression : topology.path("matchLabelExpressions")) {
      String value = node.labels().path(expression.path("key").asString("")).asString("");
      boolean there = false;
      for (JsonNode one : expression.path("values")) {
        there |= one.asString("").equals(value);
      }
      if (!there) {
        return false;
      }
    }
    return true;
  }

  private static boolean reaches(JsonNode volume, NodeState node) {
    JsonNode required = volume.path("spec").path("nodeAffinity").path("required");
    return !required.isObject()
        || NodeSelector.anyTerm(required.path("nodeSelectorTerms"), node.node());
  }
}
