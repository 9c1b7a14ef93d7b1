/**
 * Processes of the pods: each in a session of its own and marked in its environment, so that it can
 * be ended with everything it started, and none outlives the cluster, however that ends.
 *
 * <p>{@link dev.mlk.practice.node.process.Processes} is the door.
 */
package dev.mlk.practice.node.process;
