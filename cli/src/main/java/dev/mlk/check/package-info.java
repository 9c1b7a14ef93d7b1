/**
 * {@code mlk cluster check}: {@link dev.mlk.check.Facts} reads a cluster once, each {@link
 * dev.mlk.check.Check} judges what it read, and {@link dev.mlk.check.Report} shows the verdicts.
 */
package dev.mlk.check;
