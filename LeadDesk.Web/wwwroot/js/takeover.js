// The circuit draws anew what the server's HTML shows already. What somebody did with that HTML meanwhile goes over to the new elements:
// how far its lists are scrolled, which menu is open, where the focus is, and a link that is pressed but not yet let go.
const main = document.getElementById("main");
const scrolled = [];
let focused = null;
let pressed = null;

const all = (roots, selector) => roots.flatMap(root => [...root.querySelectorAll(selector)]);
const noteScroll = event => {
  const place = all([main], "[data-window]").indexOf(event.target);
  if (place >= 0) scrolled[place] = { top: event.target.scrollTop, left: event.target.scrollLeft };
};
const noteFocus = event => { focused = event.target; };
const notePress = event => { pressed = event.button === 0 ? event.target.closest("a[href]") : null; };
const noteRelease = () => { pressed = null; };

function sameAs(element, old) {
  const link = element.matches("[data-row]") ? element.querySelector("[data-row-link]") : element;
  if (link?.href) return all([main], "a").find(other => other.href === link.href)?.closest(element.matches("[data-row]") ? "[data-row]" : "a");
  return all([main], "summary")[all(old, "summary").indexOf(element)];
}

if (main) {
  main.addEventListener("scroll", noteScroll, { capture: true, passive: true });
  main.addEventListener("focusin", noteFocus);
  main.addEventListener("pointerdown", notePress);
  document.addEventListener("pointerup", noteRelease);
  new MutationObserver((changes, observer) => {
    const old = changes.flatMap(change => [...change.removedNodes]).filter(node => node instanceof Element);
    if (!old.length) return;
    observer.disconnect();
    main.removeEventListener("scroll", noteScroll, { capture: true });
    main.removeEventListener("focusin", noteFocus);
    main.removeEventListener("pointerdown", notePress);
    document.removeEventListener("pointerup", noteRelease);
    if (pressed && !pressed.isConnected) {
      // No click comes where the element that was pressed is gone.
      const { href } = pressed;
      document.addEventListener("pointerup", event => { const link = event.target.closest?.("a[href]"); if (link?.href === href) link.click(); }, { once: true });
    }
    all([main], "[data-window]").forEach((frame, place) => { if (scrolled[place]) frame.scrollTo(scrolled[place]); });
    const menus = all([main], "details.menu");
    all(old, "details.menu").forEach((menu, place) => { if (menu.open && menus[place]) menus[place].open = true; });
    if (focused && !focused.isConnected && document.activeElement === document.body) sameAs(focused, old)?.focus({ preventScroll: true });
  }).observe(main, { childList: true });
}

// The framework's head takes the title away and asks the server for it. Meanwhile the page keeps the one it had.
let title = document.title;
let kept = null;
new MutationObserver(() => {
  const titles = document.head.querySelectorAll("title");
  if (!titles.length) {
    kept = Object.assign(document.createElement("title"), { textContent: title });
    document.head.append(kept);
  } else if (kept && titles.length > 1) {
    kept.remove();
    kept = null;
  }
  title = document.title;
}).observe(document.head, { childList: true });
