/**
 * The real control plane of Kubernetes as processes of this machine, and what stands between it and
 * the rest of a practice cluster: the owner's socket, and the kubelets' side of logs, exec and
 * port-forward. {@link dev.mlk.practice.KubernetesCluster} puts them together.
 */
package dev.mlk.practice.kubernetes;
