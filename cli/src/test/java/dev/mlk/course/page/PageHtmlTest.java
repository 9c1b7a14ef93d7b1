package dev.mlk.course.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Pages of strangers in a browser. */
final class PageHtmlTest {
  private static String html(String markdown) {
    return PageHtml.of(markdown, "/pictures/");
  }

  @Test
  void htmlOfThePageIsText() {
    assertThat(html("<script>alert(1)</script>\n\nx <img src=x onerror=alert(1)> y\n"))
        .doesNotContain("<script", "<img")
        .contains("&lt;script&gt;", "&lt;img src=x");
    assertThat(html("a <!-- inside --> b\n\n<!-- block -->\n")).doesNotContain("inside", "block");
  }

  @Test
  void linksLeadToTheWebOnly() {
    assertThat(html("[a](javascript:alert(1)) [b](data:text/html,x) [c](JavaScript:alert(1))"))
        .doesNotContainIgnoringCase("javascript:")
        .doesNotContain("data:");
    assertThat(html("[a](https://example.org/) [b](#step-3.1)"))
        .contains("href=\"https://example.org/\"", "noopener", "href=\"#step-3.1\"");
  }

  @Test
  void picturesComeFromTheModulesFolder() {
    assertThat(html("![a](nodes.svg)")).contains("src=\"/pictures/nodes.svg\"", "alt=\"a\"");
    assertThat(html("![a](https://example.org/x.png) ![b](../../secret.png) ![c](//evil/x.png)"))
        .doesNotContain("example.org", "secret", "evil");
  }

  @Test
  void sectionsAreNamedAfterTheirSteps() {
    assertThat(html("## 3.3 Ask for one GPU\n\n## Debrief\n"))
        .contains("<h2 id=\"step-3.3\">3.3 Ask for one GPU</h2>", "<h2>Debrief</h2>");
  }

  @Test
  void tablesAreTables() {
    assertThat(html("| a | b |\n|---|--:|\n| 1 | 2 |\n")).contains("<table>", "<th>a</th>");
  }
}
