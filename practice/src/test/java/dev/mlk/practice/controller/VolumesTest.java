package dev.mlk.practice.controller;

import static dev.mlk.practice.TestCluster.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

@Tag("target")
class VolumesTest {
  @TempDir private static Path folder;
  private static TestCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = TestCluster.start(folder);
    storageClass("here", "Immediate");
    storageClass("later", "WaitForFirstConsumer");
    cluster.namespace("ns");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aClaimGetsAFolderOfItsOwnWhichGoesWithIt() throws IOException {
    claim("made", "here", "1Gi");
    ObjectNode claim = awaitBound("made");
    assertThat(text(claim, "status", "capacity", "storage")).isEqualTo("1Gi");
    String name = text(claim, "spec", "volumeName");
    ObjectNode volume =
        cluster.await(
            Resources.VOLUMES, "", name, now -> text(now, "status", "phase").equals("Bound"));
    Path path = Path.of(text(volume, "spec", "hostPath", "path"));
    assertThat(path.getFileName().toString()).startsWith("ns-made-");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createDirectories(path);
    Files.writeString(path.resolve("result"), "42");
    Files.createSymbolicLink(path.resolve("link"), outside);
    Files.writeString(outside.resolve("precious"), "stays");
    cluster.delete(Resources.VOLUME_CLAIMS, "ns", "made", "Background");
    cluster.awaitGone(Resources.VOLUMES, "", name);
    assertThat(path).doesNotExist();
    assertThat(outside.resolve("precious")).exists();
  }

  @Test
  void aClaimThatAPodUsesStaysUntilThePodIsGone() {
    cluster.node("volumes-1", "", "");
    claim("used", "here", "1Gi");
    awaitBound("used");
    ObjectNode pod =
        cluster.create(
            Resources.PODS,
            "ns",
            "{metadata: {name: 'user'}, spec: {nodeName: 'volumes-1', containers: [{name: 'main', image: 'x'}],"
                + " volumes: [{name: 'd', persistentVolumeClaim: {claimName: 'used'}}]}}");
    cluster.run(pod, "Running", true, 0);
    cluster.delete(Resources.VOLUME_CLAIMS, "ns", "used", "Background");
    // A claim made afterwards goes at once: by then the one in use has been looked at.
    claim("unused", "here", "1Gi");
    awaitBound("unused");
    cluster.delete(Resources.VOLUME_CLAIMS, "ns", "unused", "Background");
    cluster.awaitGone(Resources.VOLUME_CLAIMS, "ns", "unused");
    assertThat(cluster.client().find(Resources.VOLUME_CLAIMS, "ns", "used")).isPresent();
    cluster.run(pod, "Succeeded", false, 0);
    cluster.delete(Resources.PODS, "ns", "user", "Background");
    cluster.awaitGone(Resources.VOLUME_CLAIMS, "ns", "used");
  }

  @Test
  void theSmallestVolumeThatSuitsIsTakenAndKeptWhenItsPolicySaysSo() {
    volume("small", "1Gi", "");
    volume("large", "9Gi", "");
    volume("middle", "5Gi", "");
    claim("static", "by-hand", "3Gi");
    assertThat(text(awaitBound("static"), "spec", "volumeName")).isEqualTo("middle");
    cluster.delete(Resources.VOLUME_CLAIMS, "ns", "static", "Background");
    cluster.await(
        Resources.VOLUMES, "", "middle", now -> text(now, "status", "phase").equals("Released"));
  }

  @Test
  void aVolumeReservedForAClaimGoesToNoOther() {
    volume("reserved", "20Gi", ", claimRef: {namespace: 'ns', name: 'expected'}");
    cluster.await(
        Resources.VOLUMES, "", "reserved", now -> text(now, "status", "phase").equals("Available"));
    claim("other", "by-hand", "15Gi");
    claim("expected", "by-hand", "15Gi");
    assertThat(text(awaitBound("expected"), "spec", "volumeName")).isEqualTo("reserved");
    ObjectNode other = cluster.client().get(Resources.VOLUME_CLAIMS, "ns", "other");
    assertThat(text(other, "status", "phase")).isEqualTo("Pending");
  }

  @Test
  void aClaimThatWaitsForItsPodSaysSoInAnEvent() {
    claim("waiting", "later", "1Gi");
    TestCluster.await(
        () -> cluster.list(Resources.EVENTS, "ns"),
        events ->
            events.stream()
                .anyMatch(
                    event ->
                        text(event, "reason").equals("WaitForFirstConsumer")
                            && text(event, "involvedObject", "name").equals("waiting")));
    cluster.patch(
        Resources.VOLUME_CLAIMS,
        "ns",
        "waiting",
        "{metadata: {annotations: {'volume.kubernetes.io/selected-node': 'n'}}}");
    awaitBound("waiting");
  }

  @Test
  void aVolumeOutsideTheFolderIsNeverDeleted() throws IOException {
    Path precious = Files.createDirectory(folder.resolve("precious"));
    ObjectNode volume = TestCluster.json("{spec: {hostPath: {path: '" + precious + "'}}}");
    DirectoryVolumes volumes = new DirectoryVolumes(folder.resolve("volumes"));
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> volumes.delete(volume))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not among the cluster's volumes");
    assertThat(precious).exists();
  }

  private static void storageClass(String name, String mode) {
    try {
      cluster.create(
          Resources.STORAGE_CLASSES,
          "",
          "{metadata: {name: '"
              + name
              + "'}, provisioner: 'mlk.dev/directory', volumeBindingMode: '"
              + mode
              + "'}");
    } catch (ApiException e) {
      if (!e.conflict()) {
        throw e;
      }
    }
  }

  private static void claim(String name, String storageClass, String size) {
    cluster.create(
        Resources.VOLUME_CLAIMS,
        "ns",
        "{metadata: {name: '"
            + name
            + "'}, spec: {accessModes: ['ReadWriteOnce'], storageClassName: '"
            + storageClass
            + "', resources: {requests: {storage: '"
            + size
            + "'}}}}");
  }

  private static void volume(String name, String size, String more) {
    cluster.create(
        Resources.VOLUMES,
        "",
        "{metadata: {name: '"
            + name
            + "'}, spec: {storageClassName: 'by-hand', accessModes: ['ReadWriteOnce'],"
            + " capacity: {storage: '"
            + size
            + "'}, hostPath: {path: '/x'}"
            + more
            + "}}");
    cluster.await(
        Resources.VOLUMES, "", name, now -> text(now, "status", "phase").equals("Available"));
  }

  private static ObjectNode awaitBound(String name) {
    return cluster.await(
        Resources.VOLUME_CLAIMS, "ns", name, now -> text(now, "status", "phase").equals("Bound"));
  }
}
