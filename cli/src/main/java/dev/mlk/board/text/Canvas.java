package dev.mlk.board.text;

import java.util.Arrays;

/**
 * Lines on a grid of characters: eight dots a character in Braille, or one letter a character. Each
 * character belongs to the line that was drawn last.
 */
final class Canvas {
  private static final int NOBODY = -1;
  private static final char EMPTY = '\u2800';

  /** Braille's dots by row and column (Unicode, block 2800). */
  private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

  private final int columns;
  private final int rows;
  private final boolean braille;
  private final int[] dots;
  private final int[] owners;

  Canvas(int columns, int rows, boolean braille) {
    this.columns = columns;
    this.rows = rows;
    this.braille = braille;
    this.dots = new int[columns * rows];
    this.owners = new int[columns * rows];
    Arrays.fill(owners, NOBODY);
  }

  private int width() {
    return braille ? 2 * columns : columns;
  }

  private int height() {
    return braille ? 4 * rows : rows;
  }

  /** Draws from one place to another, both from 0 to 1, upwards. */
  void line(double fromX, double fromY, double toX, double toY, int owner) {
    int x = place(fromX, width());
    int y = place(1 - fromY, height());
    int endX = place(toX, width());
    int endY = place(1 - toY, height());
    int steps = Math.max(1, Math.max(Math.abs(endX - x), Math.abs(endY - y)));
    for (int i = 0; i <= steps; i++) {
      dot(
          (int) Math.round(x + (endX - x) * (double) i / steps),
          (int) Math.round(y + (endY - y) * (double) i / steps),
          owner);
    }
  }

  private static int place(double share, int size) {
    return Math.clamp(Math.round(share * (size - 1)), 0, size - 1);
  }

  private void dot(int x, int y, int owner) {
    int cell = braille ? y / 4 * columns + x / 2 : y * columns + x;
    dots[cell] |= braille ? DOTS[y % 4][x % 2] : 1;
    owners[cell] = owner;
  }

  /** Whose line is in the character; negative for nobody's. */
  int owner(int row, int column) {
    return owners[row * columns + column];
  }

  /** The character, given the letter of its owner. */
  char character(int row, int column, char letter) {
    int cell = row * columns + column;
    if (owners[cell] == NOBODY) {
      return ' ';
    }
    return braille ? (char) (EMPTY + dots[cell]) : letter;
  }
}
