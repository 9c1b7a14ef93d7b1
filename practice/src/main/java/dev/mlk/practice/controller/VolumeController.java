package dev.mlk.practice.controller;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Controller;
import dev.mlk.kube.EventRecorder;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The volumes' side: phases, and what happens to a volume when its claim is gone. */
final class VolumeController {
  private static final String PROTECTION = "kubernetes.io/pv-protection";
  private final Shared shared;
  private final DirectoryVolumes directories;
  private final EventRecorder events;

  private VolumeController(Shared shared, DirectoryVolumes directories) {
    this.shared = shared;
    this.directories = directories;
    events = shared.events("persistentvolume-controller");
  }

  static void start(Shared shared, DirectoryVolumes directories) {
    var volumes = new VolumeController(shared, directories);
    Controller controller =
        shared.start(
            "volume", 2, List.of(Resources.VOLUMES, Resources.VOLUME_CLAIMS), volumes::reconcile);
    controller.follow(shared.informer(Resources.VOLUMES));
    shared
        .informer(Resources.VOLUME_CLAIMS)
        .onChange(
            (change, before, now) -> {
              String volume = Fields.text(now, "spec", "volumeName");
              if (!volume.isEmpty()
                  && (change == Informer.Change.DELETED
                      || before == null
                      || !before.path("spec").equals(now.path("spec")))) {
                controller.enqueue(new Key("", volume));
              }
            });
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> found = shared.informer(Resources.VOLUMES).get("", key.name());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode volume = found.get();
    JsonNode reference = Fields.at(volume, "spec", "claimRef");
    if (Fields.deleting(volume)) {
      if (!reference.isObject() || !claimLives(reference)) {
        letGo(volume);
      }
    } else if (!reference.isObject()) {
      phase(volume, "Available");
    } else if (Fields.text(reference, "uid").isEmpty()) {
      // Reserved by name for a claim that may come.
      phase(volume, "Available");
    } else if (claimLives(reference)) {
      if (bound(volume, reference)) {
        phase(volume, "Bound");
      }
    } else {
      release(volume);
    }
    return Optional.empty();
  }

  private boolean claimLives(JsonNode reference) {
    // Asked live: an informer that lags must not cost anybody their data.
    return shared
        .client()
        .find(
            Resources.VOLUME_CLAIMS,
            Fields.text(reference, "namespace"),
            Fields.text(reference, "name"))
        .filter(claim -> Fields.uid(claim).equals(Fields.text(reference, "uid")))
        .isPresent();
  }

  private boolean bound(JsonNode volume, JsonNode reference) {
    return shared
        .informer(Resources.VOLUME_CLAIMS)
        .get(Fields.text(reference, "namespace"), Fields.text(reference, "name"))
        .map(claim -> Fields.text(claim, "spec", "volumeName").equals(Fields.name(volume)))
        .orElse(false);
  }

  private void release(ObjectNode volume) {
    phase(volume, "Released");
    if (!Fields.text(volume, "spec", "persistentVolumeReclaimPolicy").equals("Delete")) {
      return;
    }
    if (!DirectoryVolumes.made(volume)) {
      return;
    }
    try {
      directories.delete(volume);
      shared
          .client()
          .delete(
              Resources.VOLUMES,
              "",
              Fields.name(volume),
              Fields.deleteOptions(volume, "Background"));
    } catch (IOException e) {
      events.warning(volume, "VolumeFailedDelete", e.getMessage());
      throw new UncheckedIOException(e);
    } catch (ApiException e) {
      if (!e.notFound() && !e.conflict()) {
        throw e;
      }
    }
  }

  private void letGo(ObjectNode volume) {
    if (Fields.hasFinalizer(volume, PROTECTION)) {
      shared.client().update(Resources.VOLUMES, Fields.withoutFinalizer(volume, PROTECTION));
    }
  }

  private void phase(ObjectNode volume, String phase) {
    if (!Fields.text(volume, "status", "phase").equals(phase)) {
      ObjectNode changed = volume.deepCopy();
      Fields.object(changed, "status")
          .put("phase", phase)
          .put("lastPhaseTransitionTime", shared.timestamp());
      shared.client().updateStatus(Resources.VOLUMES, changed);
    }
  }
}
