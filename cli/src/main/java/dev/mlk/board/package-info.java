/**
 * Curves for eyes: {@code mlk tensorboard}. {@code data} keeps what event files say, {@code text}
 * draws it in the terminal, {@code web} serves it to a browser of this machine, and {@code pod}
 * brings TensorBoard itself to where the files of another cluster are.
 */
package dev.mlk.board;
