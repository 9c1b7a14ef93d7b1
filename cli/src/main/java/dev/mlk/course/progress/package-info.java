/** How far a learner is: {@link dev.mlk.course.progress.ProgressStore} keeps it on disk. */
package dev.mlk.course.progress;
