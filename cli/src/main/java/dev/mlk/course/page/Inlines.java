package dev.mlk.course.page;

import dev.mlk.console.Columns;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/** What stands within a paragraph, as pieces. Without colours the marks of Markdown stay. */
final class Inlines {
  /** Commands up to this are not broken: half a command does something else. */
  private static final int WHOLE_CODE = 40;

  private final Sheet sheet;
  private final List<Piece> pieces = new ArrayList<>();

  private Inlines(Sheet sheet) {
    this.sheet = sheet;
  }

  static List<Piece> of(Node parent, Sheet sheet, Look look) {
    Inlines inlines = new Inlines(sheet);
    inlines.children(parent, look);
    return inlines.pieces;
  }

  /** Just the words. */
  static String words(Node parent) {
    var text = new StringBuilder();
    words(parent, text);
    return Clean.text(text.toString());
  }

  private static void words(Node parent, StringBuilder text) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      switch (node) {
        case Text some -> text.append(some.getLiteral());
        case Code code -> text.append(code.getLiteral());
        case SoftLineBreak _, HardLineBreak _ -> text.append(' ');
        default -> words(node, text);
      }
    }
  }

  private void children(Node parent, Look look) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      switch (node) {
        case Text text -> add(text.getLiteral(), look);
        case Code code -> code(code.getLiteral(), look);
        case Emphasis _ -> marked("*", node, look.asEmphasis());
        case StrongEmphasis _ -> marked("**", node, look.asStrong());
        case SoftLineBreak _ -> add(" ", look);
        case HardLineBreak _ -> pieces.add(Piece.of("\n", look));
        case HtmlInline html -> html(html.getLiteral(), look);
        case Link link -> link(link, look);
        case Image image -> {
          add("[", look);
          children(image, look.asEmphasis());
          add("]", look);
        }
        default -> children(node, look);
      }
    }
  }

  private void add(String text, Look look) {
    pieces.add(Piece.of(Clean.text(text), look));
  }

  private void marked(String mark, Node node, Look look) {
    if (sheet.colour()) {
      children(node, look);
    } else {
      add(mark, look);
      children(node, look);
      add(mark, look);
    }
  }

  private void code(String literal, Look look) {
    String text = Clean.text(literal);
    String shown = sheet.colour() ? text : "`" + text + "`";
    pieces.add(new Piece(shown, look.asCode(), Columns.of(shown) <= WHOLE_CODE));
  }

  private void html(String literal, Look look) {
    if (literal.startsWith("<br")) {
      pieces.add(Piece.of("\n", look));
    } else if (!Markdown.comment(literal)) {
      add(literal, look);
    }
  }

  private void link(Link link, Look look) {
    String address = Clean.address(link.getDestination());
    children(link, look.asLink(address));
    // What leads to another file of the course leads nowhere from a terminal.
    if (!address.isEmpty() && !sheet.links() && !words(link).equals(address)) {
      add(" (", look);
      add(address, Look.QUIET);
      add(")", look);
    }
  }
}
