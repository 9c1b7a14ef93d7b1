/**
 * The {@code mlk gpu} commands. {@code gpu top}: {@link dev.mlk.gpu.overview.SnapshotReader} reads
 * once what is there, {@link dev.mlk.gpu.overview.Demand} says what waits and why, {@link
 * dev.mlk.gpu.overview.TopView} shows it.
 */
package dev.mlk.gpu.overview;
