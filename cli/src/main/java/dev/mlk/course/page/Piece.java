package dev.mlk.course.page;

/**
 * Text of one look.
 *
 * @param text what it says; a line feed by itself ends the line
 * @param look how
 * @param whole whether it must not be broken at its blanks
 */
record Piece(String text, Look look, boolean whole) {
  static Piece of(String text, Look look) {
    return new Piece(text, look, false);
  }
}
