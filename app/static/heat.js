// The heat map as one stop of the tab key: arrow keys go from figure to figure, and the person's id is shown.
"use strict";

const table = document.querySelector("table.heat");
const figures = [...(table?.querySelectorAll("tbody td a") ?? [])];
const ids = [...(table?.querySelectorAll("thead th.id") ?? [])];
const row = (link) => link.closest("tr").rowIndex;
const column = (link) => link.closest("td").cellIndex;

for (const hint of document.querySelectorAll(".js-only")) hint.hidden = !figures.length;
if (figures.length) figures[0].tabIndex = 0;

// The nearest figure in a direction: in the row for left and right, in the column for up and down.
function towards(link, key) {
  const along = key === "ArrowLeft" || key === "ArrowRight";
  const way = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
  const same = along ? row : column;
  const place = along ? column : row;
  const others = figures.filter((one) => same(one) === same(link) && (place(one) - place(link)) * way > 0);
  return others.sort((a, b) => (place(a) - place(b)) * way)[0];
}

function enter(link) {
  for (const one of figures) one.tabIndex = one === link ? 0 : -1;
  link.focus();
}

function mark(link) {
  for (const [place, id] of ids.entries()) id.classList.toggle("here", Boolean(link) && place === column(link) - 1);
}

table?.addEventListener("keydown", (event) => {
  const link = event.target.closest("tbody td a");
  if (!link || event.ctrlKey || event.metaKey || event.altKey || !event.key.startsWith("Arrow")) return;
  event.preventDefault();
  const next = towards(link, event.key);
  if (next) enter(next);
});
for (const kind of ["focusin", "mouseover"]) table?.addEventListener(kind, (event) => mark(event.target.closest("tbody td a")));
for (const kind of ["focusout", "mouseleave"]) table?.addEventListener(kind, () => mark(null));
