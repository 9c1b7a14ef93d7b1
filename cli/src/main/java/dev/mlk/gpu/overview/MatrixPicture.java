package dev.mlk.gpu.overview;

import dev.mlk.console.Console;
import dev.mlk.console.Style;
import java.util.List;

/**
 * A node's matrix of links as a table that fits 80 columns: eight GPUs beside each other.
 *
 * @param matrix the links
 */
record MatrixPicture(Matrix matrix) {
  private static final String INDENT = "  ";
  private static final int NAME = 6;
  private static final int CELL = 6;
  private static final int MOST = 8;

  void draw(StringBuilder text, Console console) {
    List<Matrix.Gpu> gpus = matrix.gpus();
    for (int from = 0; from < gpus.size(); from += MOST) {
      block(text, console, gpus.subList(from, Math.min(gpus.size(), from + MOST)));
    }
    for (String kind : matrix.kinds()) {
      Wrapped.add(text, console, INDENT + pad(kind, NAME), Matrix.words(kind), Style.PLAIN);
    }
    for (Matrix.Gpu gpu : gpus) {
      matrix
          .nearestCard(gpu)
          .ifPresent(
              card ->
                  Wrapped.add(
                      text,
                      console,
                      INDENT + pad(gpu.name(), NAME),
                      "nearest network card: " + card,
                      Style.PLAIN));
    }
  }

  private void block(StringBuilder text, Console console, List<Matrix.Gpu> columns) {
    boolean first = columns.getFirst().equals(matrix.gpus().getFirst());
    var head = new StringBuilder(INDENT + pad("", NAME));
    columns.forEach(column -> head.append(pad(column.name(), CELL)));
    text.append((head + (first ? "NUMA  CPUS" : "")).stripTrailing()).append('\n');
    for (Matrix.Gpu row : matrix.gpus()) {
      var line = new StringBuilder(INDENT + pad(row.name(), NAME));
      for (Matrix.Gpu column : columns) {
        boolean self = column.name().equals(row.name());
        line.append(pad(self ? "-" : row.links().getOrDefault(column.name(), "?"), CELL));
      }
      if (first) {
        line.append(pad(row.numa().isEmpty() ? "?" : row.numa(), CELL));
        int room = console.forEyes() ? console.width() - line.length() : Integer.MAX_VALUE;
        line.append(row.cpus().length() <= room ? row.cpus() : row.cpus().substring(0, room));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
