// The board: cards [data-card] are dragged to another column [data-stage], or moved by keys: arrows go from card to card, [ and ] move the
// card to the stage before or after. What moved is told through the hidden [data-card-move] as "lead stage".
import { whenPresent } from "./dom.js";

let carried = null;
let awaited = null;

function move(card, column) {
  const input = card.closest("[data-board]")?.querySelector("[data-card-move]");
  if (!input || input.matches(":disabled") || !column || column.contains(card)) return;
  input.value = `${card.dataset.card} ${column.dataset.stage}`;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

const over = target => document.querySelectorAll("[data-board] [data-stage]").forEach(column => column.toggleAttribute("data-over", column === target));

document.addEventListener("dragstart", event => {
  carried = event.target.closest?.("[data-card]") ?? null;
  if (!carried) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", carried.getAttribute("aria-label") ?? "");
  carried.toggleAttribute("data-carried", true);
});
document.addEventListener("dragover", event => {
  const column = carried && event.target.closest?.("[data-board] [data-stage]");
  if (carried) over(column?.contains(carried) ? null : column);
  if (column) event.preventDefault();
});
document.addEventListener("drop", event => {
  const column = carried && event.target.closest?.("[data-board] [data-stage]");
  if (!column) return;
  event.preventDefault();
  move(carried, column);
});
document.addEventListener("dragend", () => { carried?.removeAttribute("data-carried"); carried = null; over(null); });

const cards = column => [...column.querySelectorAll("[data-card]")];
const columns = board => [...board.querySelectorAll("[data-stage]")];

function focus(card) {
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// The next column that has cards, and in it the card at the same height.
function beside(card, step) {
  const all = columns(card.closest("[data-board]"));
  const middle = card.getBoundingClientRect().top;
  for (let at = all.indexOf(card.closest("[data-stage]")) + step; at >= 0 && at < all.length; at += step) {
    const there = cards(all[at]);
    if (there.length) return there.reduce((best, other) => Math.abs(other.getBoundingClientRect().top - middle) < Math.abs(best.getBoundingClientRect().top - middle) ? other : best);
  }
  return null;
}

document.addEventListener("keydown", event => {
  const card = event.target;
  if (!card.matches?.("[data-card]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const column = card.closest("[data-stage]");
  const mine = cards(column);
  const sign = getComputedStyle(card).direction === "rtl" ? -1 : 1;
  const neighbour = step => { const all = columns(card.closest("[data-board]")); return all[all.indexOf(column) + step]; };
  const acts = {
    ArrowDown: () => focus(mine[mine.indexOf(card) + 1]),
    ArrowUp: () => focus(mine[mine.indexOf(card) - 1]),
    ArrowRight: () => focus(beside(card, sign)),
    ArrowLeft: () => focus(beside(card, -sign)),
    "]": () => { awaited = card.dataset.card; move(card, neighbour(1)); },
    "[": () => { awaited = card.dataset.card; move(card, neighbour(-1)); },
  };
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});

// A card that was moved by key is another element in its new column; the focus goes with it.
whenPresent("[data-card]", card => {
  if (card.dataset.card !== awaited) return;
  awaited = null;
  setTimeout(() => focus(card));
});

// Keys begin at the board's first card when none has the focus.
document.addEventListener("focusin", event => {
  if (!event.target.matches?.("[data-board] .cards")) return;
  event.target.addEventListener("keydown", first => {
    if (first.key === "ArrowDown" && first.target.matches(".cards")) { first.preventDefault(); focus(cards(first.target)[0]); }
  }, { once: true });
});
