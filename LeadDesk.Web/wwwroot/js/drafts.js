// Keeps what is typed into [data-draft="key"] in this tab until it is saved, and puts it back after a reload or a lost connection.
// Give the key the record it belongs to, e.g. data-draft="note-17". After saving, the page calls leaddesk.clearDraft(key).
import { whenPresent } from "./dom.js";

const prefix = "leaddesk.draft.";
const store = sessionStorage;

document.addEventListener("input", event => {
  const key = event.target.dataset?.draft;
  if (!key) return;
  if (event.target.value) store.setItem(prefix + key, event.target.value); else store.removeItem(prefix + key);
});

whenPresent("[data-draft]", element => {
  const text = store.getItem(prefix + element.dataset.draft);
  if (!text || element.value) return;
  element.value = text;
  element.dispatchEvent(new Event("input", { bubbles: true }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
});

// The next person at this screen must not find them.
document.addEventListener("submit", event => {
  if (!event.target.matches("[data-sign-out]")) return;
  Object.keys(store).filter(key => key.startsWith(prefix)).forEach(key => store.removeItem(key));
});

window.leaddesk.clearDraft = key => store.removeItem(prefix + key);
