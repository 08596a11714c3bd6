// A tree that opens by branch: links become buttons, branches are fetched once, arrows move between rows.
// Without this file each of them is a link to the page with that branch open.
const fetchBranch = async (url) => {
  const answer = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  // Somebody whose session ended is sent to sign in: that page is no branch.
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const branch = holder.content.querySelector(".tree__branch");
  if (!branch) throw new Error("no branch");
  return branch;
};

for (const tree of document.querySelectorAll("[data-tree]")) {
  const say = (words) => (tree.querySelector("[data-part=status]").textContent = words);
  const nodeOf = (element) => element.closest(".tree__node");
  const below = (node) => node.querySelector(":scope > [data-part=below]");
  const toggleOf = (node) => node.querySelector(":scope > .tree__row > [data-tree-toggle]");
  // What the keyboard stops at in a row: its button, or its name where there is nothing to open.
  const handleOf = (row) => row.querySelector("[data-tree-toggle], a.tree__name");
  const rows = () =>
    [...tree.querySelectorAll(".tree__row, .tree__more")].filter((row) => row.checkVisibility?.() ?? row.offsetParent);

  const dress = (within) => {
    for (const toggle of within.querySelectorAll("[data-tree-toggle]")) toggle.setAttribute("role", "button");
  };

  const complain = (place) => {
    say(tree.dataset.failed);
    place.querySelector(":scope > .tree__failed")?.remove();
    const words = document.createElement("p");
    words.className = "tree__failed";
    words.textContent = tree.dataset.failed;
    place.prepend(words);
  };

  const open = async (node) => {
    const toggle = toggleOf(node);
    const place = below(node);
    if (toggle.getAttribute("aria-busy")) return;
    if (!place.querySelector(".tree__branch")) {
      toggle.setAttribute("aria-busy", "true");
      say(tree.dataset.loading);
      try {
        const branch = await fetchBranch(toggle.dataset.treeToggle);
        dress(branch);
        place.replaceChildren(branch);
        say("");
      } catch {
        complain(place);
        place.hidden = false;
        return;
      } finally {
        toggle.removeAttribute("aria-busy");
      }
    }
    place.hidden = false;
    toggle.setAttribute("aria-expanded", "true");
  };

  const close = (node) => {
    below(node).hidden = true;
    toggleOf(node).setAttribute("aria-expanded", "false");
  };

  const isOpen = (node) => toggleOf(node)?.getAttribute("aria-expanded") === "true";

  const more = async (link) => {
    const item = link.closest(".tree__more");
    if (link.getAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    say(tree.dataset.loading);
    try {
      const branch = await fetchBranch(link.dataset.treeMore);
      dress(branch);
      const fresh = [...branch.children];
      const hadFocus = document.activeElement === link;
      item.replaceWith(...fresh);
      say("");
      if (hadFocus) (handleOf(fresh[0]) ?? fresh[0].querySelector("a"))?.focus();
    } catch {
      complain(item);
    } finally {
      link.removeAttribute("aria-busy");
    }
  };

  tree.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const toggle = event.target.closest("[data-tree-toggle]");
    const link = event.target.closest("[data-tree-more]");
    if (!toggle && !link) return;
    event.preventDefault();
    if (link) more(link);
    else if (isOpen(nodeOf(toggle))) close(nodeOf(toggle));
    else open(nodeOf(toggle));
  });

  tree.addEventListener("keydown", (event) => {
    const row = event.target.closest(".tree__row, .tree__more");
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = rows();
    const at = all.indexOf(row);
    const node = row.parentElement.closest(".tree__node");
    const toggle = row.matches(".tree__row") && toggleOf(node);
    const go = (target) => (handleOf(target) ?? target.querySelector("a"))?.focus();
    const keys = {
      ArrowDown: () => all[at + 1] && go(all[at + 1]),
      ArrowUp: () => all[at - 1] && go(all[at - 1]),
      Home: () => go(all[0]),
      End: () => go(all[all.length - 1]),
      ArrowRight: () => {
        if (!toggle) return;
        if (!isOpen(node)) open(node);
        else if (all[at + 1]) go(all[at + 1]);
      },
      ArrowLeft: () => {
        if (toggle && isOpen(node)) {
          toggle.focus();
          close(node);
          return;
        }
        const above = (row.matches(".tree__row") ? node.parentElement : row.parentElement).closest(".tree__node");
        if (above) go(above.querySelector(":scope > .tree__row"));
      },
      " ": () => {
        if (event.target.matches("[data-tree-toggle], [data-tree-more]")) event.target.click();
      },
    };
    if (!keys[event.key] || (event.key === " " && !event.target.matches("[data-tree-toggle], [data-tree-more]"))) return;
    event.preventDefault();
    keys[event.key]();
  });

  dress(tree);
}
