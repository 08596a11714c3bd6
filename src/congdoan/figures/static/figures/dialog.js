/* The dialog in which an editor chooses a figure. Its markup and words come from the server (figures/admin/dialog.html); everything
   works with the keyboard alone, and Esc leads back to the text. */
(() => {
  "use strict";

  const figures = window.congdoanFigures;
  let dialog = null;

  const part = (name) => dialog.querySelector(`[data-figure="${name}"]`);

  const later = (work, wait = 250) => {
    let timer = null;
    return (...given) => {
      clearTimeout(timer);
      timer = setTimeout(() => work(...given), wait);
    };
  };

  async function items(url, query) {
    const answer = await fetch(`${url}?${new URLSearchParams(query)}`);
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).items;
  }

  /** A field that finds something by words, with its list of options below (ARIA: combobox with a listbox). */
  class Finder {
    constructor(name, { url, shown, chosen, also = () => ({}) }) {
      this.input = part(name);
      this.list = part(`${name}-list`);
      this.none = part(`${name}-none`);
      Object.assign(this, { url, shown, chosen, also, found: [], active: -1, item: null, turn: 0 });
      this.search = later(() => this.load(), 200);
      this.input.addEventListener("input", () => {
        this.item = null;
        this.chosen(null);
        this.search();
      });
      this.input.addEventListener("keydown", (event) => this.press(event));
      this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.take(Number(option.dataset.index));
      });
    }

    async load() {
      const turn = ++this.turn;
      let found = [];
      try {
        found = await items(this.url, { q: this.input.value, ...this.also() });
      } catch {
        say(figures.settings().words.failed, true);
      }
      if (turn !== this.turn || this.item) return;
      this.found = found;
      this.active = -1;
      this.list.replaceChildren(
        ...found.map((item, index) => {
          const option = document.createElement("li");
          option.id = `${this.list.id}-${index}`;
          option.dataset.index = index;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          for (const [place, text] of Object.entries(this.shown(item))) {
            if (!text) continue;
            const words = document.createElement("span");
            words.className = `figure-dialog__${place}`;
            words.textContent = text;
            option.append(words);
          }
          return option;
        }),
      );
      this.open(found.length > 0);
      this.none.hidden = found.length > 0;
    }

    open(is) {
      this.list.hidden = !is;
      this.input.setAttribute("aria-expanded", String(is));
      if (!is) this.input.removeAttribute("aria-activedescendant");
    }

    close() {
      this.open(false);
      this.none.hidden = true;
    }

    press(event) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (this.list.hidden) {
          this.load();
          return;
        }
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.mark((this.active + step + this.found.length) % this.found.length);
      } else if (event.key === "Enter" && !this.list.hidden) {
        event.preventDefault();
        if (this.active >= 0 || this.found.length === 1) this.take(Math.max(this.active, 0));
        else this.mark(0);
      }
    }

    mark(index) {
      this.active = index;
      [...this.list.children].forEach((option, place) => {
        option.setAttribute("aria-selected", String(place === index));
        if (place !== index) return;
        this.input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      });
    }

    take(index) {
      this.set(this.found[index]);
      this.chosen(this.item);
    }

    set(item) {
      this.turn += 1;
      this.item = item;
      this.input.value = item ? item.name : "";
      this.close();
    }
  }

  function say(text, isWrong = false) {
    part("status").textContent = text;
    part("status").classList.toggle("is-wrong", isWrong && Boolean(text));
  }

  const chosenForm = () => dialog.querySelector("[name=figure-form]:checked").value;

  /** "2013-10-01..2013-12-31" as the fields say; "" for the page's own, null while a day is missing. */
  function windowOf() {
    const option = part("when").selectedOptions[0];
    if (option.dataset.window) return option.dataset.window;
    if (option.dataset.from) {
      const year = part("year").value;
      return /^\d{4}$/.test(year) ? `${year}-${option.dataset.from}..${year}-${option.dataset.to}` : null;
    }
    if (option.value !== "days") return "";
    const [from, to] = [part("from").value, part("to").value];
    return from && to ? `${from}..${to}` : null;
  }

  function setWindow(text) {
    const options = [...part("when").options];
    const [from, to] = text.split("..");
    let chosen = options.find((one) => (text ? one.dataset.window === text : one.value === ""));
    if (!chosen && from.slice(0, 4) === to?.slice(0, 4)) {
      chosen = options.find((one) => one.dataset.from === from.slice(5) && one.dataset.to === to.slice(5));
      if (chosen) part("year").value = from.slice(0, 4);
    }
    if (!chosen) {
      chosen = options.find((one) => one.value === "days");
      [part("from").value, part("to").value] = [from, to];
    }
    chosen.selected = true;
    showDays();
  }

  function showDays() {
    const option = part("when").selectedOptions[0];
    part("year-field").hidden = !option.dataset.from;
    part("days-field").hidden = option.value !== "days";
  }

  function choose(before) {
    return ready().then(
      ({ indicator, unit }) =>
        new Promise((done) => {
          prepare(indicator, unit, before);
          let result = null;
          const finish = () => {
            dialog.removeEventListener("close", finish);
            part("form").removeEventListener("submit", submit);
            done(result);
          };
          const submit = (event) => {
            event.preventDefault();
            const data = read(indicator, unit, true);
            if (!data) return;
            result = { ...data, form: chosenForm() };
            dialog.close();
          };
          dialog.addEventListener("close", finish);
          part("form").addEventListener("submit", submit);
          dialog.showModal();
          part("indicator").focus();
        }),
      () => {
        window.alert(figures.settings().words.failed);
        return null;
      },
    );
  }

  /** What the fields say, or null; with ``aloud`` the reason is told and its field gets the focus. */
  function read(indicator, unit, aloud) {
    const problem = (name, field) => {
      if (aloud) {
        say(dialog.dataset[name], true);
        field.focus();
      }
      return null;
    };
    if (!indicator.item) return problem("noIndicator", indicator.input);
    if (unit.input.value.trim() && !unit.item) return problem("noUnit", unit.input);
    const time = windowOf();
    if (time === null) return problem("noDays", part("when").value === "days" ? part("from") : part("year"));
    const [from, to] = time.split("..");
    if (time && from > to) return problem("noDays", part("to"));
    const { unit: pageUnit, from: pageFrom, to: pageTo } = figures.scope();
    if (!unit.item && !pageUnit) return problem("noUnit", unit.input);
    if (!time && !(pageFrom && pageTo)) return problem("noDays", part("when"));
    const data = {
      indicator: indicator.item.code,
      cell: part("cell").value,
      unit: unit.item?.code ?? "",
      window: time,
      basis: part("basis").value,
      shift: part("shift").value,
    };
    return Object.fromEntries(Object.entries(data).filter(([, value]) => value));
  }

  let fields = null;

  async function ready() {
    if (fields) return fields;
    const { urls } = figures.settings();
    const answer = await fetch(urls.dialog);
    if (!answer.ok) throw new Error(String(answer.status));
    const holder = document.createElement("div");
    holder.innerHTML = await answer.text();
    dialog = holder.querySelector("dialog");
    document.body.append(dialog);

    let turn = 0;
    const preview = later(async () => {
      const mine = ++turn;
      const data = read(fields.indicator, fields.unit, false);
      const places = [...dialog.querySelectorAll("[data-preview]")];
      let found = [];
      if (data) {
        try {
          found = await figures.describe(places.map((place) => ({ ...data, form: place.dataset.preview })));
        } catch {
          say(figures.settings().words.failed, true);
          return;
        }
      }
      if (mine !== turn) return;
      places.forEach((place, index) => {
        place.textContent = found[index] ? found[index].words || "…" : place.dataset.example;
        place.classList.toggle("is-example", !found[index]);
      });
      const at = places.findIndex((place) => place.dataset.preview === chosenForm());
      const one = found[at];
      say(one ? one.problem || [one.unit, one.window, one.coverage].filter(Boolean).join(" · ") : "", one?.fault);
    });

    const cells = (item) => {
      const options = (item?.cells ?? []).map((cell) => new Option(cell.name, cell.code));
      part("cell").replaceChildren(part("cell").options[0], ...options);
      part("cell").value = "";
      part("cell-field").hidden = !options.length;
    };
    fields = {
      preview,
      cells,
      indicator: new Finder("indicator", {
        url: urls.indicators,
        shown: (item) => ({ name: item.name, measure: [item.measure, item.topic, item.note].filter(Boolean).join(" · "), code: item.code }),
        chosen: (item) => {
          cells(item);
          preview();
          if (item) (part("cell-field").hidden ? part("unit") : part("cell")).focus();
        },
      }),
      unit: new Finder("unit", {
        url: urls.units,
        also: () => (fields.indicator.item?.totals_only ? { tong: 1 } : {}),
        shown: (item) => ({ name: item.name, code: item.code }),
        chosen: () => preview(),
      }),
    };
    dialog.addEventListener("change", () => {
      showDays();
      preview();
    });
    part("year").addEventListener("input", preview);
    dialog.querySelectorAll("[data-figure=close]").forEach((button) =>
      button.addEventListener("click", () => dialog.close()),
    );
    return fields;
  }

  async function prepare(indicator, unit, before) {
    const data = before ?? {};
    const page = figures.scope();
    part("insert").textContent = before ? part("insert").dataset.save : part("insert").dataset.insert;
    indicator.set(null);
    unit.set(null);
    fields.cells(null);
    say("");
    part("basis").value = data.basis ?? "";
    part("shift").value = data.shift ?? "";
    (dialog.querySelector(`[name=figure-form][value="${data.form}"]`) ??
      dialog.querySelector("[name=figure-form]")).checked = true;
    const isReport = Boolean(page.from && page.to);
    part("when").options[0].disabled = !isReport;
    if (before) setWindow(data.window ?? "");
    else if (isReport) setWindow("");
    else if (part("when").value === "") part("when").options[1].selected = true;
    showDays();
    fields.preview();
    if (!before && !page.unit && dialog.dataset.unit) {
      unit.set({ code: dialog.dataset.unit, name: dialog.dataset.unitName });
    }
    try {
      if (data.unit) {
        const found = await items(unit.url, { q: data.unit });
        unit.set(found.find((one) => one.code === data.unit) ?? { code: data.unit, name: data.unit });
      }
      if (data.indicator) {
        const [found] = await items(indicator.url, { ma: data.indicator });
        indicator.set(found ?? { code: data.indicator, name: data.indicator, cells: [] });
        fields.cells(found);
        part("cell").value = data.cell ?? "";
      } else {
        await indicator.load();
      }
    } catch {
      say(figures.settings().words.failed, true);
    }
    fields.preview();
  }

  figures.choose = choose;
})();
