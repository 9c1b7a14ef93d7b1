/**
 * Verifies steps against the live cluster: {@link dev.mlk.course.verify.Workshop} is a learner's
 * workshop on one cluster, {@link dev.mlk.course.verify.Verifier} judges a step.
 */
package dev.mlk.course.verify;
