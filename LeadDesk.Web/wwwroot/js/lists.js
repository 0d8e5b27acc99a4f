// Lists that change while somebody looks at them are marked [data-list]. The server asks before it puts something in at the top:
// not while one has scrolled down, and not while the pointer is about to hit a row.
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

window.leaddesk.listIsCalm = () => scrollY < 8 && performance.now() - moved > justNow;
