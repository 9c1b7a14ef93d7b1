package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Resources;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Variables of each kind, and references that lead nowhere. */
final class VariablesTest {
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

  @Test
  void a_pod_can_be_told_everything_about_itself() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "self",
          Map.of("app", "mnist"),
          """
          restartPolicy: Never
          serviceAccountName: default
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'echo $NAME $SPACE $ID $LABEL "[$NONE]" $NODE $ACCOUNT $IP $IPS $HOST $HOSTS; echo $CPU $CPU1 $MEM $MEMM $REQ $DISK']
            resources: {limits: {memory: 1Gi}, requests: {cpu: 250m, ephemeral-storage: 1Gi}}
            env:
            - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            - {name: SPACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
            - {name: ID, valueFrom: {fieldRef: {fieldPath: metadata.uid}}}
            - {name: LABEL, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
            - {name: NONE, valueFrom: {fieldRef: {fieldPath: "metadata.annotations['none']"}}}
            - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
            - {name: ACCOUNT, valueFrom: {fieldRef: {fieldPath: spec.serviceAccountName}}}
            - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
            - {name: IPS, valueFrom: {fieldRef: {fieldPath: status.podIPs}}}
            - {name: HOST, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}
            - {name: HOSTS, valueFrom: {fieldRef: {fieldPath: status.hostIPs}}}
            - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
            - {name: CPU1, valueFrom: {resourceFieldRef: {resource: requests.cpu, divisor: 1m}}}
            - {name: MEM, valueFrom: {resourceFieldRef: {resource: limits.memory}}}
            - {name: MEMM, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
            - {name: REQ, valueFrom: {resourceFieldRef: {resource: requests.memory, divisor: 1Gi}}}
            - {name: DISK, valueFrom: {resourceFieldRef: {resource: requests.ephemeral-storage, divisor: 1Mi}}}
          """);
      ObjectNode pod = cluster.awaitPhase("self", "Succeeded");
      String ip = pod.path("status").path("podIP").asString("");
      assertThat(cluster.log("self"))
          .isEqualTo(
              "self default "
                  + pod.path("metadata").path("uid").asString("")
                  + " mnist [] node-1 default "
                  + ip
                  + " "
                  + ip
                  + " 127.0.0.1 127.0.0.1\n8 250 1073741824 1024 1 1024\n");
    }
  }

  @Test
  void references_are_to_the_pod_s_own_variables_and_those_of_services() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      create(cluster, "ConfigMap", "many", "data: {one: '1', 'dotted.name': '2', 3x: '3'}");
      cluster.pod(
          "names",
          """
          restartPolicy: Never
          enableServiceLinks: false
          containers:
          - name: main
            image: busybox
            command: [bash, -c, 'echo "$0"; env | grep -E "^P_|KUBERNETES_SERVICE_HOST" | sort', '$(HOSTNAME) $(PATH) $(NO) $(A) $$(A) $(B) $(P_one) $(C']
            envFrom: [{prefix: P_, configMapRef: {name: many}}, {configMapRef: {name: absent, optional: true}}, {secretRef: {name: absent, optional: true}}]
            env:
            - {name: B, value: "$(A)"}
            - {name: A, value: a}
            - {name: ABSENT, valueFrom: {secretKeyRef: {name: absent, key: k, optional: true}}}
          """);
      cluster.awaitPhase("names", "Succeeded");
      assertThat(cluster.log("names"))
          .startsWith("$(HOSTNAME) $(PATH) $(NO) a $(A) $(A) 1 $(C\n")
          .contains("P_3x=3\nP_dotted.name=2\nP_one=1\n");
    }
  }

  @Test
  void a_program_is_told_where_the_API_server_is() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod(
          "asks",
          """
          restartPolicy: Never
          enableServiceLinks: false
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'echo https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT $KUBERNETES_SERVICE_PORT_HTTPS']
          """);
      cluster.awaitPhase("asks", "Succeeded");
      // Where nobody may listen on port 443, or another cluster does, another one stands for it.
      assertThat(cluster.log("asks"))
          .matches("https://(127[.]96[.]0[.]1:443 443|127[.]0[.]0[.]1:([0-9]+) \\2)\n");
    }
  }

  @Test
  void what_is_missing_is_said_in_the_kubelet_s_words() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      create(cluster, "ConfigMap", "settings", "data: {a: A}");
      create(cluster, "Secret", "keys", "stringData: {a: A}");
      expect(
          cluster,
          "one",
          "{configMapKeyRef: {name: absent, key: k}}",
          "configmap \"absent\" not found");
      expect(
          cluster, "two", "{secretKeyRef: {name: absent, key: k}}", "secret \"absent\" not found");
      expect(
          cluster,
          "three",
          "{configMapKeyRef: {name: settings, key: k}}",
          "couldn't find key k in ConfigMap default/settings");
      expect(
          cluster,
          "four",
          "{secretKeyRef: {name: keys, key: k}}",
          "couldn't find key k in Secret default/keys");
    }
  }

  private static void expect(TestCluster cluster, String pod, String from, String words) {
    cluster.pod(
        pod,
        "{containers: [{name: main, image: busybox, command: [sh], env: [{name: A, valueFrom: %s}]}]}"
            .formatted(from));
    JsonNode waiting =
        TestCluster.state(
                cluster.await(
                    pod,
                    "waiting",
                    each ->
                        TestCluster.state(each)
                            .path("waiting")
                            .path("reason")
                            .asString("")
                            .equals("CreateContainerConfigError")))
            .path("waiting");
    assertThat(waiting.path("message").asString("")).isEqualTo(words);
    Await.until("it is an event", () -> cluster.events(pod).contains("Failed: Error: " + words));
  }
}
