// The curves of one tag: drawn on a canvas, asked for anew for the range that is seen.
import { ask, colour, duration, element, oncePerFrame, place, short, surface, theme, ticks } from "./draw.js";

const LEFT = 52;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 22;
const POINTS = 12000;

export class Chart {
  constructor(tag, board) {
    this.tag = tag;
    this.board = board;
    this.lines = [];
    this.range = null; // what is seen of the horizontal axis; null for all
    this.cursor = null;
    this.seen = false;
    this.stale = true;
    this.show = oncePerFrame(() => this.showNow());
    this.build();
  }

  build() {
    this.canvas = element("canvas", {
      className: "chart", tabIndex: 0, role: "img",
      onkeydown: (event) => this.key(event),
      onpointermove: (event) => this.move(event),
      onpointerdown: (event) => this.press(event),
      onpointerup: (event) => this.release(event),
      onpointerleave: () => this.leave(),
      ondblclick: () => this.zoom(null),
      onblur: () => this.leave(),
    });
    this.reading = element("p", { className: "reading" });
    this.table = element("div", { className: "scroll" });
    this.details = element("details", { ontoggle: () => this.tabulate() }, element("summary", {}, "As a table"), this.table);
    this.wide = element("button", { type: "button", ariaPressed: "false", onclick: () => this.widen() }, "Wide");
    this.reset = element("button", { type: "button", disabled: true, onclick: () => this.zoom(null) }, "Whole");
    this.csv = element("a", { className: "button", download: "" }, "CSV");
    this.card = element("article", { className: "card", ariaLabel: this.tag },
      element("header", {}, element("h2", {}, this.tag), element("div", { className: "row" }, this.reset, this.wide, this.csv)),
      this.canvas, this.reading, this.details);
    this.card.chart = this;
  }

  widen() {
    const wide = this.card.classList.toggle("wide");
    this.wide.ariaPressed = String(wide);
    this.refresh();
  }

  /** Asks for what is to be seen; at once only when it is on the screen. */
  refresh() {
    this.stale = true;
    if (this.seen) this.load();
  }

  /** A column for each pixel; of many lines, fewer: they cover each other. */
  columns() {
    const pixels = this.canvas.clientWidth - LEFT - RIGHT;
    return Math.max(100, Math.min(Math.round(pixels), Math.round(POINTS / Math.max(1, this.lines.length))));
  }

  async load() {
    if (this.loading) return;
    this.loading = true;
    this.stale = false;
    const { axis, smoothing } = this.board.settings;
    const runs = this.board.shownRuns(this.tag).map((run) => run.id).join(",");
    const wanted = { tag: this.tag, axis, smoothing, runs, columns: this.columns() };
    if (this.range) Object.assign(wanted, { from: this.range[0], to: this.range[1] });
    this.csv.href = `/api/csv?${new URLSearchParams({ tag: this.tag, runs })}`;
    try {
      const answer = await ask("/api/curves", wanted);
      this.lines = answer.lines;
      this.axis = axis;
      this.draw();
    } catch (error) {
      this.reading.textContent = "The board has ended.";
    }
    this.loading = false;
    if (this.stale) this.load();
  }

  limits() {
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const line of this.lines) {
      for (let i = 0; i < line.x.length; i++) {
        const x = line.x[i];
        if (this.range && (x < this.range[0] || x > this.range[1])) continue;
        left = Math.min(left, x);
        right = Math.max(right, x);
        const y = this.scale(line.y[i]);
        if (y === null) continue;
        low = Math.min(low, y);
        high = Math.max(high, y);
      }
    }
    if (this.range) [left, right] = this.range;
    if (!(left <= right)) [left, right] = [0, 1];
    if (!(low <= high)) [low, high] = [0, 1];
    if (left === right) [left, right] = [left - 0.5, right + 0.5];
    const room = (high - low) * 0.05 || Math.abs(high) * 0.1 || 1;
    return { left, right, low: low - room, high: high + room };
  }

  /** Where a value stands, before pixels; null for what cannot be drawn. */
  scale(value) {
    if (value === null) return null;
    if (!this.board.settings.logarithmic) return value;
    return value > 0 ? Math.log10(value) : null;
  }

  /** Draws anew what has changed: the curves into a picture of their own, the cursor over it. */
  draw() {
    this.picture = null;
    this.show();
  }

  showNow() {
    const begin = performance.now();
    const { pen, width, height } = surface(this.canvas);
    if (!width || !height) return;
    if (!this.picture || this.picture.width !== this.canvas.width || this.picture.height !== this.canvas.height) {
      this.paint(width, height);
    }
    pen.drawImage(this.picture, 0, 0, width, height);
    if (this.drag) this.band(pen, height);
    if (this.cursor !== null) this.mark(pen, height);
    this.board.timed(performance.now() - begin);
  }

  paint(width, height) {
    this.picture = new OffscreenCanvas(this.canvas.width, this.canvas.height);
    const pen = this.picture.getContext("2d");
    const ratio = this.canvas.width / width;
    pen.scale(ratio, ratio);
    pen.font = "12px system-ui, sans-serif";
    const limits = (this.limitsDrawn = this.limits());
    this.x = (value) => LEFT + ((value - limits.left) / (limits.right - limits.left)) * (width - LEFT - RIGHT);
    this.y = (value) => TOP + ((limits.high - value) / (limits.high - limits.low)) * (height - TOP - BOTTOM);
    this.axes(pen, width, height, limits);
    pen.beginPath();
    pen.rect(LEFT, TOP, width - LEFT - RIGHT, height - TOP - BOTTOM);
    pen.clip();
    for (const line of this.lines) {
      if (line.raw) this.trace(pen, line, line.raw, 0.25, 1);
    }
    for (const line of this.lines) this.trace(pen, line, line.y, 1, 1.6);
    this.describe();
  }

  axes(pen, width, height, limits) {
    const { x, y } = this;
    const { text, grid } = theme();
    pen.strokeStyle = grid;
    pen.fillStyle = text;
    pen.lineWidth = 1;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    for (const tick of ticks(limits.low, limits.high, Math.max(2, height / 45))) {
      this.rule(pen, LEFT, y(tick), width - RIGHT, y(tick));
      pen.fillText(short(this.board.settings.logarithmic ? 10 ** tick : tick), LEFT - 6, y(tick));
    }
    pen.textBaseline = "top";
    pen.textAlign = "center";
    const span = limits.right - limits.left;
    for (const tick of ticks(limits.left, limits.right, Math.max(2, (width - LEFT) / (this.axis === "wall" ? 110 : 75)))) {
      this.rule(pen, x(tick), TOP, x(tick), height - BOTTOM);
      const words = place(tick, this.axis, span);
      const half = pen.measureText(words).width / 2;
      pen.fillText(words, Math.min(x(tick), width - half - 1), height - BOTTOM + 6);
    }
  }

  rule(pen, x1, y1, x2, y2) {
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
    pen.stroke();
  }

  /** A line; what is not a number breaks it, and a number alone is a dot. */
  trace(pen, line, values, alpha, thickness) {
    const { x, y } = this;
    pen.globalAlpha = alpha;
    pen.strokeStyle = pen.fillStyle = colour(line.run);
    pen.lineWidth = thickness;
    pen.lineJoin = "round";
    pen.beginPath();
    let down = false;
    for (let i = 0; i < values.length; i++) {
      const value = this.scale(values[i]);
      if (value === null) {
        down = false;
        continue;
      }
      const px = x(line.x[i]);
      const py = y(value);
      if (down) pen.lineTo(px, py);
      else {
        pen.moveTo(px, py);
        if (this.scale(values[i + 1] ?? null) === null) pen.arc(px, py, thickness, 0, 7);
      }
      down = true;
    }
    pen.stroke();
    pen.globalAlpha = 1;
  }

  /** The range that is being chosen. */
  band(pen, height) {
    pen.fillStyle = theme().accent;
    pen.globalAlpha = 0.2;
    pen.fillRect(Math.min(this.drag.from, this.drag.to), TOP, Math.abs(this.drag.to - this.drag.from), height - TOP - BOTTOM);
    pen.globalAlpha = 1;
  }

  /** The cursor and the value of each line there. */
  mark(pen, height) {
    const { x, y } = this;
    pen.strokeStyle = theme().text;
    this.rule(pen, x(this.cursor), TOP, x(this.cursor), height - BOTTOM);
    for (const { line, index } of this.under()) {
      const value = this.scale(line.y[index]);
      if (value === null) continue;
      pen.fillStyle = colour(line.run);
      pen.beginPath();
      pen.arc(x(line.x[index]), y(value), 3.5, 0, 7);
      pen.fill();
    }
  }

  /** Each line's place nearest to the cursor. */
  under() {
    return this.lines.filter((line) => line.x.length).map((line) => {
      let [low, high] = [0, line.x.length - 1];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (line.x[middle] < this.cursor) low = middle;
        else high = middle;
      }
      const index = this.cursor - line.x[low] < line.x[high] - this.cursor ? low : high;
      return { line, index };
    });
  }

  /** What the cursor is on, in words. */
  read(aloud) {
    if (this.cursor === null) {
      this.reading.textContent = "";
      return;
    }
    const all = this.under();
    if (!all.length) return;
    const words = all.slice(0, 8).map(({ line, index }) => `${this.board.runName(line.run)}: ${short(line.y[index])}`);
    if (all.length > 8) words.push(`and ${all.length - 8} more`);
    const where = this.axis === "step" ? `step ${Math.round(this.cursor)}`
      : this.axis === "relative" ? duration(this.cursor) : new Date(this.cursor * 1000).toLocaleString();
    this.reading.textContent = `${where} — ${words.join(", ")}`;
    if (aloud) this.board.say(this.reading.textContent);
  }

  describe() {
    const { left, right } = this.limitsDrawn;
    const last = this.lines.slice(0, 6).filter((line) => line.y.length)
      .map((line) => `${this.board.runName(line.run)} ends at ${short(line.y.at(-1))}`);
    this.canvas.ariaLabel = `${this.tag}: ${this.lines.length} runs from ${place(left, this.axis, right - left)} to `
      + `${place(right, this.axis, right - left)}. ${last.join(", ")}. Arrow keys read values, plus and minus zoom.`;
    this.reset.disabled = this.range === null;
    if (this.details.open) this.tabulate();
  }

  tabulate() {
    const rows = this.lines.map((line) => {
      const numbers = line.y.filter((value) => value !== null);
      const cells = [line.seen, line.y.at(-1), Math.min(...numbers), Math.max(...numbers)];
      return element("tr", {}, element("th", { scope: "row" }, this.board.runName(line.run)),
        ...cells.map((value) => element("td", { className: "number" }, short(value))));
    });
    const head = ["Run", "Numbers", "Last", "Least", "Greatest"]
      .map((word, i) => element("th", { scope: "col", className: i ? "number" : "" }, word));
    this.table.replaceChildren(element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows)));
  }

  valueAt(pixel) {
    const { left, right } = this.limitsDrawn;
    const share = (pixel - LEFT) / (this.canvas.clientWidth - LEFT - RIGHT);
    return left + Math.min(1, Math.max(0, share)) * (right - left);
  }

  move(event) {
    if (!this.limitsDrawn) return;
    this.cursor = this.valueAt(event.offsetX);
    if (this.drag) this.drag.to = event.offsetX;
    this.read(false);
    this.show();
  }

  press(event) {
    if (event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.drag = { from: event.offsetX, to: event.offsetX };
  }

  release() {
    const drag = this.drag;
    this.drag = null;
    if (drag && Math.abs(drag.to - drag.from) > 8) {
      const ends = [this.valueAt(drag.from), this.valueAt(drag.to)].sort((a, b) => a - b);
      this.zoom(ends);
    } else this.show();
  }

  leave() {
    this.cursor = null;
    this.drag = null;
    this.read(false);
    this.show();
  }

  zoom(range) {
    this.range = range;
    this.cursor = null;
    this.refresh();
  }

  key(event) {
    if (!this.limitsDrawn) return;
    const { left, right } = this.limitsDrawn;
    const span = right - left;
    const at = this.cursor ?? (left + right) / 2;
    const to = (value) => {
      this.cursor = Math.min(right, Math.max(left, value));
      this.read(true);
      this.show();
    };
    switch (event.key) {
      case "ArrowLeft": to(at - span / (event.shiftKey ? 10 : 50)); break;
      case "ArrowRight": to(at + span / (event.shiftKey ? 10 : 50)); break;
      case "Home": to(left); break;
      case "End": to(right); break;
      case "+": case "=": this.zoom([at - span / 4, at + span / 4]); break;
      case "-": this.zoom(this.range ? [at - span, at + span] : null); break;
      case "0": case "Escape": this.zoom(null); break;
      default: return;
    }
    event.preventDefault();
  }
}
