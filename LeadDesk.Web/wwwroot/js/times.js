// Fills <time data-time="relative|date|datetime|clock"> in the reader's language and zone, and keeps relative ones fresh.
// Only the existing text node's value changes: the framework keeps its hold on the node.
// data-deadline marks a time that should not pass; data-late is set here once it has.
import { whenPresent } from "./dom.js";

const language = document.documentElement.lang || undefined;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
const exact = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "medium" });
const shapes = {
  date: new Intl.DateTimeFormat(language, { dateStyle: "medium" }),
  datetime: new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }),
  clock: new Intl.DateTimeFormat(language, { timeStyle: "short" }),
};
const units = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

function ago(seconds) {
  const size = Math.abs(seconds);
  for (const [unit, length] of units)
    if (size >= length) return relative.format(Math.trunc(seconds / length), unit);
  return relative.format(Math.trunc(seconds), "second");
}

function write(element) {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime()) || !element.firstChild) return;
  const shape = shapes[element.dataset.time];
  const text = shape ? shape.format(at) : ago((at - Date.now()) / 1000);
  if (element.firstChild.nodeValue !== text) element.firstChild.nodeValue = text;
  const title = exact.format(at);
  if (element.title !== title) element.title = title;
  if ("deadline" in element.dataset) element.toggleAttribute("data-late", at < Date.now());
}

// For times that people enter.
window.leaddesk.zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

whenPresent("time[data-time]", write);
setInterval(() => document.querySelectorAll('time[data-time="relative"]').forEach(write), 15000);
