package dev.mlk.usage;

import java.util.List;

/** The page as HTML that needs nothing else: no script, no font, no picture. */
final class UsageHtml {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>%1$s</title>
      <style>
      body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
      table { border-collapse: collapse; }
      th, td { padding: 0.25em 0.75em; border-bottom: 1px solid #ccc; text-align: right; }
      th:first-child, td:first-child { text-align: left; }
      tr.total { font-weight: bold; }
      </style>
      </head>
      <body>
      <h1>%1$s</h1>
      """;

  private UsageHtml() {}

  static String text(Bill bill) {
    UsagePage page = UsagePage.of(bill);
    var text = new StringBuilder(HEAD.replace("%1$s", escaped(page.title())));
    page.facts().forEach(fact -> text.append("<p>").append(escaped(fact)).append("</p>\n"));
    for (UsagePage.Section table : page.tables()) {
      text.append("<h2>").append(escaped(table.title())).append("</h2>\n");
      if (table.rows().isEmpty()) {
        text.append("<p>None.</p>\n");
        continue;
      }
      text.append("<table>\n<thead>\n");
      row(text, table.columns(), "th", "<tr>");
      text.append("</thead>\n<tbody>\n");
      for (List<String> row : table.rows()) {
        row(text, row, "td", row.getFirst().equals("total") ? "<tr class=\"total\">" : "<tr>");
      }
      text.append("</tbody>\n</table>\n");
    }
    if (!page.notes().isEmpty()) {
      text.append("<h2>Notes</h2>\n<ul>\n");
      page.notes().forEach(note -> text.append("<li>").append(escaped(note)).append("</li>\n"));
      text.append("</ul>\n");
    }
    return text.append("</body>\n</html>\n").toString();
  }

  private static void row(StringBuilder text, List<String> cells, String tag, String start) {
    text.append(start);
    for (String cell : cells) {
      text.append('<').append(tag).append('>').append(escaped(cell));
      text.append("</").append(tag).append('>');
    }
    text.append("</tr>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
