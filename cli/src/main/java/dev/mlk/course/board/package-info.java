/**
 * The instructor's board: learners who have joined note in their own namespaces where they are
 * ({@link dev.mlk.course.board.Presence}), and {@code mlk board} reads the notes of all.
 */
package dev.mlk.course.board;
