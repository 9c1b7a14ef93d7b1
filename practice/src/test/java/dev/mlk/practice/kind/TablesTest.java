package dev.mlk.practice.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows as kubectl get -o wide shows them. */
final class TablesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  @Test
  void aNodeShowsItsStateRolesAndAddresses() {
    assertThat(
            row(
                "nodes",
                """
                {metadata: {name: 'n', creationTimestamp: '2026-01-01T00:59:00Z',
                   labels: {'node-role.kubernetes.io/worker': ''}},
                 spec: {unschedulable: true},
                 status: {conditions: [{type: 'Ready', status: 'True'}],
                   addresses: [{type: 'InternalIP', address: '192.0.2.1'}],
                   nodeInfo: {kubeletVersion: 'v1.30.0', osImage: 'Linux'}}}
                """))
        .containsExactly(
            "n",
            "Ready,SchedulingDisabled",
            "worker",
            "60s",
            "v1.30.0",
            "192.0.2.1",
            "<none>",
            "Linux",
            "<unknown>",
            "<unknown>");
  }

  @Test
  void aServiceShowsItsPorts() {
    assertThat(
            row(
                "services",
                """
                {metadata: {name: 's', creationTimestamp: '2026-01-01T00:00:00Z'},
                 spec: {type: 'NodePort', clusterIPs: ['127.96.0.5'], selector: {app: 'a', b: 'c'},
                   ports: [{port: 80, nodePort: 30080, protocol: 'TCP'},
                           {port: 53, protocol: 'UDP'}]}}
                """))
        .containsExactly(
            "s", "NodePort", "127.96.0.5", "<none>", "80:30080/TCP,53/UDP", "60m", "app=a,b=c");
  }

  @Test
  void aJobShowsStateAndCompletions() {
    assertThat(
            row(
                "jobs.batch",
                """
                {metadata: {name: 'j', creationTimestamp: '2026-01-01T00:00:00Z'},
                 spec: {completions: 3, selector: {matchLabels: {u: 'x'}},
                   template: {spec: {containers: [{name: 'main', image: 'i:1'}]}}},
                 status: {startTime: '2026-01-01T00:00:00Z',
                   completionTime: '2026-01-01T00:02:05Z', succeeded: 3,
                   conditions: [{type: 'Complete', status: 'True'}]}}
                """))
        .containsExactly("j", "Complete", "3/3", "2m5s", "60m", "main", "i:1", "u=x");
  }

  @Test
  void aBoundClaimShowsItsVolume() {
    assertThat(
            row(
                "persistentvolumeclaims",
                """
                {metadata: {name: 'c', creationTimestamp: '2026-01-01T00:00:00Z'},
                 spec: {volumeName: 'v', storageClassName: 'standard', volumeMode: 'Filesystem'},
                 status: {phase: 'Bound', capacity: {storage: '1Gi'},
                   accessModes: ['ReadWriteMany', 'ReadWriteOnce']}}
                """))
        .containsExactly(
            "c", "Bound", "v", "1Gi", "RWO,RWX", "standard", "<unset>", "60m", "Filesystem");
  }

  @Test
  void aQuotaShowsRequestsApartFromLimits() {
    assertThat(
            row(
                "resourcequotas",
                """
                {metadata: {name: 'q', creationTimestamp: '2026-01-01T00:00:00Z'},
                 status: {hard: {'requests.nvidia.com/gpu': '4', pods: '10', 'limits.cpu': '8'},
                   used: {pods: '3', 'limits.cpu': '500m'}}}
                """))
        .containsExactly(
            "q", "pods: 3/10, requests.nvidia.com/gpu: 0/4", "limits.cpu: 500m/8", "60m");
  }

  @Test
  void anEventShowsWhoSaidWhatAboutWhom() {
    assertThat(
            row(
                "events",
                """
                {metadata: {name: 'e'}, type: 'Warning', reason: 'FailedScheduling',
                 message: 'no node ', eventTime: '2026-01-01T00:59:30.000000Z',
                 reportingComponent: 'default-scheduler', reportingInstance: 'h',
                 involvedObject: {kind: 'Pod', name: 'p'}}
                """))
        .containsExactly(
            "30s",
            "Warning",
            "FailedScheduling",
            "pod/p",
            "",
            "default-scheduler, h",
            "no node",
            "30s",
            "1",
            "e");
  }

  @Test
  void anEventOfTheNewerFormIsTheSameEvent() {
    ObjectNode event =
        Sample.object(
            """
            {metadata: {name: 'e', namespace: 'default'}, note: 'hello', reason: 'Tested',
             reportingController: 'c', reportingInstance: 'i', action: 'Test', type: 'Normal',
             eventTime: '2026-01-01T00:59:00.000000Z',
             regarding: {kind: 'Pod', name: 'p', namespace: 'default'}}
            """);
    KindRules rules = BuiltInKindsTest.kind("events.events.k8s.io").rules();
    rules.prepareCreate(event);
    rules.defaults(event);
    assertThat(rules.validate(event)).isEmpty();
    assertThat(event.path("involvedObject").path("name").asString()).isEqualTo("p");
    assertThat(event.path("message").asString()).isEqualTo("hello");
    assertThat(event.path("reportingComponent").asString()).isEqualTo("c");
    assertThat(event.has("regarding")).isFalse();
  }

  private static List<String> row(String kind, String json) {
    ObjectNode object = Sample.object(json);
    return BuiltInKindsTest.kind(kind).rules().cells(object, NOW).stream()
        .map(JsonNode::asString)
        .toList();
  }
}
