// Dragging people from one segment to another, beside the menu that does the same without it.
"use strict";

const mover = document.getElementById("drag");
let dragged = null;

for (const row of document.querySelectorAll("[data-person]")) {
  row.draggable = true;
  row.addEventListener("dragstart", (event) => {
    dragged = row.dataset.person;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged);
    document.body.classList.add("dragging");
  });
  row.addEventListener("dragend", () => {
    dragged = null;
    document.body.classList.remove("dragging");
  });
}

for (const segment of document.querySelectorAll("[data-segment]")) {
  segment.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    segment.classList.add("over");
  });
  segment.addEventListener("dragleave", (event) => {
    if (!segment.contains(event.relatedTarget)) segment.classList.remove("over");
  });
  segment.addEventListener("drop", (event) => {
    event.preventDefault();
    segment.classList.remove("over");
    if (!dragged || !mover) return;
    mover.elements.person.value = dragged;
    mover.elements.segment.value = segment.dataset.segment;
    mover.requestSubmit();
  });
}

// A segment that a link leads to is opened.
function open() {
  const found = document.getElementById(location.hash.slice(1));
  const group = found?.closest("details.group");
  if (group) group.open = true;
}
addEventListener("hashchange", open);
open();
