// Naming people while typing: [data-mentions="list"] on a text field, and a listbox of that id whose options carry data-name.
// Only attributes that the server never renders are touched: data-open, data-fits, aria-selected, aria-activedescendant.
const most = 6;
const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
const listOf = field => document.getElementById(field.dataset.mentions);

// The word after the last @ before the caret: at the start or after a space, without a line end, at most thirty characters.
function word(field) {
  const before = field.value.slice(0, field.selectionStart);
  const found = /(^|[\s(])@([^\n@]{0,30})$/u.exec(before);
  return found ? { from: before.length - found[2].length, text: fold(found[2]) } : null;
}

// Whose first name begins with it before whose family name does, as the style sheet orders them.
const fitting = list => [...list.querySelectorAll('[data-fits="first"]'), ...list.querySelectorAll('[data-fits="other"]')];
const isOpen = field => listOf(field)?.hasAttribute("data-open");

function select(field, option) {
  listOf(field).querySelectorAll('[role="option"]').forEach(o => o === option ? o.setAttribute("aria-selected", "true") : o.removeAttribute("aria-selected"));
  if (option) { field.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
  else field.removeAttribute("aria-activedescendant");
}

function close(field) {
  listOf(field)?.removeAttribute("data-open");
  select(field, null);
}

function suggest(field) {
  const list = listOf(field), typed = word(field);
  if (!list) return;
  let left = typed ? most : 0;
  for (const option of list.querySelectorAll('[role="option"]')) {
    const name = fold(option.dataset.name);
    const first = left > 0 && name.startsWith(typed.text) && name !== typed.text;
    if (first || (left > 0 && name.split(/\s+/u).some(part => part.startsWith(typed.text)) && name !== typed.text)) {
      option.setAttribute("data-fits", first ? "first" : "other");
      left--;
    } else option.removeAttribute("data-fits");
  }
  const [first] = fitting(list);
  list.toggleAttribute("data-open", Boolean(first));
  select(field, first ?? null);
}

function take(field, option) {
  const typed = word(field);
  if (!typed) return;
  field.setRangeText(option.dataset.name + " ", typed.from, field.selectionStart, "end");
  close(field);
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  close(field);
}

document.addEventListener("input", event => { if (event.target.dataset?.mentions) suggest(event.target); });
document.addEventListener("focusout", event => { if (event.target.dataset?.mentions) close(event.target); });
document.addEventListener("keydown", event => {
  const field = event.target;
  if (!field.dataset?.mentions || !isOpen(field) || event.ctrlKey || event.metaKey || event.altKey) return;
  const options = fitting(listOf(field));
  const at = options.findIndex(o => o.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") select(field, options[(at + 1) % options.length]);
  else if (event.key === "ArrowUp") select(field, options[(at - 1 + options.length) % options.length]);
  else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) take(field, options[at]);
  else if (event.key === "Escape") close(field);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
// Before the field loses the focus.
document.addEventListener("pointerdown", event => {
  const option = event.target.closest?.('[role="option"][data-name]');
  const field = option && document.querySelector(`[data-mentions="${option.parentElement.id}"]`);
  if (!field) return;
  event.preventDefault();
  take(field, option);
});
