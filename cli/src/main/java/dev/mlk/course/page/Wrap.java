package dev.mlk.course.page;

import dev.mlk.console.Columns;
import java.util.ArrayList;
import java.util.List;

/**
 * Breaks pieces of text into lines of a width. Lines break at blanks, and around wide characters.
 */
final class Wrap {
  /** What is not broken: pieces without a blank between them. */
  private record Word(List<Piece> parts, boolean spaced, boolean last) {
    int columns() {
      int columns = 0;
      for (Piece part : parts) {
        columns += Columns.of(part.text());
      }
      return columns;
    }
  }

  private final Sheet sheet;
  private final int width;
  private final boolean hard;
  private final List<Word> words = new ArrayList<>();
  private final List<Piece> open = new ArrayList<>();
  private boolean spaced;

  private final List<String> lines = new ArrayList<>();
  private final List<Piece> line = new ArrayList<>();
  private int used;

  private Wrap(Sheet sheet, int width, boolean hard) {
    this.sheet = sheet;
    this.width = Math.max(1, width);
    this.hard = hard;
  }

  /**
   * The lines of the pieces.
   *
   * @param hard whether even a word is broken where it is wider than a line; else it stands out
   */
  static List<String> lines(List<Piece> pieces, Sheet sheet, int width, boolean hard) {
    Wrap wrap = new Wrap(sheet, width, hard);
    pieces.forEach(wrap::split);
    wrap.close(false);
    wrap.words.forEach(wrap::place);
    if (!wrap.line.isEmpty()) {
      wrap.end();
    }
    return wrap.lines;
  }

  /** The columns of the widest word and of all in one line. */
  static int[] extent(List<Piece> pieces, Sheet sheet) {
    Wrap wrap = new Wrap(sheet, 1, false);
    pieces.forEach(wrap::split);
    wrap.close(false);
    int widest = 0;
    int all = 0;
    int longest = 0;
    for (Word word : wrap.words) {
      int columns = word.columns();
      widest = Math.max(widest, columns);
      all += columns + (all > 0 && word.spaced ? 1 : 0);
      longest = Math.max(longest, all);
      if (word.last) {
        all = 0;
      }
    }
    return new int[] {widest, longest};
  }

  private void split(Piece piece) {
    String text = piece.text();
    if (text.equals("\n")) {
      close(true);
      return;
    }
    if (piece.whole()) {
      open.add(piece);
      return;
    }
    int start = 0;
    for (int i = 0; i < text.length(); ) {
      int next = i + Columns.length(text, i);
      boolean blank = Character.isWhitespace(text.charAt(i)) && text.charAt(i) != '\u00A0';
      boolean wide = !blank && Columns.at(text, i) == 2;
      if (blank || wide) {
        take(piece, start, i);
        close(false);
        start = next;
      }
      if (blank) {
        spaced = true;
      } else if (wide) {
        take(piece, i, next);
        close(false);
      }
      i = next;
    }
    take(piece, start, text.length());
  }

  private void take(Piece piece, int from, int to) {
    if (to > from) {
      open.add(Piece.of(piece.text().substring(from, to), piece.look()));
    }
  }

  private void close(boolean last) {
    if (!open.isEmpty() || last) {
      words.add(new Word(List.copyOf(open), spaced, last));
      open.clear();
      spaced = false;
    }
  }

  private void place(Word word) {
    int columns = word.columns();
    boolean gap = word.spaced && !line.isEmpty() && !word.parts.isEmpty();
    if (!line.isEmpty() && used + (gap ? 1 : 0) + columns > width) {
      end();
      gap = false;
    }
    if (gap) {
      Look before = line.getLast().look();
      boolean goesOn = word.parts.getFirst().look().equals(before);
      line.add(Piece.of(" ", goesOn ? before : Look.PLAIN));
      used++;
    }
    for (Piece part : word.parts) {
      put(part);
    }
    if (word.last) {
      end();
    }
  }

  private void put(Piece part) {
    String text = part.text();
    int from = 0;
    while (hard && used + Columns.of(text.substring(from)) > width) {
      if (used > 0 && used + Columns.at(text, from) > width) {
        end();
        continue;
      }
      int end = Columns.fitting(text, from, width - used);
      line.add(Piece.of(text.substring(from, end), part.look()));
      end();
      from = end;
    }
    if (from < text.length()) {
      line.add(Piece.of(text.substring(from), part.look()));
      used += Columns.of(text.substring(from));
    }
  }

  private void end() {
    var text = new StringBuilder();
    for (int i = 0; i < line.size(); ) {
      Look look = line.get(i).look();
      var same = new StringBuilder();
      while (i < line.size() && line.get(i).look().equals(look)) {
        same.append(line.get(i).text());
        i++;
      }
      text.append(sheet.paint(look, same.toString()));
    }
    lines.add(text.toString());
    line.clear();
    used = 0;
  }
}
