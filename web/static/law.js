// The page of one provision: copy its link, share it, print it. Without scripts these buttons stay hidden.
import { copyText } from "./copying.js";

const link = () => document.querySelector('link[rel="canonical"]')?.href ?? location.origin + location.pathname;

for (const button of document.querySelectorAll("[data-copy-link]")) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.textContent = (await copyText(link())) ? button.dataset.done : button.dataset.failed;
    setTimeout(() => (button.textContent = label), 2500);
  });
}
for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = !navigator.share;
  button.addEventListener("click", () => navigator.share({ title: document.title, url: link() }).catch(() => {}));
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
document.querySelector(".law-part--chosen")?.scrollIntoView({ block: "center" });
