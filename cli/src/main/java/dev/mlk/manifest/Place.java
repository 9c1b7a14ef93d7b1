package dev.mlk.manifest;

/**
 * A place in a file, counted from one as editors do.
 *
 * @param file the file's name as the user gave it, {@code -} for standard input
 * @param line the line; 0 when the finding is about the whole file
 * @param column the column in characters
 */
public record Place(String file, int line, int column) {
  /** The file as a whole. */
  public static Place of(String file) {
    return new Place(file, 0, 0);
  }

  /** {@code mnist.yaml:12:7}, which terminals and editors make a link of. */
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
