package dev.mlk.practice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Paths of volumes, mounts, messages and logs stay in what a pod has: neither {@code ..} nor a link
 * that a container has put there leads the agent out of it.
 */
final class VolumeEscapeTest {
  private static final String CANARY = "the owner's own words";
  @TempDir static Path outside;
  private static PracticeCluster cluster;
  private static ApiClient owner;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeCluster.start();
    owner = new ApiClient(cluster.transport(), "test");
    Files.writeString(outside.resolve("secret"), CANARY);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void nothingOutsideHasChanged() throws IOException {
    assertThat(outside.resolve("secret")).hasContent(CANARY);
    try (Stream<Path> files = Files.list(outside)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void pathsThatClimbAreRefusedByTheApi() {
    String up = "../../../../../../../.." + outside;
    for (String volume :
        List.of(
            "hostPath: {path: '/x/" + up + "'}",
            "configMap: {name: 'kube-root-ca.crt', items: [{key: 'ca.crt', path: '../x'}]}",
            "configMap: {name: 'kube-root-ca.crt', items: [{key: 'ca.crt', path: '" + up + "'}]}",
            "configMap: {name: 'kube-root-ca.crt', items: [{key: 'ca.crt', path: '/x'}]}",
            "projected: {sources: [{serviceAccountToken: {path: '../token'}}]}",
            "projected: {sources: [{downwardAPI: {items: [{path: '../x', fieldRef: {fieldPath:"
                + " 'metadata.name'}}]}}]}",
            "nfs: {server: 's', path: 'relative'}")) {
      refused("a", "mountPath: '/data'", volume, "");
    }
    refused("a", "mountPath: '/data', subPath: '" + up + "'", "emptyDir: {}", "");
    refused("a", "mountPath: '/data', subPath: '/absolute'", "emptyDir: {}", "");
    refused("a", "mountPath: '/data', subPathExpr: '../x'", "emptyDir: {}", "");
    refused("../a", "mountPath: '/data'", "emptyDir: {}", "");
    refused("a/b", "mountPath: '/data'", "emptyDir: {}", "");
  }

  @Test
  void aVariableInASubPathDoesNotClimb() {
    String name =
        pod("{name: 'up', mountPath: '/data', subPathExpr: '$(UP)'}", "emptyDir: {}", "true");
    failsToStart(name);
  }

  @Test
  void aMessagePathDoesNotClimb() {
    String pod =
        create(
            "message",
            "{restartPolicy: 'Never', containers: [{name: 'main', image: 'busybox', command:"
                + " ['true'], terminationMessagePath: '/../../../../../../../../../.."
                + outside.resolve("secret")
                + "'}]}");
    JsonNode ended = ended(pod);
    assertThat(ended.toString()).doesNotContain(CANARY);
  }

  @Test
  void aMessageFileThatBecameALinkIsNotRead() {
    String pod =
        pod(
            "",
            "",
            "rm dev/termination-log; ln -s " + outside.resolve("secret") + " dev/termination-log");
    assertThat(ended(pod).toString()).doesNotContain(CANARY);
    pod = pod("", "", "rm -r dev; ln -s " + outside + " dev; mkdir -p x");
    assertThat(ended(pod).toString()).doesNotContain(CANARY);
  }

  @Test
  void aLinkInAVolumeIsNoSubPath() {
    for (String path : List.of("link", "link/new", "link/secret")) {
      String name =
          create(
              "planted",
              "{volumes: [{name: 'v', emptyDir: {}}], restartPolicy: 'Never', initContainers:"
                  + " [{name: 'plant', image: 'busybox', command: ['ln', '-s', '"
                  + outside
                  + "', '/v/link'], volumeMounts: [{name: 'v', mountPath: '/v'}]}], containers:"
                  + " [{name: 'main', image: 'busybox', command: ['sh', '-c', 'cat /data/secret;"
                  + " cat /data'], volumeMounts: [{name: 'v', mountPath: '/data', subPath: '"
                  + path
                  + "'}]}]}");
      failsToStart(name);
    }
  }

  @Test
  void aLinkIsNoWayForAMountInsideAMountNorForAFolderToWorkIn() {
    String plant =
        "{name: 'plant', image: 'busybox', command: ['ln', '-s', '"
            + outside
            + "', '/v/link'], volumeMounts: [{name: 'v', mountPath: '/v'}]}";
    failsToStart(
        create(
            "nested",
            "{volumes: [{name: 'v', emptyDir: {}}, {name: 'w', emptyDir: {}}], initContainers: ["
                + plant
                + "], containers: [{name: 'main', image: 'busybox', command: ['true'],"
                + " volumeMounts: [{name: 'v', mountPath: '/v'}, {name: 'w', mountPath:"
                + " '/v/link/w'}]}]}"));
    failsToStart(
        create(
            "working",
            "{volumes: [{name: 'v', emptyDir: {}}], initContainers: ["
                + plant
                + "], containers: [{name: 'main', image: 'busybox', command: ['true'], workingDir:"
                + " '/v/link/made', volumeMounts: [{name: 'v', mountPath: '/v'}]}]}"));
    failsToStart(
        create(
            "message-link",
            "{volumes: [{name: 'v', emptyDir: {}}], initContainers: ["
                + plant
                + "], containers: [{name: 'main', image: 'busybox', command: ['true'],"
                + " terminationMessagePath: '/v/link/secret', volumeMounts: [{name: 'v', mountPath:"
                + " '/v'}]}]}"));
  }

  @Test
  void aLinkOnTheNodeIsNoHostPath() {
    String first =
        pod(
            "{name: 'h', mountPath: '/host'}",
            "hostPath: {path: '/shared'}",
            "ln -s " + outside + " /host/link");
    ended(first);
    for (String type : List.of("", "FileOrCreate", "DirectoryOrCreate", "Directory")) {
      failsToStart(
          pod(
              "{name: 'h', mountPath: '/host'}",
              "hostPath: {path: '/shared/link/new', type: '" + type + "'}",
              "cat /host/secret"));
    }
    failsToStart(
        pod("{name: 'h', mountPath: '/host'}", "hostPath: {path: '/shared/link'}", "ls /host"));
  }

  @Test
  void anNfsServersNameIsNoPath() throws IOException {
    Path volumes = cluster.kubeconfigFile().resolveSibling("volumes");
    Files.createDirectories(volumes.resolve("default-other-claim"));
    Files.writeString(volumes.resolve("default-other-claim/theirs"), CANARY);
    for (String server : List.of("..", ".", "../x")) {
      String name =
          pod(
              "{name: 'n', mountPath: '/n'}",
              "nfs: {server: '" + server + "', path: '/default-other-claim'}",
              "cat /n/theirs");
      ended(name);
      assertThat(log(name)).doesNotContain(CANARY);
    }
  }

  @Test
  void aPersistentVolumeIsInTheNodesFolder() {
    owner.create(
        Resources.VOLUMES,
        "",
        TestCluster.json(
            "{metadata: {name: 'everything'}, spec: {capacity: {storage: '1Gi'}, accessModes:"
                + " ['ReadWriteMany'], storageClassName: 'mine', hostPath: {path: '"
                + outside
                + "'}}}"));
    owner.create(
        Resources.VOLUME_CLAIMS,
        "default",
        TestCluster.json(
            "{metadata: {name: 'everything'}, spec: {storageClassName: 'mine', accessModes:"
                + " ['ReadWriteMany'], resources: {requests: {storage: '1Gi'}}}}"));
    String name =
        pod(
            "{name: 'p', mountPath: '/p'}",
            "persistentVolumeClaim: {claimName: 'everything'}",
            "cat /p/secret; touch /p/new");
    ended(name);
    assertThat(log(name)).doesNotContain(CANARY);
  }

  @Test
  void aLogThatBecameALinkIsNotRead() throws IOException {
    String name = pod("", "", "echo begun; sleep 1000");
    TestCluster.await(() -> log(name), text -> text.contains("begun"));
    Path logs = podFolder(name);
    Path file;
    try (Stream<Path> all = Files.walk(logs)) {
      file =
          all.filter(Files::isRegularFile)
              .filter(path -> content(path).contains("begun"))
              .filter(path -> content(path).contains(" F "))
              .findFirst()
              .orElseThrow();
    }
    Files.delete(file);
    Files.createSymbolicLink(file, outside.resolve("secret"));
    assertThat(log(name)).doesNotContain(CANARY.substring(0, 8));
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static Path podFolder(String name) throws IOException {
    String uid = owner.get(Resources.PODS, "default", name).path("metadata").path("uid").asString();
    return cluster.kubeconfigFile().resolveSibling("nodes/node-1/pods").resolve(uid);
  }

  private static void refused(String volume, String mount, String source, String more) {
    ObjectNode pod =
        TestCluster.json(
            "{metadata: {name: 'refused'}, spec: {volumes: [{name: '"
                + volume
                + "', "
                + source
                + "}], containers: [{name: 'main', image: 'busybox', volumeMounts: [{name: '"
                + volume
                + "', "
                + mount
                + "}]}]}}");
    try {
      owner.create(Resources.PODS, "default", pod);
    } catch (ApiException e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(422);
      return;
    }
    owner.deleteIfThere(Resources.PODS, "default", "refused");
    throw new AssertionError("it was accepted: " + pod + more);
  }

  /** A pod with one volume whose container runs a line of shell. */
  private static String pod(String mount, String source, String script) {
    String name = mount.isEmpty() ? "" : mount.replaceAll(".*name: '([a-z]+)'.*", "$1");
    return create(
        "try",
        "{restartPolicy: 'Never', terminationGracePeriodSeconds: 0, "
            + (name.isEmpty() ? "" : "volumes: [{name: '" + name + "', " + source + "}], ")
            + "containers: [{name: 'main', image: 'busybox', env: [{name: 'UP', value:"
            + " '../../../../..'}], command: ['sh', '-c', '"
            + script
            + "'], volumeMounts: ["
            + mount
            + "]}]}");
  }

  private static String create(String name, String spec) {
    return owner
        .create(
            Resources.PODS,
            "default",
            TestCluster.json("{metadata: {generateName: '" + name + "-'}, spec: " + spec + "}"))
        .path("metadata")
        .path("name")
        .asString();
  }

  private static JsonNode ended(String name) {
    return TestCluster.await(
            () -> owner.get(Resources.PODS, "default", name),
            pod ->
                List.of("Succeeded", "Failed").contains(TestCluster.text(pod, "status", "phase")))
        .path("status");
  }

  /** Waits until the agent has said that it does not start the container. */
  private static void failsToStart(String name) {
    TestCluster.await(
        () -> events(name),
        events ->
            events.contains("volume") || events.contains("\"..\"") || events.contains("path"));
    assertThat(events(name)).doesNotContain("Started container main");
    assertThat(TestCluster.text(owner.get(Resources.PODS, "default", name), "status", "phase"))
        .isIn("Pending", "Failed");
    owner.delete(Resources.PODS, "default", name, TestCluster.json("{gracePeriodSeconds: 0}"));
  }

  private static String events(String name) {
    StringBuilder all = new StringBuilder();
    for (JsonNode event : owner.list(Resources.EVENTS, "default", Map.of()).path("items")) {
      if (TestCluster.text(event, "involvedObject", "name").equals(name)
          && (TestCluster.text(event, "type").equals("Warning")
              || TestCluster.text(event, "reason").equals("Started"))) {
        all.append(TestCluster.text(event, "message")).append('\n');
      }
    }
    return all.toString();
  }

  private static String log(String name) {
    try (var reply = owner.open(Request.of("GET", Resources.PODS.path("default", name, "log")))) {
      return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException | ApiException e) {
      return "";
    }
  }
}
