/**
 * What event files say, kept in bounded memory: {@link dev.mlk.board.data.Logs} reads the log
 * folders of a name again and again.
 */
package dev.mlk.board.data;
