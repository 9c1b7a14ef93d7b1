/**
 * What a container finds in its environment: variables from literals, references, the pod itself
 * and the Services around it.
 *
 * <p>{@link dev.mlk.practice.node.environment.ContainerEnvironment} is the door.
 */
package dev.mlk.practice.node.environment;
