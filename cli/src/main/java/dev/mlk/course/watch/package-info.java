/**
 * A module watched while its learner works: {@link dev.mlk.course.watch.Watch} verifies it again on
 * every save and every change in the cluster and shows page, ticks and diagnosis. What it needs of
 * the course is a {@link dev.mlk.course.watch.Lesson}.
 */
package dev.mlk.course.watch;
