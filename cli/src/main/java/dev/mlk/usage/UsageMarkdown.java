package dev.mlk.usage;

import java.util.List;

/** The page as Markdown. */
final class UsageMarkdown {
  private UsageMarkdown() {}

  static String text(Bill bill) {
    UsagePage page = UsagePage.of(bill);
    var text = new StringBuilder("# " + page.title() + "\n");
    page.facts().forEach(fact -> text.append('\n').append(fact).append('\n'));
    for (UsagePage.Section table : page.tables()) {
      text.append("\n## ").append(escaped(table.title())).append("\n\n");
      if (table.rows().isEmpty()) {
        text.append("None.\n");
        continue;
      }
      line(text, table.columns());
      text.append("| ---").append(" | ---:".repeat(table.columns().size() - 1)).append(" |\n");
      table.rows().forEach(row -> line(text, row));
    }
    if (!page.notes().isEmpty()) {
      text.append("\n## Notes\n\n");
      page.notes().forEach(note -> text.append("* ").append(escaped(note)).append('\n'));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append('|');
    cells.forEach(cell -> text.append(cell.isEmpty() ? " |" : " " + escaped(cell) + " |"));
    text.append('\n');
  }

  /** Names are the users' own: they must not make a column, a tag or a picture. */
  private static String escaped(String text) {
    return text.replaceAll("([\\\\|<>`*_\\[\\]&])", "\\\\$1");
  }
}
