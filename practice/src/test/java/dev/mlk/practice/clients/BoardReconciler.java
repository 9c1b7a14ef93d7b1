package dev.mlk.practice.clients;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An operator as the SDK's users write them: dependents by server-side apply, a finalizer, a
 * status.
 */
@Workflow(
    dependents = {
      @Dependent(type = BoardReconciler.Text.class),
      @Dependent(type = BoardReconciler.Boards.class)
    })
@ControllerConfiguration(name = "boards", finalizerName = "josdk.example.org/board")
final class BoardReconciler implements Reconciler<Board>, Cleaner<Board> {
  private final Set<String> cleaned = ConcurrentHashMap.newKeySet();

  Set<String> cleaned() {
    return cleaned;
  }

  @Override
  public UpdateControl<Board> reconcile(Board board, Context<Board> context) {
    Board answer = new Board();
    answer.getMetadata().setName(board.getMetadata().getName());
    answer.getMetadata().setNamespace(board.getMetadata().getNamespace());
    Board.Status status = new Board.Status();
    status.setShown(
        context
            .getSecondaryResource(ConfigMap.class)
            .map(map -> map.getData().get("message"))
            .orElse(""));
    status.setObservedGeneration(board.getMetadata().getGeneration());
    answer.setStatus(status);
    // SDK 5.3 loses a deletion whose mark comes back in the answer to a patch of its own
    // (java-operator-sdk 3394, mended in 5.4): so it patches only what is different.
    if (same(board.getStatus(), status)) {
      return UpdateControl.noUpdate();
    }
    return UpdateControl.patchStatus(answer);
  }

  private static boolean same(Board.Status there, Board.Status wanted) {
    return there != null
        && Objects.equals(there.getShown(), wanted.getShown())
        && Objects.equals(there.getObservedGeneration(), wanted.getObservedGeneration());
  }

  @Override
  public DeleteControl cleanup(Board board, Context<Board> context) {
    cleaned.add(board.getMetadata().getName());
    return DeleteControl.defaultDelete();
  }

  /** The message; the SDK would not apply config maps by itself. */
  @KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
  static final class Text extends CRUDKubernetesDependentResource<ConfigMap, Board> {
    @Override
    protected ConfigMap desired(Board board, Context<Board> context) {
      return new ConfigMapBuilder()
          .withNewMetadata()
          .withName(board.getMetadata().getName() + "-text")
          .withNamespace(board.getMetadata().getNamespace())
          .endMetadata()
          .addToData("message", board.getSpec().getMessage())
          .build();
    }
  }

  /** The boards. */
  static final class Boards extends CRUDKubernetesDependentResource<Deployment, Board> {
    @Override
    protected Deployment desired(Board board, Context<Board> context) {
      Map<String, String> labels = Map.of("board", board.getMetadata().getName());
      return new DeploymentBuilder()
          .withNewMetadata()
          .withName(board.getMetadata().getName())
          .withNamespace(board.getMetadata().getNamespace())
          .endMetadata()
          .withNewSpec()
          .withReplicas(board.getSpec().getReplicas())
          .withNewSelector()
          .withMatchLabels(labels)
          .endSelector()
          .withNewTemplate()
          .withNewMetadata()
          .withLabels(labels)
          .endMetadata()
          .withNewSpec()
          .addNewContainer()
          .withName("board")
          .withImage("pause")
          .endContainer()
          .endSpec()
          .endTemplate()
          .endSpec()
          .build();
    }
  }
}
