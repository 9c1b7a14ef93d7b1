/**
 * Puts pods on nodes, as kube-scheduler does and in its words: an ordinary API client that works
 * with any API server. {@link dev.mlk.practice.scheduler.Scheduler} is the door.
 *
 * <p>One thread decides, pod after pod and the most important first, on a picture of the cluster
 * ({@code ClusterState}) that informers keep current: {@code Placement} asks {@code Filters} for
 * each node, {@code Scoring} picks the best, {@code Preemption} looks for pods to evict when none
 * fits. What was decided is written by virtual threads ({@code Writer}); the picture counts on it
 * at once.
 */
package dev.mlk.practice.scheduler;
