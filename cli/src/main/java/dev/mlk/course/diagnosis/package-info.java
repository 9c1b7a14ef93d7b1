/**
 * Says why a check fails: {@link dev.mlk.course.diagnosis.Diagnosis} finds the root cause, so that
 * the first line names it.
 */
package dev.mlk.course.diagnosis;
