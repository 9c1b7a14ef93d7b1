package dev.mlk.practice.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operator of the Java Operator SDK, as its users write them, on the practice cluster. */
@Tag("slow")
final class OperatorSdkTest {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: boards.josdk.example.org}
      spec:
        group: josdk.example.org
        scope: Namespaced
        names: {plural: boards, singular: board, kind: Board}
        versions:
        - name: v1
          served: true
          storage: true
          subresources: {status: {}}
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec: {type: object, properties: {message: {type: string}, replicas: {type: integer}}}
                status: {type: object, properties: {shown: {type: string}, observedGeneration: {type: integer}}}
      """;
  private static PracticeCluster cluster;
  private static KubernetesClient client;
  private static Operator operator;
  private static BoardReconciler boards;

  @BeforeAll
  static void start() {
    cluster = PracticeCluster.start(config -> config.nodes(1));
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
            .build();
    client
        .load(new ByteArrayInputStream(DEFINITION.getBytes(StandardCharsets.UTF_8)))
        .serverSideApply();
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("boards.josdk.example.org")
        .waitUntilCondition(OperatorSdkTest::established, 60, TimeUnit.SECONDS);
    boards = new BoardReconciler();
    operator = new Operator(configuration -> configuration.withKubernetesClient(client));
    operator.register(boards);
    operator.start();
  }

  private static boolean established(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        // A definition that was just made has a status without them.
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }

  @AfterAll
  static void stop() {
    operator.stop();
    client.close();
    cluster.close();
  }

  private static void apply(String name, String message) {
    Board board = new Board();
    board.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("default").build());
    Board.Spec spec = new Board.Spec();
    spec.setMessage(message);
    spec.setReplicas(1);
    board.setSpec(spec);
    client.resource(board).fieldManager("test").forceConflicts().serverSideApply();
  }

  private static Board get(String name) {
    return client.resources(Board.class).inNamespace("default").withName(name).get();
  }

  private static String shown(String name) {
    Board board = get(name);
    return board.getStatus() == null ? "" : board.getStatus().getShown();
  }

  private static int replicas(String name) {
    return client
        .apps()
        .deployments()
        .inNamespace("default")
        .withName(name)
        .get()
        .getSpec()
        .getReplicas();
  }

  private static ConfigMap text(String name) {
    return client.configMaps().inNamespace("default").withName(name + "-text").get();
  }

  @Test
  void itMakesAndMendsItsDependentsAndWritesTheStatus() {
    apply("kept", "hello");
    TestCluster.await(() -> shown("kept"), "hello"::equals);
    assertThat(get("kept").getMetadata().getFinalizers())
        .containsExactly("josdk.example.org/board");
    assertThat(
            client
                .apps()
                .deployments()
                .inNamespace("default")
                .withName("kept")
                .get()
                .getMetadata()
                .getManagedFields())
        .extracting(ManagedFieldsEntry::getManager, ManagedFieldsEntry::getOperation)
        .contains(org.assertj.core.groups.Tuple.tuple("boards", "Apply"));
    client.apps().deployments().inNamespace("default").withName("kept").scale(3);
    TestCluster.await(() -> replicas("kept"), number -> number == 1);
    apply("kept", "bye");
    TestCluster.await(() -> shown("kept"), "bye"::equals);
    assertThat(get("kept").getStatus().getObservedGeneration()).isGreaterThan(1);
  }

  @Test
  void itCleansUpBeforeItsResourceGoesAndTheDependentsGoWithIt() {
    apply("gone", "hello");
    TestCluster.await(() -> shown("gone"), "hello"::equals);
    client.resources(Board.class).inNamespace("default").withName("gone").delete();
    TestCluster.await(() -> get("gone") == null, gone -> gone);
    assertThat(boards.cleaned()).contains("gone");
    TestCluster.await(() -> text("gone") == null, gone -> gone);
  }
}
