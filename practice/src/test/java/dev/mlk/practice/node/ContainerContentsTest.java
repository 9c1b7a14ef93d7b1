package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a container finds around it: variables, files, names. */
@Tag("target")
final class ContainerContentsTest {
  @TempDir Path folder;

  private static ObjectNode object(String kind, String name, String rest) {
    return TestCluster.yaml(
        "{apiVersion: v1, kind: %s, metadata: {name: %s}, %s}".formatted(kind, name, rest));
  }

  @Test
  void variables_come_from_everywhere() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster
          .api()
          .create(
              Resources.CONFIG_MAPS,
              "default",
              object("ConfigMap", "settings", "data: {rate: '0.1', size: '64'}"));
      cluster
          .api()
          .create(
              Resources.SECRETS,
              "default",
              object("Secret", "keys", "stringData: {token: s3cret}"));
      cluster
          .api()
          .create(
              Resources.SERVICES,
              "default",
              object(
                  "Service",
                  "web",
                  "spec: {clusterIP: 127.96.7.7, selector: {app: web}, ports: [{port: 8080}]}"));
      cluster.awaitProxy("127.96.7.7", 8080);
      cluster.pod(
          "env",
          Map.of("app", "mnist"),
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'echo $A $B $RATE $P_size $TOKEN $APP $NODE $CPU; echo $(A); echo ${WEB_SERVICE_PORT}; echo $0 $1', "$(A)", "$$(A)"]
            resources: {limits: {cpu: 1500m}}
            envFrom: [{prefix: P_, configMapRef: {name: settings}}]
            env:
            - {name: A, value: one}
            - {name: B, value: "$(A)-two"}
            - {name: RATE, valueFrom: {configMapKeyRef: {name: settings, key: rate}}}
            - {name: TOKEN, valueFrom: {secretKeyRef: {name: keys, key: token}}}
            - {name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
            - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
            - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}
          """);
      cluster.awaitPhase("env", "Succeeded");
      assertThat(cluster.log("env"))
          .isEqualTo("one one-two 0.1 64 s3cret mnist node-1 1500\none\n8080\none $(A)\n");
    }
  }

  @Test
  void a_reference_that_leads_nowhere_keeps_the_container_waiting_until_it_is_there()
      throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "late",
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'echo $RATE']
            env: [{name: RATE, valueFrom: {configMapKeyRef: {name: settings, key: rate}}}]
          """);
      JsonNode waiting =
          TestCluster.state(
                  cluster.await(
                      "late",
                      "waiting for its reference",
                      pod ->
                          TestCluster.state(pod)
                              .path("waiting")
                              .path("reason")
                              .asString("")
                              .equals("CreateContainerConfigError")))
              .path("waiting");
      assertThat(waiting.path("message").asString(""))
          .isEqualTo("configmap \"settings\" not found");
      cluster
          .api()
          .create(
              Resources.CONFIG_MAPS,
              "default",
              object("ConfigMap", "settings", "data: {rate: '7'}"));
      cluster.awaitPhase("late", "Succeeded");
      assertThat(cluster.log("late")).isEqualTo("7\n");
    }
  }

  @Test
  void volumes_are_files_where_the_pod_says() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster
          .api()
          .create(
              Resources.CONFIG_MAPS,
              "default",
              object("ConfigMap", "settings", "data: {a.txt: 'hello', b.txt: 'world'}"));
      cluster.pod(
          "files",
          Map.of("app", "mnist"),
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            workingDir: /task
            command: [sh, -c, 'cat /etc/settings/a.txt /one.txt etc/pod/labels; echo; pwd >/data/pwd; echo done >> /dev/termination-log; ls /data']
            volumeMounts:
            - {name: settings, mountPath: /etc/settings}
            - {name: settings, mountPath: /one.txt, subPath: b.txt}
            - {name: pod, mountPath: /task/etc/pod}
            - {name: data, mountPath: /data}
          volumes:
          - {name: settings, configMap: {name: settings}}
          - {name: pod, downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}
          - {name: data, hostPath: {path: /srv/data}}
          """);
      ObjectNode pod = cluster.awaitPhase("files", "Succeeded");
      assertThat(cluster.log("files")).isEqualTo("helloworldapp=\"mnist\"\npwd\n");
      assertThat(TestCluster.state(pod).path("terminated").path("message").asString(""))
          .isEqualTo("done\n");
      assertThat(Files.readString(cluster.folder().resolve("nodes/node-1/host/srv/data/pwd")))
          .endsWith("/containers/main/root/task\n");
    }
  }

  @Test
  void a_claim_is_a_folder_that_outlives_pods_and_is_shared() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      Path volume = cluster.folder().resolve("volumes/v1");
      cluster
          .api()
          .create(
              Resources.VOLUMES,
              "",
              object(
                  "PersistentVolume",
                  "v1",
                  "spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteMany], hostPath: {path: '%s'}}"
                      .formatted(volume)));
      cluster
          .api()
          .create(
              Resources.VOLUME_CLAIMS,
              "default",
              object(
                  "PersistentVolumeClaim",
                  "data",
                  "spec: {volumeName: v1, storageClassName: '', accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}"));
      String spec =
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            command: [sh, -c, '%s']
            volumeMounts: [{name: data, mountPath: /data}]
          volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
          """;
      cluster.pod("writer", spec.formatted("echo kept > /data/file"));
      cluster.awaitPhase("writer", "Succeeded");
      cluster.pod("reader", spec.formatted("cat /data/file"));
      cluster.awaitPhase("reader", "Succeeded");
      assertThat(cluster.log("reader")).isEqualTo("kept\n");
      assertThat(volume.resolve("file")).hasContent("kept");
    }
  }

  @Test
  void peers_find_each_other_by_the_names_of_headless_services() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      String spec =
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'echo $CLUSTER; echo $MLK_PORT_2222']
            ports: [{containerPort: 2222}]
            env: [{name: CLUSTER, value: 'worker-0.default.svc:2222,worker-1.default.svc:2222'}]
          """;
      cluster.pod("worker-0", spec);
      cluster.awaitPhase("worker-0", "Succeeded");
      cluster
          .api()
          .create(
              Resources.SERVICES,
              "default",
              object(
                  "Service",
                  "worker-1",
                  "spec: {clusterIP: None, selector: {index: '1'}, ports: [{port: 2222}]}"));
      cluster.pod("worker-1", Map.of("index", "1"), spec);
      cluster.awaitPhase("worker-1", "Succeeded");
      String[] first = cluster.log("worker-0").split("\n", -1);
      String[] second = cluster.log("worker-1").split("\n", -1);
      assertThat(first[0]).isEqualTo(second[0]).matches("127.0.0.1:[0-9]+,127.0.0.1:[0-9]+");
      assertThat(first[0]).contains(":" + first[1] + ",").endsWith(":" + second[1]);
    }
  }

  @Test
  void files_follow_their_config_map_within_a_minute() throws Exception {
    ManualTicker ticker = new ManualTicker();
    try (TestCluster cluster = TestCluster.start(folder, ticker)) {
      cluster
          .api()
          .create(
              Resources.CONFIG_MAPS,
              "default",
              object("ConfigMap", "settings", "data: {a: old, b: x}"));
      cluster.pod(
          "reader",
          """
          containers:
          - {name: main, image: busybox, command: [sleep, '1000'], volumeMounts: [{name: s, mountPath: /s}]}
          volumes: [{name: s, configMap: {name: settings}}]
          """);
      ObjectNode pod = cluster.awaitPhase("reader", "Running");
      Path seen = cluster.podFolder(pod).resolve("containers/main/root/s");
      assertThat(seen.resolve("a")).hasContent("old");
      ObjectNode map = cluster.api().get(Resources.CONFIG_MAPS, "default", "settings");
      map.putObject("data").put("a", "new");
      cluster.api().update(Resources.CONFIG_MAPS, map);
      ticker.advance(java.time.Duration.ofMinutes(1));
      Await.until("the file is new", () -> Files.readString(seen.resolve("a")).equals("new"));
      Await.until("the other is gone", () -> !Files.exists(seen.resolve("b")));
    }
  }
}
