/** Sweeps that others run: TFJobs with the label mlk.dev/sweep, as a Helm chart renders them. */
package dev.mlk.sweep.labelled;
