// Lists that change while somebody looks at them are marked [data-list]. The server asks before it puts something in at the top:
// not while one has scrolled down, and not while the pointer is about to hit a row.
import { whenPresent } from "./dom.js";
import "./board.js";

const justNow = 2000;
let moved = -justNow;
let at = "";

document.addEventListener("pointermove", event => {
  // A browser also reports a move when the page changes below a pointer that rests.
  const place = `${event.screenX},${event.screenY}`;
  if (place === at) return;
  at = place;
  if (event.target.closest?.("[data-list]")) moved = performance.now();
});
document.addEventListener("pointerdown", event => { if (event.target.closest?.("[data-list]")) moved = performance.now(); });

const scrolls = element => /auto|scroll/.test(getComputedStyle(element).overflowY);
const framesOnTop = () => [...document.querySelectorAll("[data-window]")].every(frame => !scrolls(frame) || frame.scrollTop < 8);
window.leaddesk.listIsCalm = () => scrollY < 8 && framesOnTop() && performance.now() - moved > justNow;

// What a hidden input says reaches the server as a change of it.
function tell(input, value) {
  if (!input || input.matches(":disabled")) return;
  input.value = value;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

// A long list holds the rows near the window only: [data-window] with rows [data-row] between two [data-spacer="rows not held"].
// Spacers get the height of the rows they stand for; the row in the middle of the window is told whenever more is needed around it.
const told = new WeakMap();

function look(frame) {
  const rows = frame.querySelectorAll("[data-row]");
  if (!rows.length) return;
  const state = told.get(frame) ?? { run: frame.dataset.run };
  told.set(frame, state);
  const inFrame = scrolls(frame);
  if (state.run !== frame.dataset.run) {
    Object.assign(state, { run: frame.dataset.run, asked: undefined });
    if (inFrame) frame.scrollTop = 0; else scrollTo(0, 0);
  }
  const top = rows[0].getBoundingClientRect().top;
  const bottom = rows[rows.length - 1].getBoundingClientRect().bottom;
  const height = (bottom - top) / rows.length || 40;
  for (const spacer of frame.querySelectorAll("[data-spacer]")) {
    const wanted = `${Math.round(Number(spacer.dataset.spacer) * height)}px`;
    if (spacer.style.height !== wanted) spacer.style.height = wanted;
  }
  const first = rows[0].getBoundingClientRect().top;
  const last = first + (bottom - top);
  const view = inFrame ? frame.getBoundingClientRect() : { top: 0, bottom: innerHeight };
  const margin = (view.bottom - view.top) * .6;
  const before = Number(frame.dataset.before);
  const wants = (before > 0 && first > view.top - margin) || (last < view.bottom + margin && state.asked !== `${frame.dataset.loaded}:end`);
  if (!wants) return;
  const middle = Math.max(0, Math.floor(before + ((view.top + view.bottom) / 2 - first) / height));
  const end = last < view.bottom + margin && !(before > 0 && first > view.top - margin);
  const row = end ? Math.max(middle, before + rows.length - 1) : middle;
  const asked = end ? `${frame.dataset.loaded}:end` : `${frame.dataset.loaded}:${row}`;
  if (state.asked === asked) return;
  state.asked = asked;
  tell(frame.querySelector("[data-window-place]"), String(row));
}

let frames = 0;
const lookSoon = () => { if (!frames) frames = requestAnimationFrame(() => { frames = 0; document.querySelectorAll("[data-window]").forEach(look); }); };
whenPresent("[data-window]", frame => {
  look(frame);
  if (told.get(frame)?.listens) return;
  told.set(frame, { ...told.get(frame), run: frame.dataset.run, listens: true });
  frame.addEventListener("scroll", lookSoon, { passive: true });
  new ResizeObserver(lookSoon).observe(frame);
});
addEventListener("scroll", lookSoon, { passive: true });

// Rows are selected by their box, and by a click anywhere on them with Ctrl or Shift; Ctrl on the words of a link still opens a tab.
document.addEventListener("click", event => {
  if (!(event.ctrlKey || event.metaKey || event.shiftKey)) return;
  const row = event.target.closest?.("[data-row]");
  const box = row?.querySelector("[data-pick]");
  if (!box || event.target === box || event.target.closest("button, select, input")) return;
  const link = event.target.closest("a");
  const words = link?.getBoundingClientRect();
  const onWords = words && event.clientX >= words.left && event.clientX <= words.right && event.clientY >= words.top && event.clientY <= words.bottom;
  if (onWords && !event.shiftKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  getSelection()?.removeAllRanges();
  box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey, ctrlKey: event.ctrlKey }));
}, true);

// A click on a table's row that hits nothing of its own opens the row's link.
document.addEventListener("click", event => {
  const row = event.button === 0 && event.target.closest?.("tr[data-row]");
  if (!row || event.defaultPrevented || event.target.closest("a, button, select, input, label, .pick") || getSelection()?.toString()) return;
  row.querySelector("[data-row-link]")?.click();
});
document.addEventListener("mousedown", event => { if (event.shiftKey && event.target.closest?.("[data-row]:has([data-pick])")) event.preventDefault(); });
whenPresent("[data-partly]", box => { box.indeterminate = box.dataset.partly !== undefined && box.hasAttribute("data-partly"); });
new MutationObserver(changes => { for (const { target } of changes) target.indeterminate = target.hasAttribute("data-partly"); })
  .observe(document.documentElement, { subtree: true, attributeFilter: ["data-partly"] });

// Columns: their grip is pulled to a width, their heading is carried to another place. The dialog of columns does both by keyboard.
const arrange = (heading, text) => tell(heading.closest("[data-window]")?.querySelector("[data-column-change]"), text);

document.addEventListener("pointerdown", event => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip || event.button || grip.closest("fieldset:disabled")) return;
  event.preventDefault();
  const heading = grip.closest("th");
  const column = heading.closest("table").querySelector(`col[data-column="${CSS.escape(heading.dataset.column)}"]`);
  const from = event.clientX;
  const width = heading.getBoundingClientRect().width;
  const sign = getComputedStyle(heading).direction === "rtl" ? -1 : 1;
  const widthAt = pointer => Math.round(Math.min(800, Math.max(48, width + sign * (pointer.clientX - from))));
  grip.setPointerCapture(event.pointerId);
  grip.addEventListener("pointermove", pointer => { column.style.inlineSize = `${widthAt(pointer)}px`; });
  grip.addEventListener("lostpointercapture", pointer => { if (widthAt(pointer) !== Math.round(width)) arrange(heading, `width ${heading.dataset.column} ${widthAt(pointer)}`); }, { once: true });
});

let carried = null;
document.addEventListener("dragstart", event => {
  carried = event.target.closest?.("th[data-column][draggable]") ?? null;
  if (carried) { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", carried.textContent.trim()); }
});
document.addEventListener("dragover", event => {
  const over = carried && event.target.closest?.("th[data-column][draggable]");
  if (over && over !== carried) event.preventDefault();
});
document.addEventListener("drop", event => {
  const over = carried && event.target.closest?.("th[data-column][draggable]");
  if (!over || over === carried) return;
  event.preventDefault();
  const places = [...over.parentElement.querySelectorAll("th[data-column][draggable]")];
  arrange(over, `place ${carried.dataset.column} ${places.indexOf(over)}`);
});
document.addEventListener("dragend", () => { carried = null; });
