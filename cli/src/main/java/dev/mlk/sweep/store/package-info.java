/** What the cluster keeps of a sweep: a ConfigMap with its specification and every trial. */
package dev.mlk.sweep.store;
