/**
 * Probes of containers and what hooks do: commands, HTTP requests, connections.
 *
 * <p>{@link dev.mlk.practice.node.probe.Probe} says what to do and when, {@link
 * dev.mlk.practice.node.probe.ProbeAction} does it.
 */
package dev.mlk.practice.node.probe;
