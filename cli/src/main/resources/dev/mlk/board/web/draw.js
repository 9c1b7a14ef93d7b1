// Colours, numbers for eyes, axes: what everything that is drawn shares.

const dark = matchMedia("(prefers-color-scheme: dark)");

export function onColourScheme(redraw) {
  dark.addEventListener("change", redraw);
}

/** A run's colour: the golden angle keeps neighbours apart however many there are. */
export function colour(id) {
  const hue = (205 + id * 137.508) % 360;
  return dark.matches ? `hsl(${hue} 75% 66%)` : `hsl(${hue} 80% ${hue > 40 && hue < 190 ? 30 : 42}%)`;
}

/** A piece of a run's colour beside its name. */
export function swatch(id) {
  const node = element("span", { className: "swatch" });
  node.dataset.run = id;
  node.style.background = colour(id);
  return node;
}

/** After light has become dark. */
export function repaintSwatches() {
  for (const node of document.querySelectorAll(".swatch")) node.style.background = colour(Number(node.dataset.run));
}

export function theme() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  return { text: get("--dim"), line: get("--line"), grid: get("--grid"), accent: get("--accent") };
}

/** Four digits. */
export function short(value) {
  if (value === null || value === undefined) return "NaN";
  if (typeof value !== "number") return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}

export function duration(seconds) {
  if (seconds < 120) return `${short(seconds)} s`;
  return seconds < 7200 ? `${short(seconds / 60)} min` : `${short(seconds / 3600)} h`;
}

/** A place on the horizontal axis in words; how far the axis reaches decides how exactly. */
export function place(x, axis, span) {
  if (axis === "relative") return duration(x);
  if (axis === "wall") {
    const time = new Date(x * 1000);
    return span > 86400
      ? time.toLocaleString([], { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" })
      : time.toLocaleTimeString([], span < 600 ? {} : { hour: "2-digit", minute: "2-digit" });
  }
  return String(Math.round(x));
}

/** Round numbers between two limits, about as many as wanted. */
export function ticks(low, high, wanted) {
  const span = high - low;
  if (!(span > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(span / wanted));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => span / n <= wanted) ?? 10 * power;
  const all = [];
  for (let i = Math.ceil(low / step); i * step <= high + step * 1e-9; i++) all.push(i * step);
  return all;
}

/** A canvas with as many pixels as the screen has below it; drawn on in CSS pixels. */
export function surface(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = "12px system-ui, sans-serif";
  return { pen, width, height };
}

/** An element with properties and children. */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in node && key !== "role" && key !== "list") node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

export async function ask(path, parameters = {}) {
  const answer = await fetch(`${path}?${new URLSearchParams(parameters)}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** Calls once in the next frame, however often it is asked for. */
export function oncePerFrame(work) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      work();
    });
  };
}
