package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Volumes of each kind and what goes wrong with them. */
final class VolumeKindsTest {
  @TempDir Path folder;

  private static void create(TestCluster cluster, String kind, String name, String rest) {
    cluster
        .api()
        .create(
            kind.equals("Secret") ? Resources.SECRETS : Resources.CONFIG_MAPS,
            "default",
            TestCluster.yaml(
                "{apiVersion: v1, kind: %s, metadata: {name: %s}, %s}"
                    .formatted(kind, name, rest)));
  }

  private static void awaitEvent(TestCluster cluster, String pod, String event) {
    try {
      Await.until("the event is there", () -> cluster.events(pod).contains(event));
    } catch (AssertionError e) {
      throw new AssertionError(String.join("\n", cluster.events(pod)), e);
    }
  }

  @Test
  void a_pod_that_fills_its_empty_dir_is_evicted() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      cluster.pod(
          "hoarder",
          """
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'head -c 100000 /dev/zero > /cache/data; echo full; exec sleep 1000']
            volumeMounts: [{name: cache, mountPath: /cache}]
          volumes: [{name: cache, emptyDir: {sizeLimit: 64Ki}}]
          """);
      cluster.pod(
          "writer",
          """
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'head -c 100000 /dev/zero > /tmp/data; echo full; exec sleep 1000']
            resources: {limits: {ephemeral-storage: 64Ki}}
          """);
      for (String name : new String[] {"hoarder", "writer"}) {
        cluster.awaitPhase(name, "Running");
        Await.until("it is full", () -> cluster.log(name).contains("full"));
      }
      ticker.advance(Duration.ofSeconds(10));
      String why = "Usage of EmptyDir volume \"cache\" exceeds the limit \"64Ki\". ";
      ObjectNode pod = cluster.awaitPhase("hoarder", "Failed");
      assertThat(pod.path("status").path("reason").asString("")).isEqualTo("Evicted");
      assertThat(pod.path("status").path("message").asString("")).isEqualTo(why);
      awaitEvent(cluster, "hoarder", "Evicted: " + why);
      assertThat(cluster.awaitPhase("writer", "Failed").path("status").path("message").asString(""))
          .isEqualTo("Container main exceeded its local ephemeral storage limit \"64Ki\". ");
    }
  }

  @Test
  void files_have_their_modes_and_paths_and_optional_objects_may_lack() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      create(cluster, "ConfigMap", "settings", "data: {a: A, b: B}, binaryData: {raw: AAECAw==}");
      create(cluster, "Secret", "keys", "stringData: {k: K}");
      cluster.pod(
          "files",
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            command: [bash, -c, 'cd /v; stat -L -c "%%a %%n" s/sub/a all/k all/a; ls s none all; od -An -tx1 m/raw; cat all/me; cat all/cpu']
            resources: {limits: {cpu: 2}}
            volumeMounts:
            - {name: s, mountPath: /v/s}
            - {name: m, mountPath: /v/m}
            - {name: none, mountPath: /v/none}
            - {name: all, mountPath: /v/all, readOnly: true}
          volumes:
          - {name: s, configMap: {name: settings, defaultMode: 256, items: [{key: a, path: sub/a, mode: 416}]}}
          - {name: m, configMap: {name: settings}}
          - {name: none, secret: {secretName: absent, optional: true}}
          - name: all
            projected:
              defaultMode: 384
              sources:
              - {secret: {name: keys}}
              - {configMap: {name: settings, items: [{key: a, path: a}]}}
              - {configMap: {name: absent, optional: true}}
              - {downwardAPI: {items: [{path: me, fieldRef: {fieldPath: metadata.name}}, {path: cpu, resourceFieldRef: {containerName: main, resource: limits.cpu, divisor: 1m}}]}}
          """
              .replace("%%", "%"));
      cluster.awaitPhase("files", "Succeeded");
      assertThat(cluster.log("files"))
          .isEqualTo(
              "640 s/sub/a\n600 all/k\n600 all/a\nall:\na\ncpu\nk\nme\n\nnone:\n\ns:\nsub\n 00 01 02 03\nfiles2000\n");
    }
  }

  @Test
  void labels_in_files_follow_the_pod_but_a_sub_path_stays() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      create(cluster, "ConfigMap", "settings", "data: {a: old}");
      cluster.pod(
          "live",
          Map.of("stage", "one"),
          """
          containers:
          - name: main
            image: busybox
            command: [sleep, '1000']
            volumeMounts: [{name: me, mountPath: /me}, {name: s, mountPath: /s}, {name: s, mountPath: /fixed, subPath: a}]
          volumes:
          - {name: me, downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}
          - {name: s, configMap: {name: settings}}
          """);
      ObjectNode pod = cluster.awaitPhase("live", "Running");
      Path root = cluster.podFolder(pod).resolve("containers/main/root");
      assertThat(root.resolve("me/labels")).hasContent("stage=\"one\"");
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("metadata").putObject("labels").put("stage", "two");
      cluster.api().patch(Resources.PODS.path("default", "live"), ApiClient.PatchType.MERGE, patch);
      ObjectNode map = cluster.api().get(Resources.CONFIG_MAPS, "default", "settings");
      map.putObject("data").put("a", "new");
      cluster.api().update(Resources.CONFIG_MAPS, map);
      Await.until(
          "the files have followed",
          () -> {
            ticker.advance(Duration.ofMinutes(1));
            return Files.readString(root.resolve("me/labels")).equals("stage=\"two\"")
                && Files.readString(root.resolve("s/a")).equals("new");
          });
      assertThat(root.resolve("fixed")).hasContent("old");
    }
  }

  @Test
  void a_token_is_renewed_before_it_ends() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      cluster.pod(
          "account",
          """
          containers:
          - {name: main, image: busybox, command: [sleep, '1000'], volumeMounts: [{name: t, mountPath: /t}]}
          volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: token, expirationSeconds: 600, audience: vault}}]}}]
          """);
      ObjectNode pod = cluster.awaitPhase("account", "Running");
      Path token = cluster.podFolder(pod).resolve("containers/main/root/t/token");
      String first = Files.readString(token);
      assertThat(first.split("\\.", -1)).hasSize(3);
      ticker.advance(Duration.ofMinutes(7));
      Await.until(
          "it is new",
          () -> {
            ticker.advance(Duration.ofMinutes(1));
            return !Files.readString(token).equals(first);
          });
    }
  }

  @Test
  void a_sub_path_may_be_put_together_from_variables() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "logs",
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'echo mine > /out/file']
            env: [{name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
            volumeMounts: [{name: out, mountPath: /out, subPathExpr: runs/$(POD)}]
          volumes: [{name: out, hostPath: {path: /out}}]
          """);
      cluster.awaitPhase("logs", "Succeeded");
      assertThat(cluster.folder().resolve("nodes/node-1/host/out/runs/logs/file"))
          .hasContent("mine");
    }
  }

  @Test
  void what_cannot_be_mounted_is_told_and_tried_again() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      String spec =
          """
          restartPolicy: Never
          containers: [{name: main, image: busybox, command: [sh, -c, 'exit 0'], volumeMounts: [{name: v, mountPath: /v}]}]
          volumes: [{name: v, %s}]
          """;
      cluster.pod("settings", spec.formatted("configMap: {name: absent}"));
      cluster.pod("keys", spec.formatted("secret: {secretName: absent}"));
      cluster.pod("file", spec.formatted("hostPath: {path: /etc/app, type: Directory}"));
      cluster.pod("climber", spec.formatted("hostPath: {path: /a/b}"));
      cluster.pod("claim", spec.formatted("persistentVolumeClaim: {claimName: absent}"));
      String failed = "FailedMount: MountVolume.SetUp failed for volume \"v\" : ";
      awaitEvent(cluster, "settings", failed + "configmap \"absent\" not found");
      awaitEvent(cluster, "keys", failed + "secret \"absent\" not found");
      awaitEvent(
          cluster, "file", failed + "hostPath type check failed: /etc/app is not a directory");
      awaitEvent(cluster, "claim", failed + "persistentvolumeclaim \"absent\" not found");
      cluster.awaitPhase("climber", "Succeeded");
      assertThat(
              TestCluster.state(cluster.get("settings"))
                  .path("waiting")
                  .path("reason")
                  .asString(""))
          .isEqualTo("ContainerCreating");
      create(cluster, "ConfigMap", "absent", "data: {}");
      Await.until(
          "it is mounted after all",
          () -> {
            ticker.advance(Duration.ofSeconds(1));
            return cluster
                .get("settings")
                .path("status")
                .path("phase")
                .asString("")
                .equals("Succeeded");
          });
    }
  }

  @Test
  void an_nfs_server_is_a_folder_that_pods_share() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      String spec =
          """
          restartPolicy: Never
          containers: [{name: main, image: busybox, command: [sh, -c, '%s'], volumeMounts: [{name: v, mountPath: /v}]}]
          volumes: [{name: v, nfs: {server: nfs.example.com, path: /export}}]
          """;
      cluster.pod("one", spec.formatted("echo shared > /v/file"));
      cluster.awaitPhase("one", "Succeeded");
      cluster.pod("two", spec.formatted("cat /v/file"));
      cluster.awaitPhase("two", "Succeeded");
      assertThat(cluster.log("two")).isEqualTo("shared\n");
    }
  }
}
