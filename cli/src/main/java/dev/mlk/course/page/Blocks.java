package dev.mlk.course.page;

import dev.mlk.console.Columns;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;

/** The blocks of a page as rows, with an empty row between two. */
final class Blocks {
  private static final String FENCE = "```";

  private final Sheet sheet;

  Blocks(Sheet sheet) {
    this.sheet = sheet;
  }

  /** All blocks below a node, in so many columns. */
  List<Row> below(Node parent, int width) {
    return below(parent, width, false);
  }

  private List<Row> below(Node parent, int width, boolean tight) {
    List<Row> rows = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      List<Row> block = block(node, width);
      if (!rows.isEmpty() && !block.isEmpty() && !(tight && close(node))) {
        rows.add(Row.EMPTY);
      }
      rows.addAll(block);
    }
    return rows;
  }

  /** In a tight list only code keeps its distance. */
  private static boolean close(Node node) {
    return !code(node) && !code(node.getPrevious());
  }

  private static boolean code(Node node) {
    return node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock;
  }

  private List<Row> block(Node node, int width) {
    return switch (node) {
      case Heading heading -> heading(heading, width);
      case Paragraph paragraph -> text(Inlines.of(paragraph, sheet, Look.PLAIN), width);
      case FencedCodeBlock code -> code(code.getLiteral(), language(code.getInfo()), width);
      case IndentedCodeBlock code -> code(code.getLiteral(), "", width);
      case BulletList list -> list(list, width);
      case OrderedList list -> list(list, width);
      case BlockQuote quote -> quote(quote, width);
      case TableBlock table -> new TableRows(sheet, width).of(table);
      case ThematicBreak _ ->
          List.of(
              Row.of(sheet.paint(Look.QUIET, dash().repeat(Math.min(width, sheet.textWidth())))));
      case HtmlBlock html ->
          Markdown.comment(html.getLiteral()) ? List.of() : code(html.getLiteral(), "", width);
      case LinkReferenceDefinition _ -> List.of();
      default -> below(node, width);
    };
  }

  private String dash() {
    return sheet.console().unicode() ? "─" : "-";
  }

  private static String language(String info) {
    String text = info == null ? "" : info.strip();
    int blank = text.indexOf(' ');
    return blank < 0 ? text : text.substring(0, blank);
  }

  private List<Row> text(List<Piece> pieces, int width) {
    int columns = Math.min(width, sheet.textWidth());
    List<Row> rows = new ArrayList<>();
    Wrap.lines(pieces, sheet, columns, sheet.boxed()).forEach(line -> rows.add(Row.of(line)));
    return rows;
  }

  private List<Row> heading(Heading heading, int width) {
    Look look = heading.getLevel() > 2 ? Look.PLAIN.asStrong().asEmphasis() : Look.PLAIN.asStrong();
    List<Row> rows = text(Inlines.of(heading, sheet, look), width);
    String words = Inlines.words(heading);
    if (!rows.isEmpty()) {
      rows.set(0, new Row(rows.getFirst().text(), false, words));
    }
    if (!sheet.colour() && heading.getLevel() <= 2) {
      int line = Math.min(Columns.of(words), Math.min(width, sheet.textWidth()));
      rows.add(Row.of((heading.getLevel() == 1 ? "=" : "-").repeat(line)));
    }
    return rows;
  }

  /** As typed, from the first column on; fences show its ends where colours do not. */
  private List<Row> code(String literal, String language, int width) {
    List<Row> rows = new ArrayList<>();
    if (!sheet.colour() && !sheet.boxed()) {
      rows.add(Row.typed(FENCE + language));
    }
    boolean session = language.equals("console");
    for (String line : Clean.text(literal).stripTrailing().split("\n", -1)) {
      if (sheet.boxed()) {
        boxed(line.replace("\t", "    "), session, width, rows);
      } else {
        rows.add(Row.typed(code(line, session)));
      }
    }
    if (!sheet.colour() && !sheet.boxed()) {
      rows.add(Row.typed(FENCE));
    }
    return rows;
  }

  private void boxed(String line, boolean session, int width, List<Row> rows) {
    int from = 0;
    do {
      int end = line.isEmpty() ? 0 : Columns.fitting(line, from, width);
      boolean command = session && line.startsWith("$ ");
      rows.add(
          Row.of(
              from == 0
                  ? code(line.substring(0, end), session)
                  : paint(line.substring(from, end), command, session)));
      from = end;
    } while (from < line.length());
  }

  /** Of a session in a shell, what is to be typed stands out from what is printed. */
  private String code(String line, boolean session) {
    return session && line.startsWith("$ ")
        ? sheet.paint(Look.QUIET, "$ ") + paint(line.substring(2), true, true)
        : paint(line, false, session);
  }

  private String paint(String text, boolean command, boolean session) {
    if (!session) {
      return sheet.paint(Look.PLAIN.asCode(), text);
    }
    return command ? sheet.paint(Look.PLAIN.asStrong().asCode(), text) : text;
  }

  private List<Row> list(ListBlock list, int width) {
    List<Row> rows = new ArrayList<>();
    int number = start(list);
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      if (!rows.isEmpty() && !list.isTight()) {
        rows.add(Row.EMPTY);
      }
      String marker = bullet();
      if (list instanceof OrderedList) {
        marker = number++ + ". ";
      }
      rows.addAll(item(item, marker, width, list.isTight()));
    }
    return rows;
  }

  private static int start(ListBlock list) {
    Integer written = list instanceof OrderedList ordered ? ordered.getMarkerStartNumber() : null;
    return written == null ? 1 : written;
  }

  private String bullet() {
    return sheet.console().unicode() ? "• " : "* ";
  }

  private List<Row> item(Node item, String marker, int width, boolean tight) {
    String indent = " ".repeat(Columns.of(marker));
    List<Row> rows = new ArrayList<>();
    for (Row row : below(item, Math.max(1, width - indent.length()), tight)) {
      if (rows.isEmpty() && row.typed()) {
        rows.add(Row.of(marker.strip()));
      }
      rows.add(row.behind(rows.isEmpty() ? marker : indent));
    }
    if (rows.isEmpty()) {
      rows.add(Row.of(marker.strip()));
    }
    return rows;
  }

  private List<Row> quote(BlockQuote quote, int width) {
    String bar = sheet.paint(Look.QUIET, sheet.console().unicode() ? "│" : ">") + " ";
    List<Row> rows = new ArrayList<>();
    for (Row row : below(quote, Math.max(1, width - 2))) {
      rows.add(row.behind(bar));
    }
    return rows;
  }
}
