// Keys and small comforts. Every page can be read without it.
"use strict";

// `/` goes to the search field. Single keys never fire inside fields, nor while a modifier is held.
addEventListener("keydown", (event) => {
  const field = event.target.closest("input, textarea, select, [contenteditable]");
  if (field || event.ctrlKey || event.metaKey || event.altKey) return;
  if (localStorage.getItem("dramatis-keys") === "off") return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.matches("input") ? wanted.focus() : wanted.click();
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
