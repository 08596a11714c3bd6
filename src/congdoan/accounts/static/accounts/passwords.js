// Shows what is typed into the password fields of a form while its switch is on. Without scripts there is no switch.
for (const toggle of document.querySelectorAll("[data-show-password]")) {
  const form = toggle.form;
  const fields = [...form.querySelectorAll("input[type=password]")];
  const show = () => fields.forEach((field) => (field.type = toggle.checked ? "text" : "password"));
  toggle.checked = false;
  toggle.addEventListener("change", show);
  // A browser keeps what it took for text.
  form.addEventListener("submit", () => fields.forEach((field) => (field.type = "password")));
}
