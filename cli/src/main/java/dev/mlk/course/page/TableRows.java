package dev.mlk.course.page;

import dev.mlk.console.Columns;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.node.Node;

/**
 * A table that fits: cells wrap in their columns; where not even their longest words fit beside
 * each other, each row becomes a list of its fields.
 */
final class TableRows {
  private static final int GAP = 2;

  /** A word longer than this may be broken for the table's sake. */
  private static final int LONG_WORD = 18;

  private record Cell(List<Piece> pieces, TableCell.Alignment alignment, int word, int natural) {}

  private final Sheet sheet;
  private final int width;

  TableRows(Sheet sheet, int width) {
    this.sheet = sheet;
    this.width = width;
  }

  List<Row> of(TableBlock table) {
    List<List<Cell>> head = new ArrayList<>();
    List<List<Cell>> body = new ArrayList<>();
    for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
      boolean header = part instanceof TableHead;
      for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
        (header ? head : body).add(cells(row, header ? Look.PLAIN.asStrong() : Look.PLAIN));
      }
    }
    List<List<Cell>> all = new ArrayList<>(head);
    all.addAll(body);
    int columns = all.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = widths(all, columns);
    return widths.length == 0 ? records(head, body) : grid(head, body, widths);
  }

  private List<Cell> cells(Node row, Look look) {
    List<Cell> cells = new ArrayList<>();
    for (Node node = row.getFirstChild(); node != null; node = node.getNext()) {
      List<Piece> pieces = Inlines.of(node, sheet, look);
      int[] extent = Wrap.extent(pieces, sheet);
      TableCell.Alignment alignment = node instanceof TableCell cell ? cell.getAlignment() : null;
      cells.add(new Cell(pieces, alignment, Math.min(LONG_WORD, extent[0]), extent[1]));
    }
    return cells;
  }

  /** The width of each column; none where the table cannot fit. */
  private int[] widths(List<List<Cell>> rows, int columns) {
    int[] widths = new int[columns];
    int[] least = new int[columns];
    for (List<Cell> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).natural);
        least[i] = Math.max(least[i], row.get(i).word);
      }
    }
    int excess = (columns - 1) * GAP - width;
    for (int one : widths) {
      excess += one;
    }
    for (; excess > 0; excess--) {
      int widest = -1;
      for (int i = 0; i < columns; i++) {
        if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        return new int[0];
      }
      widths[widest]--;
    }
    return widths;
  }

  private List<Row> grid(List<List<Cell>> head, List<List<Cell>> body, int[] widths) {
    List<Row> rows = new ArrayList<>();
    head.forEach(row -> rows.addAll(row(row, widths)));
    String dash = sheet.console().unicode() ? "─" : "-";
    List<String> rule = new ArrayList<>();
    for (int one : widths) {
      rule.add(dash.repeat(Math.max(1, one)));
    }
    rows.add(Row.of(sheet.paint(Look.QUIET, String.join(" ".repeat(GAP), rule))));
    body.forEach(row -> rows.addAll(row(row, widths)));
    return rows;
  }

  private List<Row> row(List<Cell> cells, int[] widths) {
    List<List<String>> columns = new ArrayList<>();
    List<List<Integer>> used = new ArrayList<>();
    int height = 1;
    for (int i = 0; i < cells.size(); i++) {
      List<Piece> pieces = cells.get(i).pieces;
      columns.add(Wrap.lines(pieces, sheet, widths[i], true));
      used.add(columns.get(i).stream().map(Columns::seen).toList());
      height = Math.max(height, columns.get(i).size());
    }
    List<Row> rows = new ArrayList<>();
    for (int line = 0; line < height; line++) {
      var text = new StringBuilder();
      int missing = 0;
      for (int i = 0; i < cells.size(); i++) {
        boolean there = line < columns.get(i).size();
        int room = widths[i] - (there ? used.get(i).get(line) : 0);
        int before =
            cells.get(i).alignment == null
                ? 0
                : switch (cells.get(i).alignment) {
                  case LEFT -> 0;
                  case CENTER -> room / 2;
                  case RIGHT -> room;
                };
        if (there) {
          text.append(" ".repeat(missing + before)).append(columns.get(i).get(line));
          missing = 0;
        } else {
          missing += before;
        }
        missing += room - before + GAP;
      }
      rows.add(Row.of(text.toString()));
    }
    return rows;
  }

  private List<Row> records(List<List<Cell>> head, List<List<Cell>> body) {
    List<Cell> names = head.isEmpty() ? List.of() : head.getFirst();
    List<Row> rows = new ArrayList<>();
    for (List<Cell> cells : body) {
      if (!rows.isEmpty()) {
        rows.add(Row.EMPTY);
      }
      for (int i = 0; i < cells.size(); i++) {
        List<Piece> pieces = new ArrayList<>();
        if (i < names.size() && !names.get(i).pieces.isEmpty()) {
          pieces.addAll(names.get(i).pieces);
          pieces.add(Piece.of(": ", Look.PLAIN.asStrong()));
        }
        pieces.addAll(cells.get(i).pieces);
        int columns = Math.min(width, sheet.textWidth());
        Wrap.lines(pieces, sheet, columns, true).forEach(line -> rows.add(Row.of(line)));
      }
    }
    return rows;
  }
}
