package dev.mlk.course;

/**
 * The object of a step that runs pods.
 *
 * @param kind such as {@code Job}
 * @param name its name
 * @param file the learner's manifest of it; empty when there is none
 */
public record Workload(String kind, String name, String file) {}
