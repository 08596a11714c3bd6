// Photos of an album, one at a time over the whole screen: arrow keys, Escape, and the focus goes back where it was.
const links = [...document.querySelectorAll("[data-viewer-item]")];
const dialog = document.querySelector("[data-viewer]");

if (dialog?.showModal && links.length) {
  const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
  const image = part("image");
  let at = 0;

  const show = (index) => {
    at = (index + links.length) % links.length;
    const { href, dataset } = links[at];
    image.width = dataset.width;
    image.height = dataset.height;
    image.src = href;
    image.alt = dataset.alt;
    part("caption").textContent = dataset.caption;
    part("count").textContent = part("count")
      .dataset.words.replace("{number}", at + 1)
      .replace("{total}", links.length);
    // The next one is at hand when it is wanted.
    if (links.length > 1) new Image().src = links[(at + 1) % links.length].href;
  };

  links.forEach((link, index) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(index);
      dialog.showModal();
      part("close").focus();
    }),
  );
  const one = links.length < 2;
  part("back").hidden = one;
  part("on").hidden = one;
  part("back").addEventListener("click", () => show(at - 1));
  part("on").addEventListener("click", () => show(at + 1));
  part("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(at - 1);
    else if (event.key === "ArrowRight") show(at + 1);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(links.length - 1);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("close", () => links[at].focus());

  let touchedAt = null;
  dialog.addEventListener("touchstart", (event) => (touchedAt = event.changedTouches[0].clientX), { passive: true });
  dialog.addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - (touchedAt ?? 0);
    if (touchedAt !== null && Math.abs(moved) > 48) show(at + (moved < 0 ? 1 : -1));
    touchedAt = null;
  });
}
