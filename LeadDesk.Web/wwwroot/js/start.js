// Starts the framework's script (autostart is off) with patient retries, and finishes what its reconnect display leaves open:
// "rejected" means that the server is back but no longer knows this page, "failed" that it gave up. Both end in a reload; drafts.js keeps the text.
const bar = document.getElementById("components-reconnect-modal");
let waiting = false;

async function reloadWhenBack() {
  if (waiting) return;
  waiting = true;
  for (;;) {
    try {
      const answer = await fetch("/health/live", { cache: "no-store" });
      if (answer.ok) break;
    } catch { /* still away */ }
    await new Promise(resolve => setTimeout(resolve, 2000));
  }
  location.reload();
}

// What is typed while the server is away reaches nobody; once it is back it is said again, so that a save has the whole text.
const typedAway = new Set();
const away = () => bar?.matches(".components-reconnect-show, .components-reconnect-retrying");
document.addEventListener("input", event => { if (away()) typedAway.add(event.target); });

function sayAgain() {
  for (const element of typedAway) {
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }
  typedAway.clear();
}

if (bar) new MutationObserver(() => {
  if (bar.matches(".components-reconnect-failed, .components-reconnect-rejected")) reloadWhenBack();
  else if (bar.matches(".components-reconnect-hide")) sayAgain();
}).observe(bar, { attributes: true, attributeFilter: ["class"] });

window.Blazor.start({
  circuit: { reconnectionOptions: { maxRetries: 10000, retryIntervalMilliseconds: tries => tries < 4 ? 250 * tries : 2000 } },
});
