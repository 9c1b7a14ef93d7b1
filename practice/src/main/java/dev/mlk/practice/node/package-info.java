/**
 * The node agent: registers the practice cluster's nodes and runs the pods that are bound to them,
 * as kubelet, kube-proxy and device plugin do on a real node. Containers are processes of this
 * machine, or mere timers for simulated images; GPUs are simulated and say so.
 *
 * <p>It is an ordinary API client and acts for the nodes that it made and no others. {@link
 * dev.mlk.practice.node.NodeAgent} is the door, {@link dev.mlk.practice.node.NodeConfig} what it is
 * told.
 */
package dev.mlk.practice.node;
