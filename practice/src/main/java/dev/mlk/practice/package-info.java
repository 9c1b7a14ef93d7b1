/**
 * The practice cluster: a Kubernetes in one process. The door is {@link
 * dev.mlk.practice.PracticeCluster}.
 */
package dev.mlk.practice;
