package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of a module in Chromium, while its learner works. */
@Tag("slow")
final class ModulePageIT {
  private static String word(String step) {
    return "document.getElementById('verdict-%s')?.querySelector('.word').textContent"
        .formatted(step);
  }

  @Test
  void verdictsStandUnderTheirStepsAndFollowWhatIsDone() throws Exception {
    try (Mlk mlk = new Mlk();
        WebBrowser browser = WebBrowser.start()) {
      mlk.set("MLK_WORKSHOP", mlk.home().resolve("work").toString());
      mlk.ok("cluster", "start");
      mlk.ok("module", "start", "module-3");
      try (Mlk.Running page = mlk.start("watch", "module-3", "--web")) {
        page.awaitOut(
            "its address", out -> out.startsWith("http://127.0.0.1:") && out.endsWith("\n"));
        browser.looks(false, 1280);
        browser.open(page.out().strip());
        browser.await(word("3.1") + " === '· not yet'");
        assertThat(browser.value("location.href").asString()).doesNotContain("token");
        for (String answer : List.of("gpus 3", "gpu-nodes 3", "most 1")) {
          // Not 0 as long as others of the step have no answer.
          mlk.mayFail(("answer " + answer).split(" ", -1));
        }
        browser.await(word("3.1") + " === '✓ passed'");
        browser.await("document.getElementById('progress').textContent.startsWith('1 of 6')");
        browser.picture(mlk, "workshop-page");
        browser.type("body", "n");
        browser.await("document.activeElement.id === 'step-3.2'");
        browser.looks(true, 480);
        browser.await("document.documentElement.scrollWidth <= window.innerWidth");
        browser.picture(mlk, "workshop-page-narrow");
        // Browsers ask for a picture of the site by themselves; there is none.
        assertThat(browser.complaints()).allMatch(said -> said.contains("/favicon.ico"));
        page.process().toHandle().destroy();
        browser.await("document.getElementById('state').textContent.includes('mlk has ended')");
      }
    }
  }
}
