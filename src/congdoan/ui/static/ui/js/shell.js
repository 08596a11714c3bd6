// What every page does beyond links: theme, menu, print, copy. The page works without it.
const root = document.documentElement;
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

// --- Light and dark: the device decides until the reader does.
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches);
const nameTheme = () => {
  for (const button of $$("[data-theme-switch]")) {
    button.querySelector("[data-part=word]").textContent = isDark() ? button.dataset.light : button.dataset.dark;
  }
};
const remember = (theme) => {
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch {
    // A browser that keeps nothing shows the theme for this page only.
  }
};
for (const button of $$("[data-theme-switch]")) {
  button.addEventListener("click", () => {
    const wanted = isDark() ? "light" : "dark";
    const asDevice = (wanted === "dark") === systemDark.matches;
    if (asDevice) delete root.dataset.theme;
    else root.dataset.theme = wanted;
    remember(asDevice ? "" : wanted);
    nameTheme();
  });
}
systemDark.addEventListener("change", nameTheme);
nameTheme();

// --- Drop-downs of the menu: one open at a time; Escape and a click elsewhere close it.
const dropdowns = $$("[data-dropdown]");
const closeDropdowns = (except) => dropdowns.forEach((item) => item !== except && (item.open = false));
for (const item of dropdowns) {
  item.addEventListener("toggle", () => item.open && closeDropdowns(item));
  item.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !item.contains(event.relatedTarget)) item.open = false;
  });
}
document.addEventListener("click", (event) => {
  closeDropdowns(dropdowns.find((item) => item.contains(event.target)));
});

// --- The sheet on phones: what lies under it cannot be reached while it is open.
const sheets = $$("[data-sheet]");
for (const sheet of sheets) {
  sheet.addEventListener("toggle", () => {
    for (let node = sheet; node !== document.body; node = node.parentElement) {
      for (const other of node.parentElement.children) if (other !== node) other.inert = sheet.open;
    }
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const item of [...dropdowns, ...sheets]) {
    if (!item.open) continue;
    item.open = false;
    item.querySelector("summary").focus();
  }
});

// --- Print, and copy the address.
for (const button of $$("[data-print]")) button.addEventListener("click", () => print());
for (const button of $$("[data-copy]")) {
  button.hidden = false;
  const word = button.querySelector("[role=status]");
  const before = word.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(button.dataset.copy || location.href);
    if (!navigator.clipboard) return;
    word.textContent = button.dataset.done;
    setTimeout(() => (word.textContent = before), 3000);
  });
}

// --- A form that came back with errors: start at the summary.
document.querySelector("[data-focus]")?.focus();

// --- A wide picture in its own box starts in the middle, where its top is.
for (const box of $$("[data-scroll-middle]")) box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;
