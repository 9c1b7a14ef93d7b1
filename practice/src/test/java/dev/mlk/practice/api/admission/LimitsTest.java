package dev.mlk.practice.api.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Quotas, limit ranges and priorities; texts were read off kube-apiserver 1.35.4. */
final class LimitsTest {
  private static TestCluster cluster;
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private String namespace;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    cluster = TestCluster.start(folder);
    cluster.create(Resources.PRIORITY_CLASSES, "", "{metadata: {name: 'high'}, value: 1000}");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void newNamespace() {
    namespace = "limits-" + NUMBER.incrementAndGet();
    cluster.namespace(namespace);
  }

  private void quota(String name, String spec) {
    cluster.create(
        Resources.RESOURCE_QUOTAS,
        namespace,
        "{metadata: {name: '" + name + "'}, spec: {" + spec + "}}");
  }

  private void range(String limits) {
    cluster.create(
        Resources.LIMIT_RANGES,
        namespace,
        "{metadata: {name: 'l'}, spec: {limits: [" + limits + "]}}");
  }

  private ObjectNode pod(String name, String resources, String more) {
    return cluster.create(
        Resources.PODS,
        namespace,
        "{metadata: {name: '"
            + name
            + "'}, spec: {containers: [{name: 'main', image: 'i', resources: {"
            + resources
            + "}}]"
            + more
            + "}}");
  }

  private String refusal(Callable<?> write) {
    try {
      write.call();
      return "ok";
    } catch (ApiException e) {
      return e.status().path("message").asString();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aScopedQuotaCountsAndRefusesOnlyWhatIsInItsScope() {
    quota("be", "hard: {pods: '1'}, scopes: ['BestEffort']");
    quota("nbe", "hard: {pods: '1', 'requests.cpu': '1'}, scopes: ['NotBestEffort']");
    String one = "requests: {cpu: '1', memory: '1Gi'}";
    pod("be1", "", "");
    assertThat(refusal(() -> pod("be2", "", "")))
        .isEqualTo(
            "pods \"be2\" is forbidden: exceeded quota: be, requested: pods=1, used: pods=1, limited: pods=1");
    pod("nbe1", one, "");
    assertThat(refusal(() -> pod("nbe2", one, "")))
        .isEqualTo(
            "pods \"nbe2\" is forbidden: exceeded quota: nbe, requested: pods=1,requests.cpu=1, used:"
                + " pods=1,requests.cpu=1, limited: pods=1,requests.cpu=1");
    assertThat(refusal(() -> pod("nbe3", "requests: {memory: '1Gi'}", "")))
        .isEqualTo(
            "pods \"nbe3\" is forbidden: failed quota: nbe: must specify requests.cpu for: main");
    cluster.await(
        Resources.RESOURCE_QUOTAS,
        namespace,
        "nbe",
        quota -> quota.at("/status/used/pods").asString("").equals("1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          scopes: ['Terminating'] => , activeDeadlineSeconds: 5
          scopes: ['NotTerminating'] => ,
          scopeSelector: {matchExpressions: [{scopeName: 'PriorityClass', operator: 'In', values: ['high']}]} => , priorityClassName: 'high'
          scopeSelector: {matchExpressions: [{scopeName: 'CrossNamespacePodAffinity', operator: 'Exists'}]} => , affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: 'a', labelSelector: {}, namespaces: ['default']}]}}
          """)
  void podsOutsideAScopePass(String scope, String within) {
    quota("s", "hard: {pods: '0'}, " + scope);
    String in = within.equals(",") ? "" : within;
    assertThat(refusal(() -> pod("in", "", in)))
        .isEqualTo(
            "pods \"in\" is forbidden: exceeded quota: s, requested: pods=1, used: pods=0, limited: pods=0");
    assertThat(refusal(() -> pod("out", "", in.isEmpty() ? ", activeDeadlineSeconds: 5" : "")))
        .isEqualTo("ok");
  }

  @Test
  void gpusClassesOfStorageNodePortsAndAnyKindAreCounted() {
    quota(
        "q",
        "hard: {'requests.nvidia.com/gpu': '1', 'gold.storageclass.storage.k8s.io/requests.storage': '1Gi',"
            + " 'services.nodeports': '1', 'count/leases.coordination.k8s.io': '1'}");
    String gpu = "limits: {'nvidia.com/gpu': '1'}";
    pod("g1", gpu, "");
    assertThat(refusal(() -> pod("g2", gpu, "")))
        .endsWith(
            "requested: requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=1, limited:"
                + " requests.nvidia.com/gpu=1");
    String claim =
        "{metadata: {name: 'c'}, spec: {storageClassName: 'gold', accessModes: ['ReadWriteOnce'], resources:"
            + " {requests: {storage: '2Gi'}}}}";
    assertThat(refusal(() -> cluster.create(Resources.VOLUME_CLAIMS, namespace, claim)))
        .contains("requested: gold.storageclass.storage.k8s.io/requests.storage=2Gi, used: ");
    cluster.create(
        Resources.SERVICES,
        namespace,
        "{metadata: {name: 's'}, spec: {type: 'NodePort', ports: [{port: 80, name: 'a'}]}}");
    assertThat(
            refusal(
                () ->
                    cluster.patch(
                        Resources.SERVICES,
                        namespace,
                        "s",
                        "{spec: {ports: [{port: 80, name: 'a'}, {port: 81, name: 'b'}]}}")))
        .isEqualTo(
            "services \"s\" is forbidden: exceeded quota: q, requested: services.nodeports=1, used:"
                + " services.nodeports=1, limited: services.nodeports=1");
    Resource leases = Resource.namespaced("coordination.k8s.io", "v1", "leases", "Lease");
    cluster.create(leases, namespace, "{metadata: {name: 'a'}}");
    assertThat(refusal(() -> cluster.create(leases, namespace, "{metadata: {name: 'b'}}")))
        .contains("exceeded quota: q, requested: count/leases.coordination.k8s.io=1");
  }

  @Test
  void ofManyWhoComeTogetherOnlyAsManyPassAsThereIsRoomFor() throws Exception {
    quota("q", "hard: {'count/configmaps': '4'}");
    List<Future<String>> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 30; i++) {
        String map = "{metadata: {name: 'm" + i + "'}}";
        outcomes.add(
            threads.submit(
                () -> refusal(() -> cluster.create(Resources.CONFIG_MAPS, namespace, map))));
      }
    }
    int passed = 0;
    for (Future<String> outcome : outcomes) {
      passed += outcome.get().equals("ok") ? 1 : 0;
    }
    assertThat(cluster.list(Resources.CONFIG_MAPS, namespace)).hasSize(4);
    assertThat(passed).isBetween(3, 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          hard: {pods: '1'}, scopes: ['Foo'] => spec.scopes: Invalid value: ["Foo"]: unsupported scope
          hard: {cpu: '1'}, scopes: ['BestEffort'] => spec.scopes: Invalid value: ["BestEffort"]: unsupported scope applied to resource
          hard: {pods: '1'}, scopes: ['Terminating', 'NotTerminating'] => spec.scopes: Invalid value: ["Terminating","NotTerminating"]: conflicting scopes
          hard: {pods: '1'}, scopeSelector: {matchExpressions: [{scopeName: 'PriorityClass', operator: 'Foo'}]} => spec.scopeSelector.matchExpressions.operator: Invalid value: "Foo": not a valid selector operator
          """)
  void aQuotaWithoutSenseIsRefused(String spec, String why) {
    assertThat(
            refusal(
                () -> {
                  quota("q", spec);
                  return null;
                }))
        .isEqualTo("ResourceQuota \"q\" is invalid: " + why);
  }

  @Test
  void aLimitRangeFillsInAndSaysSo() {
    range("{type: 'Container', default: {cpu: '2', memory: '1Gi'}, defaultRequest: {cpu: '1'}}");
    ObjectNode pod = pod("a", "", ", initContainers: [{name: 'init', image: 'i'}]");
    assertThat(pod.at("/metadata/annotations/kubernetes.io~1limit-ranger").asString())
        .isEqualTo(
            "LimitRanger plugin set: cpu, memory request for container main; cpu, memory limit for container"
                + " main; cpu, memory request for init container init; cpu, memory limit for init container init");
    assertThat(pod.at("/status/qosClass").asString()).isEqualTo("Burstable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {type: 'Container', maxLimitRequestRatio: {cpu: '4'}} => requests: {cpu: '500m'}, limits: {cpu: '3'} => cpu max limit to request ratio per Container is 4, but provided ratio is 6.000000
          {type: 'Container', min: {cpu: '100m'}} => requests: {cpu: '50m'}, limits: {cpu: '50m'} => minimum cpu usage per Container is 100m, but request is 50m
          {type: 'Pod', max: {cpu: '2', memory: '1Gi'}} => limits: {cpu: '3', memory: '2Gi'} => [maximum cpu usage per Pod is 2, but limit is 3, maximum memory usage per Pod is 1Gi, but limit is 2Gi]
          {type: 'Pod', min: {cpu: '100m'}, maxLimitRequestRatio: {cpu: '2'}} => limits: {} => [minimum cpu usage per Pod is 100m.  No request is specified, cpu max limit to request ratio per Pod is 2, but no request is specified or request is 0]
          """)
  void aLimitRangeRefuses(String limit, String resources, String why) {
    range(limit);
    assertThat(refusal(() -> pod("a", resources, ""))).isEqualTo("pods \"a\" is forbidden: " + why);
  }

  @Test
  void aLimitRangeRefusesClaims() {
    range("{type: 'PersistentVolumeClaim', max: {storage: '1Gi'}, min: {storage: '1Mi'}}");
    String claim =
        "{metadata: {name: 'c'}, spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '2Gi'}}}}";
    assertThat(refusal(() -> cluster.create(Resources.VOLUME_CLAIMS, namespace, claim)))
        .isEqualTo(
            "persistentvolumeclaims \"c\" is forbidden: maximum storage usage per PersistentVolumeClaim is"
                + " 1Gi, but request is 2Gi");
  }

  @Test
  void aPodsPriorityIsThatOfItsClassAndNoOther() {
    assertThat(refusal(() -> pod("a", "", ", priority: 5, priorityClassName: 'high'")))
        .isEqualTo(
            "pods \"a\" is forbidden: the integer value of priority (5) must not be provided in pod spec;"
                + " priority admission controller computed 1000 from the given PriorityClass name");
    assertThat(
            refusal(() -> pod("a", "", ", preemptionPolicy: 'Never', priorityClassName: 'high'")))
        .isEqualTo(
            "pods \"a\" is forbidden: the string value of PreemptionPolicy (Never) must not be provided in pod"
                + " spec; priority admission controller computed PreemptLowerPriority from the given"
                + " PriorityClass name");
    assertThat(refusal(() -> pod("a", "", ", priority: 1000, priorityClassName: 'high'")))
        .isEqualTo("ok");
  }
}
