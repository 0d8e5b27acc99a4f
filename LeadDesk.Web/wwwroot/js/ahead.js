// Fast hands. The server answers a key after a moment, and a page that just came listens a moment later: neither may cost a key.
import { whenPresent } from "./dom.js";

export const typing = target => target.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

// What is typed after a key that opens something is meant for what it opens: it is held until the focus is there. A key opens nothing when the
// server refuses it, so after a while (in milliseconds) what is typed goes its usual way again.
const patience = 5000;
let held = null;
const hold = () => { held ??= { text: "" }; held.until = performance.now() + patience; };

function type(field, text) {
  if (!field.matches("select")) { document.execCommand("insertText", false, text); return; }
  const option = [...field.options].find(one => one.text.toLocaleLowerCase().startsWith(text.toLocaleLowerCase()));
  if (!option || option.selected) return;
  field.value = option.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("focusin", event => {
  const { text, entered } = held ?? {};
  held = null;
  if (!text || !typing(event.target)) return;
  type(event.target, text);
  if (entered) event.target.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
});
document.addEventListener("keydown", event => {
  if (event.key === "Escape" || performance.now() > held?.until) held = early = null;
  if (!held || event.ctrlKey || event.metaKey || event.altKey || (event.key !== "Enter" && event.key.length !== 1)) return;
  hold();
  if (event.key === "Enter") held.entered = true; else held.text += event.key;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// A key whose button does not listen yet presses it once it does.
let early = null;
whenPresent("[data-key]:not(:disabled), [data-palette-open]:not(:disabled)", button => {
  if (!early || !button.matches(early)) return;
  early = null;
  button.click();
});

export function press(button, selector) {
  const deaf = button.matches(":disabled");
  // The circuit may draw other rows: a key for one of them is not kept, lest it reach another.
  if (deaf && button.closest("[data-row]")) return;
  if (button.matches("button")) hold();
  if (deaf) early = selector; else button.click();
}
document.addEventListener("pointerdown", () => { held = early = null; }, true);
