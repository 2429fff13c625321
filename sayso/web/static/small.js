// Comfort only: everything works without it.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "q") event.target.form.submit();
});
document.querySelectorAll("textarea.reply").forEach((area) => area.addEventListener("focus", () => area.select()));
document.querySelectorAll("form.ask").forEach((form) =>
  form.addEventListener("submit", () => form.setAttribute("aria-busy", "true")));
