// The first visit: one step at a time, with what it is about outlined. It never takes the page away: everything stays usable.
for (const tour of document.querySelectorAll("[data-tour]")) {
  const part = (name) => tour.querySelector(`[data-part=${name}]`);
  const steps = [...tour.querySelectorAll("[data-part=step]")];
  const form = tour.querySelector("form");
  let at = 0;

  const find = (selector) => {
    try {
      // Rail and bar hold the same entries: the one that can be seen is meant.
      return [...document.querySelectorAll(selector)].find((element) => element.getClientRects().length);
    } catch {
      return undefined;
    }
  };
  const outline = (target) => {
    document.querySelector(".is-in-tour")?.classList.remove("is-in-tour");
    target?.classList.add("is-in-tour");
  };

  const show = (number, takesFocus) => {
    at = number;
    steps.forEach((step, index) => (step.hidden = index !== at));
    const isLast = at === steps.length - 1;
    part("back").hidden = at === 0;
    part("on").hidden = isLast;
    const end = part("end");
    end.textContent = isLast ? end.dataset.done : end.dataset.skip;
    end.classList.toggle("btn--primary", isLast);
    end.classList.toggle("btn--quiet", !isLast);
    const where = part("where");
    where.textContent = where.dataset.words.replace("{number}", at + 1).replace("{total}", steps.length);
    outline(steps[at].dataset.target && find(steps[at].dataset.target));
    if (takesFocus) steps[at].querySelector(".tour__title").focus();
  };

  part("back").addEventListener("click", () => show(at - 1, true));
  part("on").addEventListener("click", () => show(at + 1, true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    outline();
    tour.remove();
    document.querySelector("main")?.focus({ preventScroll: true });
    // When this does not arrive the tour comes once more, which is no harm.
    fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" }).catch(() => {});
  });

  show(0, false);
}
