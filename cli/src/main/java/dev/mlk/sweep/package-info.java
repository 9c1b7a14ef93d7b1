/**
 * Sweeps: many trials of one training job, each with other parameters. The commands are here; what
 * may be tried is in {@code space}, what is tried next in {@code search}, what the cluster keeps in
 * {@code store}, one trial in {@code trial}, the loop in {@code run}, what came out in {@code
 * report}.
 */
package dev.mlk.sweep;
