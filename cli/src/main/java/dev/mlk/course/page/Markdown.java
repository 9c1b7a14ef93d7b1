package dev.mlk.course.page;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;

/** The one way in which pages are parsed: CommonMark with tables. */
final class Markdown {
  /** Blocks within blocks; a page of somebody else's must not exhaust the stack. */
  private static final int DEEPEST = 30;

  private Markdown() {}

  static Node parse(String text) {
    return Parser.builder()
        .extensions(List.of(TablesExtension.create()))
        .maxOpenBlockParsers(DEEPEST)
        .build()
        .parse(text);
  }

  /** Whether raw HTML is a comment, which nobody is meant to see. */
  static boolean comment(String html) {
    return html.strip().startsWith("<!--");
  }
}
