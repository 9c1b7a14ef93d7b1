/**
 * The workshop: modules of steps, each verified against the live cluster.
 *
 * <p>{@link dev.mlk.course.CourseModule} is a lesson as its author wrote it, {@link
 * dev.mlk.course.Verdict} what is said of one check, {@link dev.mlk.course.StepVerdict} of a step.
 */
package dev.mlk.course;
