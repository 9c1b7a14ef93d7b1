package dev.mlk.course.web;

import dev.mlk.course.page.PageHtml;
import dev.mlk.course.watch.Lesson;
import dev.mlk.course.watch.Tick;
import dev.mlk.format.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The page as HTML, and how the module stands as JSON. */
final class PageDocument {
  private PageDocument() {}

  /** The whole page; ticks are put into it by its script as they come. */
  static String html(Lesson lesson) {
    String title = escaped(lesson.name() + ": " + lesson.title());
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%TITLE%</title>
    <link rel="stylesheet" href="/page.css">
    <script src="/page.js" defer></script>
    </head>
    <body>
    <a class="skip" href="#page">To the page</a>
    <nav aria-label="Steps">
    <p class="title">%TITLE%</p>
    <p id="progress"></p>
    <progress id="bar" max="1" value="0" aria-label="Steps passed"></progress>
    <ol id="steps"></ol>
    <p class="keys"><kbd>n</kbd> next open step, <kbd>t</kbd> top</p>
    <p id="state" role="status">connecting</p>
    </nav>
    <main id="page" tabindex="-1">
    %BODY%
    </main>
    </body>
    </html>
    """
        .replace("%TITLE%", title)
        .replace("%BODY%", PageHtml.of(lesson.page(), "/pictures/"));
  }

  /** How the module stands, in one line. */
  static String state(Lesson lesson, Lesson.Standing standing, boolean busy) {
    ObjectNode state = Json.object();
    state.put("module", lesson.name());
    state.put("minutes", lesson.minutes());
    state.put("spent", standing.spent().toMinutes());
    state.put("passed", standing.passed());
    state.put("complete", standing.complete());
    state.put("busy", busy);
    ArrayNode steps = state.putArray("steps");
    for (Tick tick : standing.ticks()) {
      ObjectNode step = steps.addObject();
      step.put("step", tick.step()).put("title", tick.title());
      step.put("mark", tick.mark().word()).put("sign", tick.mark().sign(true));
      if (!tick.said().equals(Tick.Said.NOTHING)) {
        Tick.Said said = tick.said();
        step.put("code", said.code()).put("seen", said.seen()).put("expected", said.expected());
        step.put("why", said.why()).put("next", said.next());
      }
    }
    return Json.writeLine(state);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
