/**
 * Logs of a cluster that does not run on this machine: {@link dev.mlk.board.pod.TensorBoardRun}
 * brings TensorBoard to the claim or object store where they are, {@link
 * dev.mlk.board.pod.PodFiles} fetches what is in a pod only.
 */
package dev.mlk.board.pod;
