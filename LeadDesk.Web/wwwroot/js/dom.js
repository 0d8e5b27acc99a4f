// Calls back for every element matching a selector, now and whenever one appears or its watched attributes change.
// One observer serves the whole page; other modules build on it, so that components need no script of their own.
const watches = [];

export function whenPresent(selector, callback) {
  watches.push({ selector, callback });
  document.querySelectorAll(selector).forEach(callback);
}

function visit(node) {
  if (!(node instanceof Element)) return;
  for (const { selector, callback } of watches) {
    if (node.matches(selector)) callback(node);
    node.querySelectorAll(selector).forEach(callback);
  }
}

new MutationObserver(changes => {
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(visit);
    else for (const { selector, callback } of watches) if (change.target.matches(selector)) callback(change.target);
  }
}).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["datetime", "data-loaded", "data-place", "data-shown"] });
