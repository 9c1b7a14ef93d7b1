package dev.mlk.practice.controller;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Controller;
import dev.mlk.kube.EventRecorder;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes and deletes volumes of the provisioner {@code mlk.dev/directory} for another's volume
 * controller, as an external provisioner does: that controller asks by an annotation, binds, and
 * releases.
 */
final class DirectoryProvisioner {
  private static final String ASKED = "volume.kubernetes.io/storage-provisioner";
  private final Shared shared;
  private final DirectoryVolumes directories;
  private final EventRecorder events;

  private DirectoryProvisioner(Shared shared, DirectoryVolumes directories) {
    this.shared = shared;
    this.directories = directories;
    events = shared.events(DirectoryVolumes.PROVISIONER);
  }

  static void start(Shared shared, DirectoryVolumes directories) {
    var provisioner = new DirectoryProvisioner(shared, directories);
    shared
        .start(
            "provisioner",
            2,
            List.of(Resources.VOLUME_CLAIMS, Resources.STORAGE_CLASSES),
            provisioner::provide)
        .follow(shared.informer(Resources.VOLUME_CLAIMS));
    Controller deleter =
        shared.start("deleter", 2, List.of(Resources.VOLUMES), provisioner::delete);
    deleter.follow(shared.informer(Resources.VOLUMES));
  }

  private Optional<Duration> provide(Key key) {
    Optional<ObjectNode> found =
        shared.informer(Resources.VOLUME_CLAIMS).get(key.namespace(), key.name());
    if (found.isEmpty() || !wants(found.get())) {
      return Optional.empty();
    }
    ObjectNode claim = found.get();
    Optional<ObjectNode> storageClass =
        shared
            .informer(Resources.STORAGE_CLASSES)
            .get("", Fields.text(claim, "spec", "storageClassName"));
    if (storageClass.isEmpty()) {
      return Optional.empty();
    }
    try {
      shared
          .client()
          .create(Resources.VOLUMES, "", directories.volumeFor(claim, storageClass.get()));
      events.normal(
          claim,
          "ProvisioningSucceeded",
          "Successfully provisioned volume " + DirectoryVolumes.nameFor(claim));
    } catch (ApiException e) {
      if (!e.conflict()) {
        throw e;
      }
    }
    return Optional.empty();
  }

  private static boolean wants(JsonNode claim) {
    return !Fields.deleting(claim)
        && Fields.text(claim, "spec", "volumeName").isEmpty()
        && Fields.text(claim, "metadata", "annotations", ASKED)
            .equals(DirectoryVolumes.PROVISIONER);
  }

  private Optional<Duration> delete(Key key) {
    Optional<ObjectNode> found = shared.informer(Resources.VOLUMES).get("", key.name());
    if (found.isEmpty()
        || !DirectoryVolumes.made(found.get())
        || Fields.deleting(found.get())
        || !Fields.text(found.get(), "status", "phase").equals("Released")
        || !Fields.text(found.get(), "spec", "persistentVolumeReclaimPolicy").equals("Delete")) {
      return Optional.empty();
    }
    try {
      directories.delete(found.get());
      shared
          .client()
          .delete(
              Resources.VOLUMES, "", key.name(), Fields.deleteOptions(found.get(), "Background"));
    } catch (IOException e) {
      events.warning(found.get(), "VolumeFailedDelete", e.getMessage());
      throw new UncheckedIOException(e);
    } catch (ApiException e) {
      if (!e.notFound() && !e.conflict()) {
        throw e;
      }
    }
    return Optional.empty();
  }
}
