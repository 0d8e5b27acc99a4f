// Loaded blocking in the head: sets theme and rail width before the first paint, so that nothing flashes.
(() => {
  const root = document.documentElement;
  const kept = key => { try { return localStorage.getItem(key); } catch { return null; } };
  const apply = () => {
    const theme = kept("leaddesk.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme; else delete root.dataset.theme;
    if (kept("leaddesk.rail") === "narrow") root.dataset.rail = "narrow"; else delete root.dataset.rail;
  };
  apply();
  addEventListener("storage", apply);
  window.leaddesk = { applyLook: apply };
})();
