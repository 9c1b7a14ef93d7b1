/**
 * Logs of containers: files in the format of the container runtime interface, rotated by size, and
 * streams that read them with the options of {@code kubectl logs}.
 *
 * <p>{@link dev.mlk.practice.node.log.ContainerLog} is the door.
 */
package dev.mlk.practice.node.log;
