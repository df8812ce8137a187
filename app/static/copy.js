// Copying: a button whose data-copy names the element that holds what it copies.
"use strict";

const told = document.querySelector("[data-told]");

// Clipboards are for secure addresses only; elsewhere the browser copies what is selected.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const label = button.innerHTML;
  button.hidden = false;
  button.addEventListener("click", async () => {
    let said = "Copied";
    try {
      await copy(document.getElementById(button.dataset.copy).textContent);
    } catch {
      said = "Not copied";
    }
    button.textContent = said;
    if (told) told.textContent = said;
    setTimeout(() => { button.innerHTML = label; }, 1800);
  });
}
