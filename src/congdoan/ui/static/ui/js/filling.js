// The sheet of a report: saves each cell as it is left, checks simple rules at once, and keeps on this machine what could
// not be sent. Without this file the sheet is a form with a button.
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const PAUSE = 1500;
const AGAIN = 20_000;

// --- What waits to be sent: one entry a cell, in the order of typing, by report and person.
const keeper = (holder) => {
  const name = `congdoan:report:${holder.dataset.user}:${holder.dataset.report}`;
  let memory = [];
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(name)) ?? [];
    } catch {
      return memory;
    }
  };
  const write = (entries) => {
    memory = entries;
    try {
      if (entries.length) localStorage.setItem(name, JSON.stringify(entries));
      else localStorage.removeItem(name);
    } catch {
      // No room or no permission: what was typed still stands in the page and is sent from memory.
    }
  };
  return {
    read,
    put(entry) {
      const entries = read();
      const known = entries.find((one) => one.pk === entry.pk);
      if (known) Object.assign(known, entry, { seen: known.seen });
      else entries.push(entry);
      write(entries);
    },
    change(pk, values) {
      write(read().map((one) => (one.pk === pk ? { ...one, ...values } : one)));
    },
    drop(pk) {
      write(read().filter((one) => one.pk !== pk));
    },
  };
};

const fill = (sentence, words) => sentence.replace(/%\((\w+)\)s/g, (all, name) => words[name] ?? all);

// --- Numbers as people write them here: 1.289 and 55,29. Missing is undefined, "does not apply" is null.
const value = (text) => {
  const tidy = text.replace(/[\s\u00a0]/g, "");
  if (["-", "–", "—", "x", "X"].includes(tidy)) return null;
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(tidy) || /^\d+(,\d+)?$/.test(tidy))
    return Number(tidy.replace(/\./g, "").replace(",", "."));
  return undefined;
};
const written = (number) => number.toLocaleString("vi-VN", { maximumFractionDigits: 4 });

const openSheet = (sheet) => {
  const words = JSON.parse(sheet.dataset.words);
  const rules = JSON.parse(sheet.dataset.rules);
  const kept = keeper(sheet);
  const inputs = $$(".cell__box input", sheet);
  const input = (pk) => $(`#c${pk}`, sheet);
  const says = (pk) => $(`#m${pk}`, sheet);
  const pkOf = (element) => element.closest(".cell").id.slice(1);
  const state = $("[data-part=state]", sheet);
  let sending = false;
  let leaving = false;
  let timer = 0;

  const tell = (text, mood = "") => {
    state.textContent = text;
    state.dataset.mood = mood;
  };

  // --- Rules that this page can judge alone.
  const sum = (pks) => {
    const values = pks.map((pk) => value(input(pk).value));
    if (values.includes(undefined)) return undefined;
    const numbers = values.filter((one) => one !== null);
    return numbers.length ? numbers.reduce((all, one) => all + one, 0) : undefined;
  };
  const label = (pks) => pks.map((pk) => $(`#l${pk}`, sheet).firstChild.textContent.trim()).join(" + ");
  const line = (className, text) => {
    const made = document.createElement("p");
    made.className = className;
    made.textContent = text;
    return made;
  };
  const broken = (rule) => {
    const left = sum(rule.l);
    const right = sum(rule.r);
    if (left === undefined || right === undefined) return "";
    if (rule.k === "equals" ? left === right : left <= right) return "";
    return fill(words[rule.k], { left: label(rule.l), right: label(rule.r), found: written(left), bound: written(right) });
  };
  const showSum = (rule) => {
    if (rule.k !== "equals" || rule.r.length < 2) return;
    const place = says(rule.l[0]);
    const values = rule.r.map((pk) => value(input(pk).value));
    const known = values.filter((one) => one !== undefined);
    let note = $("[data-sum]", place);
    if (!known.length) return note?.remove();
    const total = written(known.reduce((all, one) => all + (one ?? 0), 0));
    if (!note) {
      note = line("cell__note", "");
      note.dataset.sum = "";
      place.append(note);
    }
    note.textContent = fill(known.length === values.length ? words.sum : words.some, { total });
  };
  const judge = (pk) => {
    const touched = rules.filter((rule) => rule.l.includes(pk) || rule.r.includes(pk));
    const places = new Set([pk, ...touched.map((rule) => rule.l[0])]);
    for (const place of places) {
      $$(".cell__error, .cell__warning", says(place)).forEach((old) => old.remove());
      let wrong = false;
      if (/^\s*[-–]\s*\d/.test(input(place).value)) {
        says(place).prepend(line("cell__error", words.negative));
        wrong = true;
      }
      for (const rule of rules.filter((one) => one.l[0] === place)) {
        const sentence = broken(rule);
        if (sentence) says(place).prepend(line(rule.e ? "cell__error" : "cell__warning", sentence));
        wrong ||= Boolean(sentence && rule.e);
      }
      mark(place, wrong);
    }
    touched.forEach(showSum);
  };
  const mark = (pk, wrong) => {
    input(pk).toggleAttribute("aria-invalid", wrong);
    if (wrong) input(pk).setAttribute("aria-invalid", "true");
    input(pk).closest(".cell").classList.toggle("is-wrong", wrong);
  };

  // --- Keeping and sending.
  const seen = (pk) => $(`[name=r${pk}]`, sheet);
  const note = (pk) => $(`[name=g${pk}]`, sheet);
  const keep = (pk, more = {}) => {
    kept.put({ pk, text: input(pk).value, seen: seen(pk).value, section: sheet.dataset.section, held: false, ...more });
    tell(navigator.onLine ? words.saving : words.unsaved, navigator.onLine ? "" : "waiting");
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  };

  const post = async (fields) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", $("[name=csrfmiddlewaretoken]", sheet).value);
    for (const [name, text] of fields) body.set(name, text);
    const answer = await fetch(sheet.action, {
      method: "POST", body, headers: { "HX-Request": "true" }, credentials: "same-origin",
    });
    if (answer.redirected) return { status: 0, message: words.signed_out };
    if (answer.ok) return { status: 200, ...(await answer.json()) };
    const json = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    return { status: answer.status, message: json.message ?? words.refused };
  };

  const send = async () => {
    clearTimeout(timer);
    const entries = kept.read().filter((entry) => !entry.held);
    if (sending || !entries.length) return;
    sending = true;
    try {
      const answer = await post(
        entries.flatMap((entry) => [
          [`c${entry.pk}`, entry.text],
          [`r${entry.pk}`, entry.seen],
          ...(entry.comment === undefined ? [] : [[`g${entry.pk}`, entry.comment]]),
        ]),
      );
      if (answer.status === 200) take(answer, entries);
      else {
        if (answer.status === 409) entries.forEach((entry) => kept.change(entry.pk, { held: true }));
        tell(answer.message, "wrong");
      }
    } catch {
      tell(words.unsaved, "waiting");
      timer = setTimeout(send, AGAIN);
      return;
    } finally {
      sending = false;
    }
    if (kept.read().some((entry) => !entry.held)) later();
  };

  const take = (answer, entries) => {
    for (const entry of entries) {
      const told = answer.cells[entry.pk];
      const now = kept.read().find((one) => one.pk === entry.pk);
      if (!told || !now) continue;
      if (told.theirs !== null) {
        kept.change(entry.pk, { held: true });
      } else if (now.text === entry.text && now.comment === entry.comment) {
        kept.drop(entry.pk);
      } else {
        // Typed on while it was on its way: what was sent is what now stands there.
        kept.change(entry.pk, { seen: `${told.revision}:${entry.text}` });
      }
    }
    for (const [pk, told] of Object.entries(answer.cells)) if (input(pk)) show(pk, told, entries);
    const done = answer.parts[sheet.dataset.section];
    if (done !== undefined) {
      $("[data-part=done]", sheet).textContent = done;
      $("progress", sheet).value = done;
    }
    if (kept.read().some((entry) => !entry.held)) tell(words.saving);
    else tell(fill(words.saved, { time: answer.at }));
  };

  const show = (pk, told, entries) => {
    const field = input(pk);
    const sent = entries.find((entry) => entry.pk === pk);
    if (kept.read().some((entry) => entry.pk === pk && !entry.held)) return;
    says(pk).innerHTML = told.html;
    mark(pk, told.wrong || told.theirs !== null);
    if (told.theirs !== null) {
      seen(pk).value = `${told.revision}:${told.theirs}`;
    } else if (sent && field === document.activeElement && field.value === sent.text) {
      // Whoever is still in the field sees it written out on leaving.
      seen(pk).value = `${told.revision}:${sent.text}`;
      field.dataset.shown = told.shown;
    } else if (!sent || field.value === sent.text) {
      field.value = told.shown;
      seen(pk).value = `${told.revision}:${told.shown}`;
    }
  };

  // --- What the person does.
  sheet.addEventListener("input", (event) => {
    if (!event.target.closest(".cell")) return;
    const pk = pkOf(event.target);
    delete input(pk).dataset.shown;
    if (event.target === input(pk)) {
      keep(pk);
      judge(pk);
    } else if (event.target === note(pk)) keep(pk, { comment: event.target.value });
    else return;
    later();
  });
  sheet.addEventListener("change", (event) => {
    if (!event.target.closest(".cell")) return;
    const pk = pkOf(event.target);
    if (event.target.type === "checkbox") {
      input(pk).value = event.target.checked ? "–" : "";
      keep(pk);
      judge(pk);
    }
    send();
  });
  sheet.addEventListener("focusout", (event) => {
    const shown = event.target.dataset?.shown;
    if (shown === undefined) return;
    delete event.target.dataset.shown;
    const hidden = seen(pkOf(event.target));
    hidden.value = `${hidden.value.split(":", 1)[0]}:${shown}`;
    event.target.value = shown;
  });
  sheet.addEventListener("keydown", (event) => {
    const at = inputs.indexOf(event.target);
    if (event.key !== "Enter" || at < 0) return;
    event.preventDefault();
    (inputs[at + 1] ?? $(".filling__end .btn--primary", sheet)).focus();
  });
  sheet.addEventListener("paste", (event) => {
    const at = inputs.indexOf(event.target);
    const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n").replace(/^\n+|\n+$/g, "") ?? "";
    if (at < 0 || !text.includes("\n")) return;
    event.preventDefault();
    const lines = text.split("\n").map((one) => one.split("\t").pop().trim());
    const places = lines.slice(0, inputs.length - at).map((one, index) => [inputs[at + index], one]);
    const filled = places.filter(([, one]) => one);
    for (const [field, one] of filled) {
      field.value = one;
      keep(pkOf(field));
    }
    for (const [field] of filled) judge(pkOf(field));
    const surplus = lines.length - places.length;
    send().then(() => {
      const spread = fill(words.spread, { count: filled.length });
      tell(surplus > 0 ? `${spread} ${fill(words.cut, { count: surplus })}` : spread);
    });
  });
  sheet.addEventListener("click", async (event) => {
    const link = event.target.closest(".cell > p > a");
    const button = event.target.closest("[data-keep], [data-theirs], [name=lay]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      await openWords(link);
    } else if (button) {
      event.preventDefault();
      const pk = pkOf(button);
      if ("keep" in button.dataset) {
        kept.drop(pk);
        keep(pk);
        send();
      } else if ("theirs" in button.dataset) {
        kept.drop(pk);
        input(pk).value = seen(pk).value.split(":").slice(1).join(":");
        says(pk).replaceChildren();
        judge(pk);
      } else {
        kept.drop(pk);
        await lookUp(pk);
      }
      input(pk).focus();
    }
  });
  const openWords = async (link) => {
    try {
      const answer = await fetch(`${sheet.action}?o=${pkOf(link)}`, {
        headers: { "HX-Request": "true" }, credentials: "same-origin",
      });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const holder = document.createElement("template");
      holder.innerHTML = await answer.text();
      const cell = link.closest(".cell");
      link.remove();
      cell.append(holder.content);
      $("textarea", cell).focus();
    } catch {
      tell(words.refused, "wrong");
    }
  };
  const lookUp = async (pk) => {
    try {
      const answer = await post([["lay", pk]]);
      if (answer.status === 200) take(answer, []);
      else tell(answer.message, "wrong");
    } catch {
      tell(words.unsaved, "waiting");
    }
  };

  sheet.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      leaving = true;
      return;
    }
    event.preventDefault();
    tell(words.unsaved, "waiting");
  });
  addEventListener("online", send);
  addEventListener("offline", () => kept.read().length && tell(words.unsaved, "waiting"));
  addEventListener("beforeunload", (event) => {
    if (!leaving && kept.read().some((entry) => !entry.held)) event.preventDefault();
  });
  addEventListener("pageshow", () => (leaving = false));

  // --- What could not be sent the last time comes back into its fields and goes first.
  for (const entry of kept.read()) {
    if (!input(entry.pk)) continue;
    if (entry.held) kept.change(entry.pk, { held: false });
    input(entry.pk).value = entry.text;
    if (entry.comment !== undefined && note(entry.pk)) note(entry.pk).value = entry.comment;
    judge(entry.pk);
  }
  if (kept.read().length) {
    tell(words.unsaved, "waiting");
    send();
  }
};

for (const sheet of $$("form.filling[data-rules]")) openSheet(sheet);

// --- Pages around the sheet say when something typed on this machine has not been sent yet.
for (const holder of $$("[data-kept-here]")) {
  const numbers = [...new Set(keeper(holder).read().map((entry) => entry.section))].sort();
  const message = $("[data-part=kept]", holder);
  message.hidden = !numbers.length;
  $("[data-part=kept-parts]", message).replaceChildren(
    ...numbers.flatMap((number) => {
      const link = document.createElement("a");
      link.href = `${holder.dataset.fill}?phan=${number}`;
      link.textContent = number;
      return [link, " "];
    }),
  );
}

for (const button of $$("[data-print]")) button.addEventListener("click", () => print());
