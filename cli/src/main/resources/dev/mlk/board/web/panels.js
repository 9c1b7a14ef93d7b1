// Everything that is not a curve: hyper-parameters, histograms, images, texts.
import { ask, colour, element, place, short, surface, swatch, theme, ticks } from "./draw.js";

const BINS = 80;
const RIDGES = 40;

/** A card for each tag and run of a kind; cards stay while their data changes. */
class Cards {
  constructor(panel, board, empty) {
    this.panel = panel;
    this.board = board;
    this.cards = new Map();
    this.empty = element("p", { className: "empty" }, empty);
    this.grid = element("div", { className: "cards" });
    panel.append(this.empty, this.grid);
  }

  show(list) {
    const wanted = list.filter(({ tag, run }) => this.board.isShown(run) && this.board.tagShown(tag));
    this.empty.hidden = wanted.length > 0;
    const nodes = wanted.map(({ tag, run }) => {
      const key = `${tag}\n${run}`;
      if (!this.cards.has(key)) this.cards.set(key, this.card(tag, run));
      const card = this.cards.get(key);
      card.refresh();
      return card.node;
    });
    this.grid.replaceChildren(...nodes);
  }

  title(tag, run) {
    return element("header", {}, element("h2", {}, tag), element("span", { className: "row" }, swatch(run), this.board.runName(run)));
  }
}

/** Cards that show one step at a time, the newest unless somebody chose another. */
class Steps extends Cards {
  constructor(panel, board, path, empty, draw) {
    super(panel, board, empty);
    this.path = path;
    this.draw = draw;
  }

  card(tag, run) {
    const words = element("output", {});
    const slider = element("input", { type: "range", min: 0, step: 1, value: 0, ariaLabel: `Step of ${tag}, ${this.board.runName(run)}` });
    const content = element("div", {});
    const node = element("article", { className: "card", ariaLabel: tag }, this.title(tag, run),
      element("label", {}, "Step ", words, slider), content);
    let steps = [];
    const show = () => {
      const step = steps[slider.value];
      if (!step) return;
      words.value = step.step;
      slider.ariaValueText = `step ${step.step}`;
      content.replaceChildren(...this.draw(tag, run, step));
    };
    slider.addEventListener("input", show);
    const refresh = async () => {
      const atEnd = Number(slider.value) >= steps.length - 1;
      steps = (await ask(this.path, { tag, run })).steps;
      slider.max = steps.length - 1;
      if (atEnd) slider.value = steps.length - 1;
      show();
    };
    return { node, refresh };
  }
}

export function images(panel, board) {
  return new Steps(panel, board, "/api/images", "No images have been written.", (tag, run, step) =>
    Array.from({ length: step.count }, (_, index) => {
      const source = `/api/image?${new URLSearchParams({ tag, run, step: step.step, index })}`;
      const words = `${tag} of ${board.runName(run)} at step ${step.step}`;
      const picture = element("img", { src: source, alt: words, width: Math.max(96, step.width), loading: "lazy" });
      return element("figure", {}, picture);
    }));
}

export function texts(panel, board) {
  return new Steps(panel, board, "/api/texts", "No text has been written.", (tag, run, step) =>
    step.text.map((text) => element("pre", {}, text)));
}

export class Histograms extends Cards {
  constructor(panel, board) {
    super(panel, board, "No histograms have been written.");
  }

  card(tag, run) {
    const canvas = element("canvas", { role: "img", tabIndex: 0 });
    const reading = element("p", { className: "reading" });
    const node = element("article", { className: "card", ariaLabel: tag }, this.title(tag, run), canvas, reading);
    let steps = [];
    const draw = () => ridges(canvas, reading, steps, run, `${tag} of ${this.board.runName(run)}`);
    this.board.onRedraw(draw);
    const refresh = async () => {
      steps = (await ask("/api/histograms", { tag, run })).steps;
      draw();
    };
    return { node, refresh };
  }
}

/** A histogram's counts over bins that all steps share. */
function rebinned(step, low, high) {
  const bins = new Float64Array(BINS);
  const width = (high - low) / BINS || 1;
  for (let i = 0; i < step.count.length; i++) {
    const [left, right, count] = [step.left[i], step.right[i], step.count[i]];
    const from = Math.max(0, Math.floor((left - low) / width));
    const to = Math.min(BINS - 1, Math.floor((right - low) / width));
    for (let bin = from; bin <= to; bin++) {
      const overlap = Math.min(right, low + (bin + 1) * width) - Math.max(left, low + bin * width);
      bins[bin] += right > left ? (count * Math.max(0, overlap)) / (right - left) : count / (to - from + 1);
    }
  }
  return bins;
}

/** One ridge a step, the newest in front. */
function ridges(canvas, reading, all, run, name) {
  if (!all.length || !canvas.clientWidth) return;
  const every = Math.ceil(all.length / RIDGES);
  const steps = all.filter((_, i) => (all.length - 1 - i) % every === 0);
  const low = Math.min(...steps.flatMap((step) => step.left));
  const high = Math.max(...steps.flatMap((step) => step.right));
  const { pen, width, height } = surface(canvas);
  const { text, grid } = theme();
  const [left, right, bottom] = [8, width - 64, height - 22];
  const x = (value) => left + ((value - low) / (high - low || 1)) * (right - left);
  pen.strokeStyle = grid;
  pen.fillStyle = text;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const tick of ticks(low, high, Math.max(2, width / 80))) {
    pen.fillText(short(tick), x(tick), bottom + 6);
    pen.beginPath();
    pen.moveTo(x(tick), 4);
    pen.lineTo(x(tick), bottom);
    pen.stroke();
  }
  const shapes = steps.map((step) => rebinned(step, low, high));
  const most = Math.max(...shapes.map((bins) => Math.max(...bins))) || 1;
  const tall = height * 0.35;
  shapes.forEach((bins, i) => {
    const base = steps.length > 1 ? tall + ((bottom - tall) * i) / (steps.length - 1) : bottom;
    pen.beginPath();
    pen.moveTo(left, base);
    bins.forEach((count, bin) => pen.lineTo(left + ((bin + 0.5) / BINS) * (right - left), base - (count / most) * tall));
    pen.lineTo(right, base);
    pen.globalAlpha = 0.25 + (0.6 * (i + 1)) / steps.length;
    pen.fillStyle = colour(run);
    pen.fill();
    pen.globalAlpha = 1;
    pen.strokeStyle = getComputedStyle(canvas.parentElement).backgroundColor;
    pen.stroke();
    if (i % Math.ceil(steps.length / 8) === 0 || i === steps.length - 1) {
      pen.fillStyle = text;
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      pen.fillText(place(steps[i].step, "step"), right + 6, base);
    }
  });
  const last = steps.at(-1);
  const total = last.count.reduce((sum, count) => sum + count, 0);
  reading.textContent = `step ${last.step}: ${short(total)} values from ${short(Math.min(...last.left))} to ${short(Math.max(...last.right))}`;
  canvas.ariaLabel = `${name}, ${all.length} steps. ${reading.textContent}`;
}

/** The table of hyper-parameters, sorted by any column. */
export class HyperParameters {
  constructor(panel, board) {
    this.board = board;
    this.sorted = { column: "", down: false };
    this.empty = element("p", { className: "empty" }, "No run tells its hyper-parameters. A sweep's trials do, and runs of TensorFlow's hparams.");
    this.box = element("div", { className: "card scroll" });
    panel.append(this.empty, this.box);
  }

  async refresh(count) {
    this.empty.hidden = count > 0;
    this.box.hidden = count === 0;
    if (!count) return;
    this.table = await ask("/api/hparams");
    this.draw();
  }

  columns() {
    const status = this.table.rows.some((row) => row.status) ? [{ title: "Status", value: (row) => row.status }] : [];
    return [
      { title: "Run", value: (row) => row.name },
      ...status,
      ...this.table.parameters.map((name) => ({ title: name, value: (row) => row.parameters[name] })),
      ...this.table.metrics.map((name) => ({ title: name, value: (row) => row.metrics[name], metric: true })),
    ];
  }

  draw() {
    const columns = this.columns();
    const by = columns.find((column) => column.title === this.sorted.column);
    const rows = [...this.table.rows];
    if (by) {
      const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a ?? "").localeCompare(String(b ?? "")));
      rows.sort((a, b) => compare(by.value(a), by.value(b)) * (this.sorted.down ? -1 : 1));
    }
    const head = columns.map((column) => {
      const mine = column === by;
      const sort = mine ? (this.sorted.down ? "descending" : "ascending") : "none";
      const button = element("button", { type: "button", onclick: () => this.sort(column.title) },
        column.title + (mine ? (this.sorted.down ? " ↓" : " ↑") : ""));
      return element("th", { scope: "col", "aria-sort": sort }, button);
    });
    const body = rows.map((row) => element("tr", {}, ...columns.map((column) => {
      const value = column.value(row);
      const text = typeof value === "number" ? short(value) : value === undefined ? "" : String(value);
      return element("td", { className: typeof value === "number" ? "number" : "" }, text);
    })));
    this.box.replaceChildren(element("table", {}, element("caption", { className: "hidden" }, "Hyper-parameters and newest numbers"),
      element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body)));
  }

  sort(title) {
    this.sorted = { column: title, down: this.sorted.column === title && !this.sorted.down };
    this.draw();
    this.board.say(`Sorted by ${title}, ${this.sorted.down ? "descending" : "ascending"}`);
  }
}
