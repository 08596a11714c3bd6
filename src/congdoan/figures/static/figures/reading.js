// Deciding by keyboard: J and K go through the figures, N confirms, B dismisses. Typing in a field is left alone.
const cards = () => [...document.querySelectorAll("[data-reading] form")];
const current = () => document.activeElement?.closest("[data-reading] form");

const go = (card) => {
  card?.focus();
  card?.scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const all = cards();
  const at = all.indexOf(current());
  const key = event.key.toLowerCase();
  if (key === "j") go(all[Math.min(at + 1, all.length - 1)]);
  else if (key === "k") go(all[Math.max(at - 1, 0)]);
  else if ((key === "n" || key === "b") && at >= 0) {
    all[at].querySelector(`button[value=${key === "n" ? "nhan" : "bo"}]`)?.click();
  } else return;
  event.preventDefault();
});

// The card that came back takes the place of the old one; go on with the next that waits.
document.addEventListener("htmx:afterSwap", (event) => {
  const card = event.detail.elt?.closest?.("[data-reading] form") ?? document.getElementById(event.detail.target?.id);
  const all = cards();
  const at = all.findIndex((one) => one.id === card?.id);
  if (at < 0) return;
  go(all[at].classList.contains("is-proposed") ? all[at] : all.slice(at + 1).find((one) => one.classList.contains("is-proposed")) ?? all[at]);
});
