package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.board.BoardSamples;
import dev.mlk.events.EventFileWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The page of {@code mlk tensorboard} in Chromium. {@code -Dmlk.screenshots=update} writes the
 * pictures of the documentation anew.
 */
@Tag("slow")
final class BoardPageIT {
  private static String address(Mlk.Running board) {
    board.awaitOut("its address", out -> out.startsWith("http://127.0.0.1:") && out.endsWith("\n"));
    return board.out().strip();
  }

  private static String lines(String tag) {
    return "(board.charts.get('" + tag + "')?.lines ?? [])";
  }

  @Test
  void curvesGrowWhileAJobTrains() throws Exception {
    try (Mlk mlk = new Mlk();
        WebBrowser browser = WebBrowser.start()) {
      mlk.ok("tfjob", "submit", "mnist", "--set", "steps=6000");
      try (Mlk.Running board = mlk.start("tensorboard", "mnist")) {
        browser.open(address(board));
        browser.await(lines("loss") + ".some(line => line.x.length > 1)");
        double first = browser.value(last("loss")).asDouble();
        browser.await(last("loss") + " > " + first);
        double second = browser.value(last("loss")).asDouble();
        assertThat(second).isLessThan(6000);
        browser.picture(mlk, "tensorboard-live");
        mlk.ok("tfjob", "wait", "mnist");
        browser.await(last("loss") + " === 6000");
        assertThat(browser.complaints()).isEmpty();
        board.process().toHandle().destroy();
        assertThat(board.end().err()).contains("The board is closed.");
      }
    }
  }

  private static String last(String tag) {
    return "Math.max(...%s.map(line => line.x.at(-1)))".formatted(lines(tag));
  }

  @Test
  void everyControlDoesWhatItSays() throws Exception {
    try (Mlk mlk = new Mlk();
        WebBrowser browser = WebBrowser.start()) {
      Path logs = BoardSamples.everything(mlk.home().resolve("logs"));
      try (Mlk.Running board = mlk.start("tensorboard", logs.toString())) {
        browser.open(address(board));
        browser.looks(false, 1280);
        browser.await(lines("loss") + ".length === 5");
        browser.picture(mlk, "tensorboard-light");
        browser.run(
            "globalThis.used = new Set();"
                + "const note = (e) => used.add(e.target.id || e.target.name || e.target.tagName);"
                + "for (const kind of ['click', 'input', 'change', 'toggle', 'keydown'])"
                + "  document.addEventListener(kind, note, true);");
        curveControls(browser);
        runControls(browser);
        chartControls(browser);
        otherPanels(browser);
        Set<String> unused = new TreeSet<>();
        for (JsonNode id :
            browser.value(
                "[...document.querySelectorAll('input[id], button[id]')]"
                    + ".map(e => e.id).filter(id => !used.has(id))")) {
          unused.add(id.asString());
        }
        assertThat(unused).as("controls that no test touches").isEmpty();
        browser.looks(true, 1280);
        browser.click("#tab-histograms");
        browser.await("document.querySelectorAll('#panel-histograms canvas').length === 3");
        browser.picture(mlk, "tensorboard-dark");
        narrow(browser);
        assertThat(browser.complaints()).isEmpty();
      }
    }
  }

  private static void curveControls(WebBrowser browser) throws Exception {
    String raw = lines("loss") + ".every(line => line.raw)";
    assertThat(browser.value(raw).asBoolean()).isTrue();
    // Home on a slider is its least value: no smoothing, and so no raw values beside.
    browser.type("#smoothing", "\uE011");
    browser.await(lines("loss") + ".every(line => !line.raw)");
    browser.type("#smoothing", "\uE014\uE014");
    browser.await(raw);
    browser.click("input[value=relative]");
    browser.await(last("loss") + " === 100 && board.charts.get('loss').axis === 'relative'");
    browser.click("input[value=wall]");
    browser.await(last("loss") + " > 1e9");
    browser.click("input[value=step]");
    browser.await(last("loss") + " === 100");
    browser.click("#logarithmic");
    browser.await("board.charts.get('loss').limitsDrawn.low < 0");
    browser.click("#logarithmic");
    browser.click("#live");
    browser.click("#live");
    browser.type("#tag-filter", "^acc");
    browser.await("document.querySelectorAll('#panel-scalars article').length === 1");
    browser.clear("#tag-filter");
    browser.run("document.getElementById('tag-filter').dispatchEvent(new Event('input'))");
    browser.await("document.querySelectorAll('#panel-scalars article').length === 2");
  }

  private static void runControls(WebBrowser browser) throws Exception {
    browser.type("#run-filter", "trial-[12]");
    browser.await(lines("loss") + ".length === 2");
    browser.type("#run-filter", "[");
    browser.await("!document.getElementById('filter-error').hidden");
    browser.clear("#run-filter");
    browser.run("document.getElementById('run-filter').dispatchEvent(new Event('input'))");
    browser.await("document.getElementById('filter-error').hidden");
    browser.click("#no-runs");
    browser.await(lines("loss") + ".length === 0");
    browser.click("#runs input[name=train]");
    browser.await(lines("loss") + ".length === 1");
    assertThat(browser.value("document.getElementById('run-count').textContent").asString())
        .isEqualTo("1 of 5");
    browser.click("#all-runs");
    browser.await(lines("loss") + ".length === 5");
  }

  private static void chartControls(WebBrowser browser) throws Exception {
    String card = "#panel-scalars article[aria-label=loss] ";
    browser.drag(card + "canvas", -40, 60);
    browser.await("board.charts.get('loss').range !== null");
    browser.await(last("loss") + " < 100");
    browser.click(card + "header button");
    browser.await(last("loss") + " === 100");
    browser.type(card + "canvas", "\uE014\uE014");
    browser.await(
        "document.querySelector('%s.reading').textContent.includes('step')".formatted(card));
    assertThat(browser.value("document.getElementById('said').textContent").asString())
        .contains("train: ");
    browser.type(card + "canvas", "+");
    browser.await("board.charts.get('loss').range !== null");
    browser.type(card + "canvas", "\uE00C");
    browser.await("board.charts.get('loss').range === null");
    browser.click(card + "header button:nth-of-type(2)");
    browser.await(
        "document.querySelector('%s').classList.contains('wide')".formatted(card.strip()));
    browser.click(card + "header button:nth-of-type(2)");
    browser.click(card + "summary");
    browser.await("document.querySelectorAll('%stbody tr').length === 5".formatted(card));
    browser.click(card + "summary");
    String csv =
        browser
            .value("fetch(document.querySelector('%sa').href).then(a => a.text())".formatted(card))
            .asString();
    assertThat(csv).startsWith("run,tag,step,wall_time,value\n");
    assertThat(csv.lines()).hasSize(1 + 2 * 21 + 3 * 11);
  }

  private static void otherPanels(WebBrowser browser) throws Exception {
    browser.click("#tab-hparams");
    browser.await("document.querySelectorAll('#panel-hparams tbody tr').length === 3");
    String first = "document.querySelector('#panel-hparams tbody td').textContent";
    for (String wanted : new String[] {"trial-3", "trial-1"}) {
      browser.run(
          "[...document.querySelectorAll('#panel-hparams th button')]"
              + ".find(b => b.textContent.startsWith('lr')).click()");
      browser.await(first + " === '" + wanted + "'");
    }
    browser.type("#tab-hparams", "\uE014");
    browser.await("!document.getElementById('panel-histograms').hidden");
    browser.await("document.querySelectorAll('#panel-histograms canvas').length === 3");
    browser.await(
        "document.querySelector('#panel-histograms canvas').ariaLabel?.includes('11 steps')");
    browser.click("#tab-histograms");
    browser.click("#tab-images");
    browser.await("document.querySelector('#panel-images img')?.naturalWidth === 16");
    String shown = "document.querySelector('#panel-images output').value";
    assertThat(browser.value(shown).asString()).isEqualTo("100");
    browser.type("#panel-images input[type=range]", "\uE011");
    browser.await(shown + " === '0'");
    browser.click("#tab-text");
    browser.await("document.querySelectorAll('#panel-text pre').length === 3");
    // What a run wrote is text, and never becomes part of the page.
    assertThat(browser.value("document.querySelector('#panel-text pre').textContent").asString())
        .isEqualTo("Trial 1 <b>began</b>");
    browser.click("#tab-scalars");
    browser.await("!document.getElementById('panel-scalars').hidden");
  }

  /** On a telephone nothing is wider than the screen. */
  private static void narrow(WebBrowser browser) throws Exception {
    browser.looks(true, 500);
    browser.click("#tab-scalars");
    browser.await("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
  }

  @Test
  void fiftyRunsOfTenThousandPointsStayFluid() throws Exception {
    try (Mlk mlk = new Mlk();
        WebBrowser browser = WebBrowser.start()) {
      Path logs = mlk.home().resolve("many");
      for (int run = 0; run < 50; run++) {
        EventFileWriter writer = new EventFileWriter().version();
        for (int step = 0; step < 10_000; step++) {
          double noise = Math.sin(step * (1.1 + run)) / 1000;
          writer.scalar(step, "loss", (float) (run / 50.0 + Math.exp(-step / 3000.0) + noise));
        }
        writer.to(logs.resolve("run-%02d/events.out.tfevents.1.host".formatted(run)));
      }
      try (Mlk.Running board = mlk.start("tensorboard", logs.toString())) {
        browser.open(address(board));
        browser.await(lines("loss") + ".length === 50");
        browser.await(lines("loss") + ".every(line => line.seen === 10000)");
        browser.looks(true, 900);
        browser.type("#smoothing", "\uE011");
        browser.await(lines("loss") + ".every(line => !line.raw)");
        browser.picture(mlk, "tensorboard-many");
        browser.type("#smoothing", "\uE010");
        browser.await(lines("loss") + ".every(line => line.raw)");
        browser.looks(false, 1280);
        browser.click("#panel-scalars article header button:nth-of-type(2)");
        JsonNode frames = browser.value(frames(120));
        JsonNode answer = browser.value(asking(10));
        System.out.printf(
            "tensorboard 50 runs x 10000 points: frame median %.1f ms, 95th percentile %.1f ms,"
                + " drawing median %.1f ms, new curves median %.0f ms%n",
            frames.path(0).asDouble(),
            frames.path(1).asDouble(),
            frames.path(2).asDouble(),
            answer.asDouble());
        assertThat(frames.path(0).asDouble()).as("median frame, ms").isLessThan(50);
        assertThat(answer.asDouble()).as("curves for a range, ms").isLessThan(1000);
      }
    }
  }

  /** Moves the cursor in every frame; median and 95th percentile of frames, median of drawing. */
  private static String frames(int count) {
    return """
    new Promise((done) => {
      const chart = board.charts.get('loss'), times = [];
      let before = performance.now(), left = %d;
      board.frames = [];
      const frame = (now) => {
        times.push(now - before);
        before = now;
        chart.move({ offsetX: 60 + (left * 7) %% 500 });
        if (left-- > 0) requestAnimationFrame(frame);
        else {
          const at = (all, share) => [...all].sort((a, b) => a - b)[Math.floor(all.length * share)];
          done([at(times, 0.5), at(times, 0.95), at(board.frames, 0.5)]);
        }
      };
      requestAnimationFrame(frame);
    })
    """
        .formatted(count);
  }

  /** Median of the time from asking for another range to having its curves. */
  private static String asking(int count) {
    return """
    (async () => {
      const chart = board.charts.get('loss'), times = [];
      for (let i = 0; i < %d; i++) {
        chart.range = [i * 500, i * 500 + 4000];
        const before = performance.now();
        await chart.load();
        times.push(performance.now() - before);
      }
      return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
    })()
    """
        .formatted(count);
  }
}
