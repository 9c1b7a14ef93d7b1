/**
 * A Kubernetes client for the parts of mlk that run all day or must start at once: the practice
 * cluster's controllers, scheduler and node agent, and the everyday commands.
 *
 * <p>{@link dev.mlk.kube.ApiClient} speaks the verbs of the API over a {@link
 * dev.mlk.kube.Transport}; objects are Jackson trees, exactly as the server sent them. It knows
 * nothing of commands or of the practice cluster.
 */
package dev.mlk.kube;
