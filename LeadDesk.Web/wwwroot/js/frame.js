// Keeps the frame, which the server drew once, in step with the page inside it: present place, search text, address to come back to.
import { whenPresent } from "./dom.js";

const lists = ["/leads", "/leads/board", "/my-leads"];
const onList = () => lists.includes(location.pathname);
const places = () => [...document.querySelectorAll("[data-nav]")].map(link => new URL(link.href).pathname);
const isCurrent = link => {
  const path = new URL(link.href).pathname;
  return path === location.pathname || (path !== "/" && location.pathname.startsWith(path + "/") && !places().includes(location.pathname));
};

// The text last asked for. The field is left alone while the address only repeats it: its owner may have typed on.
let asked = null;

function follow() {
  document.querySelectorAll("[data-nav]").forEach(link => isCurrent(link) ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current"));
  document.querySelectorAll("[data-return-url]").forEach(input => { input.value = location.pathname + location.search; });
  const rail = document.getElementById("rail");
  if (rail?.matches(":popover-open")) rail.hidePopover();
  const text = (onList() && new URLSearchParams(location.search).get("search")) || "";
  const field = document.querySelector("[data-search]");
  if (field && text !== asked) field.value = asked = text;
}

// Reading goes on at the new page's heading. Not on arrival, and never away from a field somebody types in.
let place = location.pathname;
function startAtHeading() {
  if (place === location.pathname) return;
  place = location.pathname;
  const heading = document.querySelector("#main h1");
  if (!heading || document.activeElement?.matches("input, textarea, select")) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

whenPresent("[data-place]", () => { follow(); startAtHeading(); });
whenPresent("[data-top-search]", follow);

// On a list the search narrows it while one types and keeps the other filters; elsewhere Enter opens the list.
function search(form) {
  const text = form.elements.search.value.trim();
  const address = new URL(onList() ? location.href : "/leads", document.baseURI);
  if (onList() && text === asked) return;
  asked = text;
  address.searchParams.delete("cursor");
  if (text) address.searchParams.set("search", text); else address.searchParams.delete("search");
  window.Blazor.navigateTo(address.href, { replaceHistoryEntry: onList() });
}

document.addEventListener("submit", event => {
  if (!event.target.matches("[data-top-search]") || !window.Blazor) return;
  event.preventDefault();
  search(event.target);
});

let typing;
document.addEventListener("input", event => {
  if (!event.target.matches?.("[data-search]") || !onList()) return;
  clearTimeout(typing);
  typing = setTimeout(() => search(event.target.form), 250);
});

document.addEventListener("click", event => {
  if (!event.target.closest?.("[data-skip]")) return;
  event.preventDefault();
  document.getElementById("main").focus();
});
