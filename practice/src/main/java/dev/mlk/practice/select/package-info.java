/**
 * Which objects a selector inside an object means: {@link dev.mlk.practice.select.LabelSelector},
 * {@link dev.mlk.practice.select.NodeSelector}, {@link dev.mlk.practice.select.Tolerations}, {@link
 * dev.mlk.practice.select.PodResources}. Pure functions on trees, for scheduler, controllers and
 * node agent.
 */
package dev.mlk.practice.select;
