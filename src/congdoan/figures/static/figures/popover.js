// A figure in a text says where it comes from without leaving the text: on hover, on focus, on the first tap. The link itself
// leads to the same and more, and works without any of this.
const WAIT = 250;
const found = new Map();
const tip = document.createElement("div");
tip.className = "figure-tip";
tip.id = "nguon-so-lieu";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
(document.querySelector("main") ?? document.body).append(tip);

let shown = null;
let timer = 0;

const said = async (link) => {
  const url = `${link.pathname}tom-tat/`;
  if (!found.has(url)) {
    found.set(
      url,
      fetch(url, { headers: { "X-Requested-With": "fetch" } }).then((answer) => (answer.ok ? answer.text() : "")),
    );
  }
  try {
    return await found.get(url);
  } catch {
    found.delete(url); // no network now; perhaps later
    return "";
  }
};

const place = (link) => {
  const at = link.getBoundingClientRect(); // of all its lines: the number is never covered
  const inside = tip.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
  const room = document.documentElement.clientWidth;
  const left = Math.max(8, Math.min(at.left, room - tip.offsetWidth - 8));
  const above = at.bottom + tip.offsetHeight + 8 > innerHeight && at.top > tip.offsetHeight + 8;
  tip.style.left = `${left - inside.left}px`;
  tip.style.top = `${(above ? at.top - tip.offsetHeight - 6 : at.bottom + 6) - inside.top}px`;
};

const close = () => {
  clearTimeout(timer);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  tip.hidden = true;
};

const open = async (link) => {
  clearTimeout(timer);
  if (shown === link && !tip.hidden) return;
  close();
  shown = link;
  const words = await said(link);
  if (shown !== link || !words) return;
  tip.innerHTML = words; // our own fragment
  for (const each of tip.querySelectorAll("a")) each.tabIndex = -1; // by keyboard the figure itself leads there
  tip.hidden = false;
  place(link);
  link.setAttribute("aria-describedby", tip.id);
};

const later = (what) => {
  clearTimeout(timer);
  timer = setTimeout(what, WAIT);
};
const figureOf = (event) => event.target.closest?.("a.figure");

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = figureOf(event);
  if (link) later(() => open(link));
  else if (tip.contains(event.target)) clearTimeout(timer);
  else if (shown && document.activeElement !== shown) later(close);
});
document.addEventListener("focusin", (event) => {
  const link = figureOf(event);
  if (link) open(link);
  else if (!tip.contains(event.target)) close();
});
let touched = null;
document.addEventListener("pointerdown", (event) => {
  touched = event.pointerType === "touch" ? figureOf(event) : null;
  // Where the tip stands already, the second tap follows the link.
  if (touched && touched === shown && !tip.hidden) touched = null;
  if (!figureOf(event) && !tip.contains(event.target)) close();
});
document.addEventListener("click", (event) => {
  const link = figureOf(event);
  if (!link || link !== touched) return;
  event.preventDefault();
  open(link);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !tip.hidden) close();
});
addEventListener("resize", close);
