// Behaviour that needs no server: theme, rail, menus, dialogs, copying, downloads, loading more, toasts that leave, palette keys.
import { whenPresent } from "./dom.js";

const keep = (key, value) => { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* private window: not remembered */ } };

function showTheme() {
  const theme = document.documentElement.dataset.theme ?? "system";
  document.querySelectorAll("[data-theme-choice]").forEach(b => b.setAttribute("aria-pressed", String(b.dataset.themeChoice === theme)));
}

function showRail() {
  const narrow = document.documentElement.dataset.rail === "narrow";
  document.querySelectorAll("[data-rail-toggle]").forEach(b => b.setAttribute("aria-expanded", String(!narrow)));
}

const actions = {
  "[data-theme-choice]"(button) {
    const choice = button.dataset.themeChoice;
    keep("leaddesk.theme", choice === "system" ? "" : choice);
    window.leaddesk.applyLook();
    showTheme();
  },
  "[data-rail-toggle]"() {
    keep("leaddesk.rail", document.documentElement.dataset.rail === "narrow" ? "" : "narrow");
    window.leaddesk.applyLook();
    showRail();
  },
  "[data-dialog-open]"(button) { document.getElementById(button.dataset.dialogOpen)?.showModal(); },
  "[data-dialog-close]"(button) { button.closest("dialog")?.close(); },
  // A menu has done its work when a link in it is followed or a choice is made.
  ".menu-panel [data-closes], .menu-panel a"(item) { item.closest("details").open = false; },
  async "[data-copy]"(button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.toggleAttribute("data-copied", true);
    setTimeout(() => button.toggleAttribute("data-copied", false), 2000);
  },
};

document.addEventListener("click", event => {
  if (!(event.target instanceof Element)) return;
  for (const [selector, action] of Object.entries(actions)) {
    const element = event.target.closest(selector);
    if (element) action(element);
  }
  document.querySelectorAll("details.menu[open]").forEach(menu => { if (!menu.contains(event.target)) menu.open = false; });
  if (event.target instanceof HTMLDialogElement && event.target.matches("[data-light]")) event.target.close();
});

document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details.menu[open]") ?? document.querySelector("details.menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// One menu at a time; arrows walk through it.
document.addEventListener("toggle", event => {
  if (event.target.matches("details.menu[open]"))
    document.querySelectorAll("details.menu[open]").forEach(menu => { if (menu !== event.target && !menu.contains(event.target)) menu.open = false; });
}, true);
document.addEventListener("keydown", event => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (!menu || event.target.matches("input, textarea, select")) return;
  const items = [...menu.querySelectorAll(".menu-panel :is(a, button, input)")];
  const next = items[items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
  if (next) { event.preventDefault(); next.focus(); }
});

whenPresent("[data-theme-choice]", showTheme);
whenPresent("[data-rail-toggle]", showRail);

// Ctrl+Enter sends what is written in a longer field.
document.addEventListener("keydown", event => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches?.("[data-submit-keys]")) return;
  event.preventDefault();
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
  event.target.form?.requestSubmit();
});

// Dialogs of the server stand open while data-shown holds something.
whenPresent("dialog[data-shown]", dialog => {
  if (!dialog.dataset.shown) dialog.close();
  else if (!dialog.open) dialog.showModal();
});

// "Load more" presses itself when it comes near the window; data-loaded changes with every batch and asks again.
const near = new IntersectionObserver(entries => {
  for (const entry of entries) if (entry.isIntersecting && !entry.target.disabled) entry.target.click();
}, { rootMargin: "400px" });
whenPresent("[data-load-more]", button => { near.unobserve(button); near.observe(button); });

// Toasts leave after data-seconds, not while the pointer or the focus is on them.
whenPresent("[data-toast]", toast => {
  if (toast.dataset.timed) return;
  toast.dataset.timed = "yes";
  let timer;
  const leave = () => toast.isConnected && toast.querySelector("[data-dismiss]")?.click();
  const start = () => { clearTimeout(timer); timer = setTimeout(leave, Number(toast.dataset.seconds) * 1000); };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusout", start);
  start();
});

// Palette: arrows choose, Enter follows, once the list answers what is typed. Only attributes that the server never renders are touched.
const listOf = input => document.getElementById(input.getAttribute("aria-controls"));
const optionsOf = input => [...listOf(input).querySelectorAll('[role="option"]')];
const isChosen = option => option.getAttribute("aria-selected") === "true";

function choose(input, option) {
  optionsOf(input).forEach(o => o.setAttribute("aria-selected", String(o === option)));
  if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
  else input.removeAttribute("aria-activedescendant");
}

// The input whose Enter waits for the answer.
let entered = null;
function follow(input) {
  entered = listOf(input).dataset.answers === input.value.trim() ? null : input;
  if (!entered) optionsOf(input).find(isChosen)?.click();
}
whenPresent("[data-palette-input]", input => {
  const answered = changes => {
    if (!input.isConnected) return; // closed
    if (changes.some(change => change.type !== "attributes")) choose(input, optionsOf(input)[0]);
    if (entered === input) follow(input);
  };
  new MutationObserver(answered).observe(listOf(input), { childList: true, subtree: true, characterData: true, attributeFilter: ["data-answers"] });
  choose(input, optionsOf(input)[0]);
  input.focus();
});
document.addEventListener("keydown", event => {
  const input = event.target;
  if (!input.matches?.("[data-palette-input]")) return;
  const options = optionsOf(input);
  const at = options.findIndex(isChosen);
  entered = null;
  if (event.key === "ArrowDown") choose(input, options[(at + 1) % options.length]);
  else if (event.key === "ArrowUp") choose(input, options[(at - 1 + options.length) % options.length]);
  else if (event.key === "Enter") follow(input);
  else return;
  event.preventDefault();
});

Object.assign(window.leaddesk, {
  download(name, type, text) {
    const address = URL.createObjectURL(new Blob([text], { type }));
    const link = Object.assign(document.createElement("a"), { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  },
});
