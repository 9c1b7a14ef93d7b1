package dev.mlk.practice;

import dev.mlk.kube.Informers;
import dev.mlk.kube.Transport;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.node.NodeConfig;
import java.nio.file.Path;

/**
 * A running API server with its controllers and scheduler, on which a node agent and operators can
 * be started: {@link PracticeCluster} within this process, {@link KubernetesCluster} as the real
 * programs.
 */
public interface ControlPlane extends AutoCloseable {
  /** The way to the API from within the process, with the owner's rights. */
  Transport transport();

  /** Informers for others in this process to share; they close with the control plane. */
  Informers informers();

  /** The owner's kubeconfig; it is also in the cluster's folder. */
  String kubeconfig();

  /** The owner's Unix socket: plain HTTP, all rights. */
  Path socket();

  /** The address of the TLS listener. */
  String server();

  /** Names the node agent that runs the pods: exec, attach, port-forward and logs lead to it. */
  void podStreams(PodStreams agent);

  /** What a node agent must be told beyond its own configuration. */
  NodeConfig forNodes(NodeConfig config);

  @Override
  void close();
}
