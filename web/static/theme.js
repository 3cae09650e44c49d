// Runs before the page is drawn, so that a chosen colour scheme never flashes. Classic script on purpose.
(() => {
  const KEY = "rahyar.theme";
  const ORDER = ["auto", "light", "dark"];
  const root = document.documentElement;

  const chosen = () => {
    try {
      return ORDER.includes(localStorage.getItem(KEY)) ? localStorage.getItem(KEY) : "auto";
    } catch {
      return "auto"; // storage is switched off
    }
  };

  const show = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-button]")) {
      button.title = button.dataset[theme];
      button.setAttribute("aria-label", button.dataset[theme]);
    }
  };

  show(chosen());
  document.addEventListener("DOMContentLoaded", () => {
    show(chosen());
    for (const button of document.querySelectorAll("[data-theme-button]")) {
      button.addEventListener("click", () => {
        const next = ORDER[(ORDER.indexOf(root.dataset.theme ?? "auto") + 1) % ORDER.length];
        try {
          localStorage.setItem(KEY, next);
        } catch {
          // it lasts for this page only
        }
        show(next);
      });
    }
  });
})();
