/**
 * The board in a browser of this machine: {@link dev.mlk.board.web.BoardServer} serves a page, what
 * the page asks for ({@code /api}), and the data of TensorBoard's scalars plugin as TensorBoard
 * serves it ({@code /data}).
 */
package dev.mlk.board.web;
