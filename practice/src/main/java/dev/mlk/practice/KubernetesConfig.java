package dev.mlk.practice;

import dev.mlk.practice.kubernetes.Programs;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How to start a cluster with the real control plane.
 *
 * @param name the cluster's name, as the kubeconfig's context has it
 * @param folder the cluster's private folder; made when it is not there
 * @param port the TLS port on loopback, 0 for the one of the last start or any free one
 * @param programs the programs of the control plane
 * @param parts who controls and schedules
 * @param clock the time
 * @param progress is told in a sentence how far the start has come
 */
public record KubernetesConfig(
    String name,
    Path folder,
    int port,
    Programs programs,
    Parts parts,
    InstantSource clock,
    Consumer<String> progress) {
  /** Whose controllers and scheduler run on the API server. */
  public enum Parts {
    /** kube-controller-manager and kube-scheduler. */
    KUBERNETES,
    /** This project's own, as in a {@link PracticeCluster}. */
    OWN,
    /** Nobody: etcd and the API server alone, where pods need no service account. */
    NONE
  }

  public KubernetesConfig {
    Objects.requireNonNull(name, "name");
    folder = folder.toAbsolutePath().normalize();
    Objects.requireNonNull(programs, "programs");
    Objects.requireNonNull(progress, "progress");
  }
}
