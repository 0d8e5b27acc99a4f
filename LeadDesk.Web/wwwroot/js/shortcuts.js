import { whenPresent } from "./dom.js";
import { press, typing } from "./ahead.js";

// Keys for the whole page. Lists mark rows with [data-row] (tabindex="-1"); rows and pages mark what a key reaches with [data-key="e"].
const visible = element => element.checkVisibility?.() ?? element.offsetParent !== null;
const find = (root, selector) => [...root.querySelectorAll(selector)].find(visible);

// What rows and pages mark with [data-key]: edit, assign, stage, new or note, call, write, follow-up or filter.
const letters = "easncftw";

// "e" on a row opens its lead and goes on to what "e" reaches there.
let opened = false;
whenPresent('[data-key="e"]', element => {
  if (!opened) return;
  opened = false;
  setTimeout(() => { if (visible(element)) element.focus(); });
});

let last = null;
document.addEventListener("focusin", event => { const row = event.target.closest?.("[data-row]"); if (row) last = row; });
const current = () => document.activeElement?.closest("[data-row]") ?? (last?.isConnected ? last : null);

function move(step) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(visible);
  const at = rows.indexOf(current());
  const row = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

function reach(key) {
  const row = current();
  // What is selected stands before the row one is on.
  const bar = document.querySelector("[data-bulk-bar]");
  const element = (bar && find(bar, `[data-key="${key}"]`)) ?? (row && find(row, `[data-key="${key}"]`)) ?? find(document, `[data-key="${key}"]`);
  if (!element) return false;
  if (element.matches("input, textarea, select")) element.focus(); else press(element, `[data-key="${key}"]`);
  return true;
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  x: () => current()?.querySelector("input[type=checkbox]")?.click(),
  Escape: () => document.querySelector("[data-key-escape]")?.click(),
  "/": () => find(document, "[data-search]")?.focus(),
  "?": () => document.getElementById("help")?.showModal(),
};

document.addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    const palette = document.querySelector("[data-palette-open]");
    if (palette) press(palette, "[data-palette-open]");
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter") {
    if (event.target.matches?.("[data-row]")) find(event.target, "[data-row-link], a")?.click();
    return;
  }
  // A page of one record has no rows; there j and k go to the next and the previous one.
  const act = "jk".includes(event.key) && !document.querySelector("[data-row]") && reach(event.key) ? () => {} : keys[event.key];
  if (act) { if (event.key !== "Escape") event.preventDefault(); act(); }
  else if (letters.includes(event.key) && reach(event.key)) event.preventDefault();
  else if (event.key === "e" && !opened && current()) { event.preventDefault(); opened = true; find(current(), "[data-row-link]")?.click(); }
});
