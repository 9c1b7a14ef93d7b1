package dev.mlk.practice.node;

/**
 * What a running container uses, for {@code metrics.k8s.io}.
 *
 * @param node the node that it runs on
 * @param namespace its pod's namespace
 * @param pod its pod's name
 * @param container its name
 * @param usage what it uses
 */
public record ContainerUsage(
    String node, String namespace, String pod, String container, Usage usage) {}
