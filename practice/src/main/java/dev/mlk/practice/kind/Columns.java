package dev.mlk.practice.kind;

import dev.mlk.practice.kind.KindRules.Column;
import java.util.ArrayList;
import java.util.List;

/** Builds a table's columns in order. */
final class Columns {
  private final List<Column> columns = new ArrayList<>();

  /** Begins with the column that every table has first. */
  static Columns named() {
    Columns columns = new Columns();
    columns.columns.add(new Column("Name", "string", "name", "the object's name", 0));
    return columns;
  }

  static Columns empty() {
    return new Columns();
  }

  /** Columns of text that are always shown. */
  Columns text(String... names) {
    return add("string", 0, names);
  }

  /** Columns of whole numbers that are always shown. */
  Columns number(String... names) {
    return add("integer", 0, names);
  }

  /** Columns of flags that are always shown. */
  Columns flag(String... names) {
    return add("boolean", 0, names);
  }

  /** Columns of text for wide output only. */
  Columns wide(String... names) {
    return add("string", 1, names);
  }

  Columns age() {
    return text("Age");
  }

  Columns column(Column column) {
    columns.add(column);
    return this;
  }

  List<Column> list() {
    return List.copyOf(columns);
  }

  private Columns add(String type, int priority, String... names) {
    for (String name : names) {
      columns.add(new Column(name, type, "", "", priority));
    }
    return this;
  }
}
