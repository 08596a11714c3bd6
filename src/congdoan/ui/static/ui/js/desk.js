// What the desk does beyond links: choosing all rows of a table, steps of the first visit. The desk works without it.
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

// --- One box chooses all rows of its table, and shows when only some are chosen.
for (const all of $$("[data-choose-all]")) {
  const boxes = () => $$("tbody [type=checkbox]", all.closest("table"));
  const show = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
  };
  all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
  all.closest("table").addEventListener("change", show);
  show();
}

// --- What was typed before htmx listened is asked about once it does: it takes that for the first state of the field.
document.addEventListener(
  "htmx:load",
  () => {
    for (const field of $$('[hx-trigger$="typed"]')) if (field.value !== field.defaultValue) field.dispatchEvent(new Event("typed"));
  },
  { once: true },
);
