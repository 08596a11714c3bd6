/* Live figures in the editors' text: how they look, and how the button and the sign "#" put them there. The stored form is made by
   the server (figures/conversion.py); one character that nobody sees stands for a figure, its words are drawn beside it. */
(() => {
  "use strict";

  const { React, DraftJS } = window;
  const { EditorState, Modifier } = DraftJS;
  const TYPE = "FIGURE";
  const PLACE = "\u2060";
  const NAMES = ["indicator", "cell", "unit", "window", "basis", "form", "shift"];
  const SCOPE = { unit: "report_unit", from: "report_from", to: "report_to", basis: "report_basis", compare: "report_compare" };
  const MOST = 200;

  const settings = () => JSON.parse(document.getElementById("congdoan-figures").textContent);

  const named = (data) => Object.fromEntries(NAMES.filter((name) => data[name]).map((name) => [name, data[name]]));

  /** What the page is about, as its form says now. */
  const scope = () =>
    Object.fromEntries(
      Object.entries(SCOPE).map(([key, name]) => [key, document.querySelector(`[name="${name}"]`)?.value ?? ""]),
    );

  /** Ask the server for the words of some figures. */
  async function describe(specs) {
    const answer = await fetch(settings().urls.described, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
      },
      body: JSON.stringify({ specs, scope: scope() }),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).items;
  }

  /* All figures of a page are asked for at once; each waits here for its words. */
  const known = new Map();
  const watching = new Map();
  let soon = null;

  function ask() {
    clearTimeout(soon);
    soon = setTimeout(async () => {
      const keys = [...watching.keys()].filter((key) => !known.has(key));
      for (let from = 0; from < keys.length; from += MOST) {
        const some = keys.slice(from, from + MOST);
        try {
          const items = await describe(some.map((key) => JSON.parse(key)));
          some.forEach((key, index) => known.set(key, items[index]));
        } catch {
          some.forEach((key) => known.set(key, { words: "", name: "", problem: settings().words.failed }));
        }
        some.forEach((key) => watching.get(key)?.forEach((show) => show(known.get(key))));
      }
    }, 120);
  }

  function watch(key, show) {
    if (!watching.has(key)) watching.set(key, new Set());
    watching.get(key).add(show);
    if (known.has(key)) show(known.get(key));
    else ask();
    return () => {
      watching.get(key)?.delete(show);
      if (!watching.get(key)?.size) watching.delete(key);
    };
  }

  document.addEventListener("change", (event) => {
    if (!Object.values(SCOPE).includes(event.target.name)) return;
    known.clear();
    ask();
  });

  function Figure({ entityKey, contentState, children, onEdit }) {
    const key = JSON.stringify(named(contentState.getEntity(entityKey).getData()));
    const [shown, setShown] = React.useState(known.get(key) ?? null);
    React.useEffect(() => watch(key, setShown), [key]);
    const { words } = settings();
    const title = shown
      ? [shown.name, shown.unit, shown.window, shown.coverage, shown.problem, words.edit].filter(Boolean).join("\n")
      : "";
    const look = !shown ? "is-waiting" : shown.fault ? "is-wrong" : shown.words ? "" : "is-empty";
    return React.createElement(
      "span",
      {
        className: `live-figure ${look}`,
        "data-words": shown?.words || "…",
        title,
        // A press puts the caret somewhere first; the dialog comes when the button is let go.
        onClick: (event) => {
          event.preventDefault();
          onEdit(entityKey);
        },
      },
      children,
    );
  }

  /** Put a figure in place of the selection. */
  function inserted(editorState, selection, data) {
    const content = editorState.getCurrentContent().createEntity(TYPE, "IMMUTABLE", named(data));
    const replaced = Modifier.replaceText(
      content,
      selection,
      PLACE,
      editorState.getCurrentInlineStyle(),
      content.getLastCreatedEntityKey(),
    );
    const next = EditorState.push(editorState, replaced, "insert-characters");
    return EditorState.forceSelection(next, replaced.getSelectionAfter());
  }

  function back(editorState, selection) {
    return EditorState.forceSelection(editorState, selection.merge({ hasFocus: true }));
  }

  /** The button, the menu of "/", and a click on a figure: Draftail shows this "source" until it is done. */
  function Source({ editorState, entity, entityKey, onComplete }) {
    React.useEffect(() => {
      const caret = editorState.getSelection();
      const place = entity ? window.Draftail.DraftUtils.getEntitySelection(editorState, entityKey) : caret;
      window.congdoanFigures.choose(entity ? named(entity.getData()) : null).then((data) => {
        onComplete(data ? inserted(editorState, place, data) : back(editorState, caret));
      });
    }, []);
    return null;
  }

  /** "#" where a word begins opens the same dialog; who leaves it has typed "#". */
  function handleBeforeInput(chars, editorState, ...rest) {
    const editor = rest[rest.length - 1];
    const selection = editorState.getSelection();
    if (chars !== "#" || !selection.isCollapsed()) return "not-handled";
    const text = editorState.getCurrentContent().getBlockForKey(selection.getStartKey()).getText();
    const before = text.slice(0, selection.getStartOffset());
    if (before && !/[\s(\[“"‘'«–—/]$/.test(before)) return "not-handled";
    window.congdoanFigures.choose(null).then((data) => {
      const state = editor.getEditorState();
      if (data) {
        editor.setEditorState(inserted(state, selection, data));
        return;
      }
      const typed = Modifier.insertText(state.getCurrentContent(), selection, "#", state.getCurrentInlineStyle());
      const next = EditorState.push(state, typed, "insert-characters");
      editor.setEditorState(EditorState.forceSelection(next, typed.getSelectionAfter()));
    });
    return "handled";
  }

  window.congdoanFigures = { settings, describe, scope, known };
  window.draftail.registerPlugin({ type: TYPE, source: Source, decorator: Figure }, "entityTypes");
  window.draftail.registerPlugin({ type: TYPE, handleBeforeInput }, "plugins");
})();
