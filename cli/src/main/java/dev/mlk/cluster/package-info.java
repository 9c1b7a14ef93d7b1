/**
 * The practice cluster as a background process of this machine: {@link
 * dev.mlk.cluster.PracticeClusters} finds and starts it, the {@code mlk cluster} commands do the
 * rest.
 */
package dev.mlk.cluster;
