package dev.mlk.practice.controller;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The provisioner {@code mlk.dev/directory}: a volume is a folder among the cluster's volumes.
 *
 * @param folder where the folders are
 */
record DirectoryVolumes(Path folder) {
  static final String PROVISIONER = "mlk.dev/directory";
  private static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

  DirectoryVolumes {
    folder = folder.toAbsolutePath().normalize();
  }

  static boolean made(JsonNode volume) {
    return Fields.text(volume, "metadata", "annotations", PROVISIONED_BY).equals(PROVISIONER);
  }

  static String nameFor(JsonNode claim) {
    return "pvc-" + Fields.uid(claim);
  }

  /** A volume made to measure for a claim. */
  ObjectNode volumeFor(JsonNode claim, JsonNode storageClass) {
    ObjectNode volume = Fields.of("v1", "PersistentVolume");
    ObjectNode metadata = volume.putObject("metadata");
    metadata.put("name", nameFor(claim));
    metadata.putObject("annotations").put(PROVISIONED_BY, PROVISIONER);
    ObjectNode spec = volume.putObject("spec");
    JsonNode wanted = claim.path("spec");
    spec.putObject("capacity")
        .put("storage", Fields.text(wanted, "resources", "requests", "storage"));
    spec.set("accessModes", wanted.path("accessModes").deepCopy());
    spec.putObject("claimRef")
        .put("apiVersion", "v1")
        .put("kind", "PersistentVolumeClaim")
        .put("namespace", Fields.namespace(claim))
        .put("name", Fields.name(claim))
        .put("uid", Fields.uid(claim))
        .put("resourceVersion", Fields.text(claim, "metadata", "resourceVersion"));
    spec.put(
        "persistentVolumeReclaimPolicy", storageClass.path("reclaimPolicy").asString("Delete"));
    spec.put("storageClassName", Fields.name(storageClass));
    spec.put("volumeMode", "Filesystem");
    // People look for their results here, so the folder's name begins with the claim's.
    String name =
        Fields.namespace(claim)
            + "-"
            + Fields.name(claim)
            + "-"
            + Fields.uid(claim).substring(0, 8);
    spec.putObject("hostPath")
        .put("path", folder.resolve(name).toString())
        .put("type", "DirectoryOrCreate");
    return volume;
  }

  /** Deletes a volume's folder and all that is in it; links are removed, not followed. */
  void delete(JsonNode volume) throws IOException {
    Path path = Path.of(Fields.text(volume, "spec", "hostPath", "path")).normalize();
    if (!folder.equals(path.getParent())) {
      throw new IOException(path + " is not among the cluster's volumes");
    }
    try {
      Files.walkFileTree(path, new Remover());
    } catch (NoSuchFileException e) {
      // No pod ever used it.
    }
  }

  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
      if (problem != null) {
        throw problem;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
