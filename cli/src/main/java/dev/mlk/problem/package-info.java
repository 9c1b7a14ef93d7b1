/**
 * What can go wrong for a user, as a closed family: {@link dev.mlk.problem.Problem}, each with the
 * {@link dev.mlk.problem.ExitCode} that tells a script about it.
 */
package dev.mlk.problem;
