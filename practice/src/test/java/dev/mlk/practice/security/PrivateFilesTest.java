package dev.mlk.practice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Nobody else on the machine reads a cluster's files or learns a secret from its processes. */
final class PrivateFilesTest {
  @Test
  void everyFolderOfAClusterIsItsOwners() throws IOException {
    try (PracticeCluster cluster = withPod()) {
      Path home = cluster.kubeconfigFile().getParent();
      List<String> open = new ArrayList<>();
      assertThat(mode(home)).isEqualTo("rwx------");
      try (Stream<Path> entries = Files.list(home)) {
        for (Path entry : entries.toList()) {
          String wanted = Files.isDirectory(entry) ? "rwx------" : "rw-------";
          if (!mode(entry).equals(wanted)) {
            open.add(home.relativize(entry) + " " + mode(entry));
          }
        }
      }
      try (Stream<Path> keys = Files.list(home.resolve("pki"))) {
        keys.filter(key -> !mode(key).equals("rw-------")).forEach(key -> open.add(key.toString()));
      }
      assertThat(open).isEmpty();
      assertThat(mode(home.resolve("store/objects.mv"))).isEqualTo("rw-------");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void noSecretOfTheOwnerIsInAProcess() throws IOException {
    try (PracticeCluster cluster = withPod()) {
      Path pki = cluster.kubeconfigFile().resolveSibling("pki");
      String token = Files.readString(pki.resolve("owner.token")).strip();
      List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
      assertThat(children).hasSizeGreaterThan(1);
      for (ProcessHandle child : children) {
        Path process = Path.of("/proc", Long.toString(child.pid()));
        for (String file : List.of("cmdline", "environ")) {
          String text = content(process.resolve(file));
          assertThat(text).doesNotContain(token).doesNotContain("PRIVATE KEY");
        }
      }
    }
  }

  private static PracticeCluster withPod() {
    PracticeCluster cluster = PracticeCluster.start();
    try (ApiClient owner = new ApiClient(cluster.transport(), "test")) {
      owner.create(
          Resources.PODS,
          "default",
          TestCluster.json(
              "{metadata: {name: 'runs'}, spec: {terminationGracePeriodSeconds: 0, containers:"
                  + " [{name: 'main', image: 'busybox', command: ['sleep', '1000']}]}}"));
      TestCluster.await(
          () -> owner.get(Resources.PODS, "default", "runs"),
          pod -> TestCluster.text(pod, "status", "phase").equals("Running"));
    }
    return cluster;
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What a process shows of itself; nothing when it has ended. */
  private static String content(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
