// The page: asks what is there, keeps the controls, and tells charts and panels to show it.
import { Chart } from "./chart.js";
import { ask, element, onColourScheme, repaintSwatches, swatch } from "./draw.js";
import { Histograms, HyperParameters, images, texts } from "./panels.js";

const POLL = 1500;
const KINDS = ["scalars", "hparams", "histograms", "images", "text"];
const byId = (id) => document.getElementById(id);

class Board {
  constructor() {
    this.settings = { axis: "step", smoothing: 0.6, logarithmic: false };
    this.known = { runs: [], scalars: [], histograms: [], images: [], texts: [], trials: 0 };
    this.hidden = new Set();
    this.charts = new Map();
    this.redraws = [];
    this.frames = [];
    this.kind = "scalars";
    this.version = "";
    this.scalars = element("div", { className: "cards" });
    this.nothing = element("p", { className: "empty" }, "No curves yet. They appear here as soon as training writes them.");
    byId("panel-scalars").append(this.nothing, this.scalars);
    this.panels = {
      hparams: new HyperParameters(byId("panel-hparams"), this),
      histograms: new Histograms(byId("panel-histograms"), this),
      images: images(byId("panel-images"), this),
      text: texts(byId("panel-text"), this),
    };
    // Charts far below are neither asked for nor drawn.
    this.watcher = new IntersectionObserver((entries) => entries.forEach((entry) => {
      const chart = entry.target.chart;
      chart.seen = entry.isIntersecting;
      if (chart.seen && chart.stale) chart.load();
    }), { rootMargin: "200px" });
    this.controls();
    this.tabs();
    onColourScheme(() => this.redraw());
    addEventListener("resize", () => this.refresh());
  }

  controls() {
    const smoothing = byId("smoothing");
    smoothing.addEventListener("input", () => {
      this.settings.smoothing = Number(smoothing.value);
      byId("smoothing-value").value = smoothing.value;
      this.refreshCharts();
    });
    for (const radio of document.querySelectorAll("input[name=axis]")) {
      radio.addEventListener("change", () => {
        this.settings.axis = radio.value;
        for (const chart of this.charts.values()) chart.range = null;
        this.refreshCharts();
      });
    }
    byId("logarithmic").addEventListener("change", (event) => {
      this.settings.logarithmic = event.target.checked;
      this.redraw();
    });
    byId("live").addEventListener("change", () => this.poll());
    byId("tag-filter").addEventListener("input", () => this.filter());
    byId("run-filter").addEventListener("input", () => this.filter());
    byId("all-runs").addEventListener("click", () => this.check(true));
    byId("no-runs").addEventListener("click", () => this.check(false));
    byId("controls").addEventListener("submit", (event) => event.preventDefault());
  }

  tabs() {
    for (const kind of KINDS) {
      const tab = byId(`tab-${kind}`);
      tab.addEventListener("click", () => this.open(kind));
      tab.addEventListener("keydown", (event) => {
        const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!way) return;
        const next = KINDS[(KINDS.indexOf(kind) + way + KINDS.length) % KINDS.length];
        this.open(next);
        byId(`tab-${next}`).focus();
      });
    }
  }

  open(kind) {
    this.kind = kind;
    for (const one of KINDS) {
      const chosen = one === kind;
      byId(`tab-${one}`).ariaSelected = String(chosen);
      byId(`tab-${one}`).tabIndex = chosen ? 0 : -1;
      byId(`panel-${one}`).hidden = !chosen;
    }
    this.refresh();
  }

  pattern(id) {
    try {
      byId(id).removeAttribute("aria-invalid");
      return new RegExp(byId(id).value, "i");
    } catch (error) {
      byId(id).setAttribute("aria-invalid", "true");
      byId("filter-error").textContent = `Not a regular expression: ${byId(id).value}`;
      byId("filter-error").hidden = false;
      return /(?:)/;
    }
  }

  filter() {
    byId("filter-error").hidden = true;
    this.tagPattern = this.pattern("tag-filter");
    this.runPattern = this.pattern("run-filter");
    this.listRuns();
    this.refresh();
  }

  /** Checks or clears the boxes of the runs that the filter lets through. */
  check(wanted) {
    for (const run of this.filtered()) {
      if (wanted) this.hidden.delete(run.name);
      else this.hidden.add(run.name);
    }
    this.listRuns();
    this.refresh();
  }

  filtered() {
    return this.known.runs.filter((run) => !this.runPattern || this.runPattern.test(run.name));
  }

  isShown(id) {
    const run = this.known.runs.find((one) => one.id === id);
    return run && !this.hidden.has(run.name) && (!this.runPattern || this.runPattern.test(run.name));
  }

  tagShown(tag) {
    return !this.tagPattern || this.tagPattern.test(tag);
  }

  shownRuns(tag) {
    const its = new Set(this.known.scalars.find((one) => one.tag === tag)?.runs);
    return this.filtered().filter((run) => its.has(run.id) && !this.hidden.has(run.name));
  }

  runName(id) {
    return this.known.runs.find((run) => run.id === id)?.name ?? "";
  }

  listRuns() {
    const runs = this.filtered();
    const names = runs.map((run) => run.name).join("\n");
    byId("run-count").textContent = `${runs.filter((run) => !this.hidden.has(run.name)).length} of ${this.known.runs.length}`;
    if (names === this.listed) {
      for (const box of byId("runs").querySelectorAll("input")) box.checked = !this.hidden.has(box.name);
      return;
    }
    this.listed = names;
    byId("runs").replaceChildren(...runs.map((run) => {
      const box = element("input", { type: "checkbox", name: run.name, checked: !this.hidden.has(run.name), onchange: () => {
        if (box.checked) this.hidden.delete(run.name);
        else this.hidden.add(run.name);
        this.listRuns();
        this.refresh();
      } });
      return element("li", {}, element("label", {}, box, swatch(run.id), run.name));
    }));
  }

  say(words) {
    byId("said").textContent = words;
  }

  onRedraw(work) {
    this.redraws.push(work);
  }

  /** How long drawing took; the page's tests read it. */
  timed(milliseconds) {
    this.frames.push(milliseconds);
    if (this.frames.length > 1000) this.frames.shift();
  }

  redraw() {
    repaintSwatches();
    for (const chart of this.charts.values()) if (chart.seen && chart.axis) chart.draw();
    for (const work of this.redraws) work();
  }

  refreshCharts() {
    for (const chart of this.charts.values()) chart.refresh();
  }

  refresh() {
    if (this.kind === "scalars") this.showScalars();
    else if (this.kind === "hparams") this.panels.hparams.refresh(this.known.trials);
    else this.panels[this.kind].show(this.known[this.kind === "text" ? "texts" : this.kind]);
  }

  showScalars() {
    const tags = this.known.scalars.map((one) => one.tag).filter((tag) => this.tagShown(tag));
    this.nothing.hidden = tags.length > 0;
    const cards = tags.map((tag) => {
      if (!this.charts.has(tag)) {
        const chart = new Chart(tag, this);
        this.charts.set(tag, chart);
        this.watcher.observe(chart.card);
      }
      return this.charts.get(tag).card;
    });
    // Only when it differs: what stays keeps its focus.
    if (cards.length !== this.scalars.children.length || cards.some((card, i) => card !== this.scalars.children[i])) {
      this.scalars.replaceChildren(...cards);
    }
    this.refreshCharts();
  }

  state(words) {
    if (byId("state").textContent !== words) byId("state").textContent = words;
  }

  async poll() {
    clearTimeout(this.next);
    if (!byId("live").checked && this.version) return;
    try {
      if (!document.hidden || !this.version) await this.look();
      this.next = setTimeout(() => this.poll(), POLL);
    } catch (error) {
      this.state("The board has ended. mlk tensorboard starts it again.");
      this.next = setTimeout(() => this.poll(), 3 * POLL);
    }
  }

  async look() {
    const board = await ask("/api/board", { since: this.version });
    this.state(board.loading ? "Reading …" : board.trouble ? `Cluster: ${board.trouble}` : `${this.known.runs.length} runs`);
    if (board.version === this.version) return;
    this.version = board.version;
    this.known = board;
    document.title = `${board.title} – mlk tensorboard`;
    byId("title").textContent = board.title;
    const damaged = board.damaged ? `, ${board.damaged} damaged records left out` : "";
    if (!board.loading && !board.trouble) this.state(`${board.runs.length} runs${damaged}`);
    byId("state").title = board.damages.join("\n");
    this.listRuns();
    this.refresh();
  }
}

const board = new Board();
globalThis.board = board;
document.addEventListener("visibilitychange", () => document.hidden || board.poll());
board.poll();
