package dev.mlk.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under columns. Columns whose name starts with {@code +} show only with {@code -o wide};
 * those with {@code ~} (after the {@code +}) are cut where a terminal is too narrow for all.
 */
public final class Table {
  private final List<String> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  /** A table without rows. */
  public Table(String... columns) {
    this.columns = List.of(columns);
  }

  /** Adds a row; it has a cell for every column. */
  public Table row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for columns " + columns);
    }
    rows.add(List.of(cells));
    return this;
  }

  /** Whether there is no row. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  int size() {
    return columns.size();
  }

  /** The name to show. */
  String name(int column) {
    String name = columns.get(column);
    return name.substring((onlyWide(column) ? 1 : 0) + (mayBeCut(column) ? 1 : 0));
  }

  boolean onlyWide(int column) {
    return columns.get(column).startsWith("+");
  }

  boolean mayBeCut(int column) {
    return columns.get(column).startsWith("~", onlyWide(column) ? 1 : 0);
  }

  List<List<Cell>> rows() {
    return rows;
  }
}
