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

// The text shows what the card is about.
document.addEventListener("focusin", ({ target }) => {
  const card = target.closest?.("[data-reading] form");
  if (card) document.querySelector(`.reading__mark[href="#${card.id}"]`)?.scrollIntoView({ block: "nearest" });
});

// The card that came back stands in the place of the old one, which is gone; go on with the next that waits.
document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (!elt.matches?.("[data-reading] form")) return;
  const waits = (card) => card.classList.contains("is-proposed");
  const all = cards();
  go(waits(elt) ? elt : (all.slice(all.indexOf(elt) + 1).find(waits) ?? elt));
});
