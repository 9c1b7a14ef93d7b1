package dev.mlk.practice.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class PodRulesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private final KindRules rules = BuiltInKindsTest.kind("pods").rules();

  @Test
  void aPodGetsKubernetesDefaults() {
    ObjectNode pod =
        Sample.object(
            """
            {metadata: {name: 'a'}, spec: {
              initContainers: [{name: 'init', image: 'example/a:latest'}],
              containers: [{name: 'main', image: 'example/a:1',
                env: [{name: 'EMPTY', value: ''},
                      {name: 'N', valueFrom: {fieldRef: {fieldPath: 'spec.nodeName'}}}],
                ports: [{containerPort: 80}],
                readinessProbe: {tcpSocket: {port: 'grpc'}, periodSeconds: 3},
                resources: {limits: {cpu: 0.5, memory: '1024Mi', 'nvidia.com/gpu': 1}}}],
              volumes: [{name: 'e'}, {name: 'h', hostPath: {path: '/d'}},
                        {name: 'c', configMap: {name: 'x'}}]}}
            """);
    rules.prepareCreate(pod);
    rules.defaults(pod);
    assertThat(pod)
        .isEqualTo(
            Sample.object(
                """
                {metadata: {name: 'a'}, spec: {
                  initContainers: [{name: 'init', image: 'example/a:latest', resources: {},
                    terminationMessagePath: '/dev/termination-log',
                    terminationMessagePolicy: 'File', imagePullPolicy: 'Always'}],
                  containers: [{name: 'main', image: 'example/a:1',
                    env: [{name: 'EMPTY'},
                          {name: 'N', valueFrom: {fieldRef: {fieldPath: 'spec.nodeName',
                            apiVersion: 'v1'}}}],
                    ports: [{containerPort: 80, protocol: 'TCP'}],
                    readinessProbe: {tcpSocket: {port: 'grpc'}, timeoutSeconds: 1,
                      periodSeconds: 3, successThreshold: 1, failureThreshold: 3},
                    resources: {
                      limits: {cpu: '500m', memory: '1Gi', 'nvidia.com/gpu': '1'},
                      requests: {cpu: '500m', memory: '1Gi', 'nvidia.com/gpu': '1'}},
                    terminationMessagePath: '/dev/termination-log',
                    terminationMessagePolicy: 'File', imagePullPolicy: 'IfNotPresent'}],
                  volumes: [{name: 'e', emptyDir: {}},
                            {name: 'h', hostPath: {path: '/d', type: ''}},
                            {name: 'c', configMap: {name: 'x', defaultMode: 420}}],
                  restartPolicy: 'Always', terminationGracePeriodSeconds: 30,
                  dnsPolicy: 'ClusterFirst', securityContext: {},
                  schedulerName: 'default-scheduler', enableServiceLinks: true},
                 status: {phase: 'Pending', qosClass: 'Burstable'}}
                """));
  }

  @Test
  void theStateOfAPodIsWhatItsContainersSay() {
    assertThat(row("{phase: 'Pending'}").subList(1, 4)).containsExactly("0/1", "Pending", "0");
    assertThat(
            row("""
                    {phase: 'Running', containerStatuses: [{name: 'main', ready: true,
                      restartCount: 2, state: {running: {}},
                      lastState: {terminated: {finishedAt: '2026-01-01T00:55:00Z'}}}]}
                    """)
                .subList(1, 4))
        .containsExactly("1/1", "Running", "2 (5m ago)");
    assertThat(state("{terminated: {exitCode: 1, reason: 'Error'}}")).isEqualTo("Error");
    assertThat(state("{terminated: {exitCode: 3}}")).isEqualTo("ExitCode:3");
    assertThat(state("{terminated: {exitCode: 137, signal: 9}}")).isEqualTo("Signal:9");
    assertThat(state("{waiting: {reason: 'CrashLoopBackOff'}}")).isEqualTo("CrashLoopBackOff");
    assertThat(row("{phase: 'Failed', reason: 'Evicted'}").get(2)).isEqualTo("Evicted");
    assertThat(
            row("""
                    {phase: 'Pending', initContainerStatuses: [
                      {name: 'i', state: {terminated: {exitCode: 1}}}]}
                    """)
                .get(2))
        .isEqualTo("Init:ExitCode:1");
  }

  @Test
  void aPodBeingDeletedIsTerminatingUnlessItHasEnded() {
    assertThat(row("{phase: 'Running'}", "deletionTimestamp: '2026-01-01T00:00:00Z'").get(2))
        .isEqualTo("Terminating");
    assertThat(row("{phase: 'Succeeded'}", "deletionTimestamp: '2026-01-01T00:00:00Z'").get(2))
        .isEqualTo("Succeeded");
  }

  private String state(String state) {
    return row("{phase: 'Running', containerStatuses: [{name: 'main', state: " + state + "}]}")
        .get(2);
  }

  private List<String> row(String status) {
    return row(status, "name: 'a'");
  }

  private List<String> row(String status, String metadata) {
    ObjectNode pod =
        Sample.object(
            "{metadata: {creationTimestamp: '2026-01-01T00:00:00Z', "
                + metadata
                + "}, spec: {containers: [{name: 'main'}]}, status: "
                + status
                + "}");
    return rules.cells(pod, NOW).stream().map(JsonNode::asString).toList();
  }
}
