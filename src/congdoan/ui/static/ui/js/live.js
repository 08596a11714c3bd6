// Live parts of a page that is itself the same for everyone: date, visits, poll, weather. One request after the page.
const language = document.documentElement.lang === "en" ? "en" : "vi";
const number = new Intl.NumberFormat(language === "en" ? "en" : "vi-VN");
const url = document.querySelector("[data-live-url]")?.dataset.liveUrl;

const said = (text) => (text && typeof text === "object" ? text[language] || text.vi : text) ?? "";
// Write a text; one that exists in Vietnamese only is marked as such on an English page.
const put = (place, text) => {
  place.textContent = said(text);
  if (language !== "vi" && text && typeof text === "object" && !text[language]) place.lang = "vi";
};
// Addresses in the live parts are the Vietnamese ones; answers come in the language of the address.
const local = (path) => (language === "vi" ? path : `/${language}${path}`);
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, key) => values[key]);
const mould = (id) => document.getElementById(id)?.content.cloneNode(true);
const part = (root, name) => root.querySelector(`[data-part="${name}"]`);
const write = (root, values) => {
  for (const [name, text] of Object.entries(values)) {
    const place = part(root, name);
    if (place) put(place, text);
  }
};

const showVisits = (visits) => {
  for (const [name, count] of Object.entries(visits)) {
    for (const place of document.querySelectorAll(`[data-live="visits.${name}"]`)) place.textContent = number.format(count);
  }
};

// --- Weather
const drawing = (name, size) => {
  const found = document.getElementById("weather-icons")?.content.querySelector(`[data-icon="${name}"] svg`);
  const copy = found?.cloneNode(true);
  if (copy && size) {
    copy.setAttribute("width", size);
    copy.setAttribute("height", size);
  }
  return copy ?? "";
};
const degrees = (value) => (value == null ? "–" : `${number.format(Math.round(value))}°`);
const draw = (root, name) => {
  const place = part(root, "icon");
  place?.replaceChildren(drawing(name, place.dataset.size));
};
const showWeather = (given) => {
  // Nothing fetched yet is told in words, not shown as a sky without a temperature.
  const weather = given && !given.missing ? given : null;
  for (const slot of document.querySelectorAll('[data-live="weather"]')) {
    const view = weather && mould(slot.dataset.template);
    if (!view) {
      slot.textContent = slot.dataset.none ?? "";
      continue;
    }
    draw(view, weather.icon);
    write(view, { place: weather.place, temperature: degrees(weather.temperature), words: weather.words });
    const updated = part(view, "updated");
    if (updated) {
      updated.textContent = fill(weather.stale ? updated.dataset.stale : updated.dataset.fresh, { time: weather.updated });
    }
    part(view, "days")?.append(
      ...(weather.days ?? []).map((day) => {
        const row = mould("weather-day");
        draw(row, day.icon);
        write(row, { label: day.label, words: day.words, range: `${degrees(day.low).replace("°", "")}–${degrees(day.high)}` });
        const rain = part(row, "rain");
        rain.textContent = day.rain == null ? "" : fill(rain.dataset.words, { rain: day.rain });
        return row;
      }),
    );
    slot.replaceChildren(view);
  }
};

// --- Poll
const words = document.getElementById("poll-words")?.dataset;
const voted = {
  // Only to show results first next time; the server alone decides who may vote.
  has: (slug) => {
    try {
      return localStorage.getItem(`voted:${slug}`) !== null;
    } catch {
      return false;
    }
  },
  add: (slug) => {
    try {
      localStorage.setItem(`voted:${slug}`, "1");
    } catch {
      // Results are shown on this page all the same.
    }
  },
};

const showPoll = (poll) => {
  const slot = document.querySelector('[data-live="poll"]');
  const body = slot && part(slot, "body");
  const view = body && mould("poll-template");
  if (!view) return;
  if (!poll) {
    body.textContent = words.none;
    return;
  }
  body.replaceChildren(view);
  const form = part(body, "form");
  const results = part(body, "results");
  const status = part(body, "status");
  form.action = local(poll.vote_url);
  part(body, "page").href = local(poll.url);
  // Tells one submission from another: a vote sent twice over a weak network counts once.
  const token = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  const say = (text, isError = false) => {
    status.textContent = text;
    status.classList.toggle("is-error", isError);
  };
  const turn = (toResults) => {
    form.hidden = toResults;
    results.hidden = !toResults;
    part(body, "back").hidden = voted.has(poll.slug);
  };
  const update = (fresh) => {
    write(body, {
      question: fresh.question,
      legend: fresh.question,
      note: fresh.note,
      total: fill(words.total, { total: number.format(fresh.total) }),
    });
    part(body, "bars").replaceChildren(
      ...fresh.options.map((option) => {
        const row = mould("poll-bar");
        const [text, votes, bar] = row.querySelectorAll("span, progress");
        const percent = fresh.total ? Math.round((1000 * option.votes) / fresh.total) / 10 : 0;
        put(text, option.text);
        votes.textContent = fill(votes.dataset.words, {
          votes: number.format(option.votes),
          percent: number.format(percent),
        });
        bar.max = fresh.total || 1;
        bar.value = option.votes;
        return row;
      }),
    );
  };

  part(body, "options").append(
    ...poll.options.map((option) => {
      const row = mould("poll-option");
      row.querySelector("input").value = option.id;
      put(row.querySelector("span"), option.text);
      return row;
    }),
  );
  update(poll);
  turn(voted.has(poll.slug));
  part(body, "look").addEventListener("click", () => turn(true));
  part(body, "back").addEventListener("click", () => turn(false));

  let sending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    const option = new FormData(form).get("option");
    if (!option) {
      say(words.choose, true);
      return;
    }
    sending = true;
    const button = form.querySelector("[type=submit]");
    button.setAttribute("aria-busy", "true");
    say(words.sending);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({ option, token }),
      });
      const { poll: fresh, message, error } = await answer.json();
      if (fresh) update(fresh);
      if (answer.ok || error === "already_voted") voted.add(poll.slug);
      // 409: voted before, or closed in the meantime; either way the results are what is left to see.
      if (answer.ok || answer.status === 409) turn(true);
      say(message || (answer.ok ? "" : words.failed), !answer.ok);
    } catch {
      say(words.failed, true);
    } finally {
      sending = false;
      button.removeAttribute("aria-busy");
    }
  });
};

if (url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (answer.ok) {
      const live = await answer.json();
      for (const place of document.querySelectorAll('[data-live="date"]')) place.textContent = said(live.date);
      if (live.visits) showVisits(live.visits);
      showPoll(live.poll);
      showWeather(live.weather);
    }
  } catch {
    // Without the live parts the page is complete: the poll keeps its link, the date the day it was rendered.
  }
}
