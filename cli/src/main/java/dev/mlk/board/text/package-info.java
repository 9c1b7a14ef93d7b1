/** Curves in a terminal: {@link dev.mlk.board.text.TextCurves}. */
package dev.mlk.board.text;
