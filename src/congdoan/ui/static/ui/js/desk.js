// What the desk does beyond links: choosing all rows of a table, sending a form only once. The desk works without it.
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

// --- A second press while the answer is on its way sends nothing: no form of the desk is meant twice. A download leaves the page
// where it is, so a form may be sent again after a while; so may one to which the reader comes back.
const PATIENCE = 8000;
document.addEventListener("submit", (event) => {
  const { target } = event;
  if (target.method !== "post" || event.defaultPrevented) return;
  if ("sent" in target.dataset) event.preventDefault();
  target.dataset.sent = "";
  setTimeout(() => delete target.dataset.sent, PATIENCE);
});
addEventListener("pageshow", () => $$("[data-sent]").forEach((form) => delete form.dataset.sent));
