// Reviewing claims by single keys. The buttons work without it; what it adds can be switched off (WCAG 2.1.4).
"use strict";

const CLAIMS = "[data-claim]";
const SWITCH = "dramatis-keys";
const portrait = document.querySelector(".portrait");
const told = document.getElementById("told");
const keys = document.getElementById("keys");
let current = null;
let quiet = 0;

const claims = () => [...portrait.querySelectorAll(CLAIMS)];
const inSight = (claim) => claim.getBoundingClientRect().bottom > 140;
const here = () => document.activeElement.closest(CLAIMS) ?? document.getElementById(current);

// Which claim the keys speak of: the one that has the focus, else the one that had it last.
function go(claim) {
  if (!claim) return;
  current = claim.id;
  claim.tabIndex = -1;
  claim.focus({ preventScroll: true });
  claim.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = claims();
  const at = all.indexOf(here());
  go(at < 0 ? all.find(inSight) : all[Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function nextOpen() {
  const all = claims();
  const at = all.indexOf(here());
  const open = [...all.slice(at + 1), ...all.slice(0, at + 1)].filter((one) => one.dataset.claim === "proposed");
  go(open[0]);
}

const MOVES = { j: () => step(1), k: () => step(-1), n: nextOpen };

function act(key) {
  const claim = here();
  // Nobody decides about a claim they do not see chosen: the first press only chooses.
  if (!claim) return step(0);
  claim.querySelector(`[data-do="${key}"]`)?.click();
}

function apply() {
  const on = localStorage.getItem(SWITCH) !== "off";
  keys.checked = on;
  document.documentElement.dataset.keys = on ? "on" : "off";
}

// Quotes shown over the comparison go away without moving the pointer (WCAG 1.4.13).
addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.documentElement.dataset.peek = "off";
});
addEventListener("pointermove", () => delete document.documentElement.dataset.peek);

addEventListener("keydown", (event) => {
  if (event.key === "Escape") return event.target.closest("form.edit")?.querySelector('[data-do="esc"]').click();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("form.edit textarea")) {
    return event.target.form.requestSubmit(event.target.form.querySelector(".pri"));
  }
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.ctrlKey || event.metaKey || event.altKey || !keys.checked) return;
  const key = event.key.toLowerCase();
  if (MOVES[key]) MOVES[key]();
  else if ("aexz".includes(key) && key.length === 1) act(key);
  else return;
  event.preventDefault();
});

portrait.addEventListener("focusin", (event) => {
  const claim = event.target.closest(CLAIMS);
  if (claim) current = claim.id;
});

portrait.addEventListener("click", (event) => {
  const move = event.target.closest("[data-go]");
  if (!move) return;
  event.preventDefault();
  MOVES[move.dataset.go]();
});

keys.addEventListener("change", () => {
  localStorage.setItem(SWITCH, keys.checked ? "on" : "off");
  apply();
});

// The claim was put in its place anew: the focus goes back to it, or into the field that changes its words.
document.body.addEventListener("htmx:afterSettle", (event) => {
  const claim = document.getElementById(event.detail.target?.id) ?? document.getElementById(current);
  if (!claim?.matches(CLAIMS)) return;
  showMoves();
  const field = claim.querySelector("form.edit textarea");
  if (field) {
    current = claim.id;
    field.focus();
  } else go(claim);
  clearTimeout(quiet);
  quiet = setTimeout(() => told.matches(":hover, :focus-within") || told.replaceChildren(), 12000);
});

document.body.addEventListener("htmx:beforeRequest", (event) => {
  const claim = event.detail.elt.closest(CLAIMS);
  if (claim) current = claim.id;
});

// What the workbench refused is said in its own words.
function say(words) {
  const line = document.createElement("p");
  line.textContent = words;
  told.replaceChildren(line);
}
document.body.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  say(page.querySelector("main p")?.textContent ?? "This could not be saved. Reload the page and try again.");
});
document.body.addEventListener("htmx:sendError", () => say("The workbench does not answer. Nothing was saved."));

function showMoves() {
  for (const one of document.querySelectorAll(".reviewbar [hidden]")) one.hidden = false;
}
showMoves();
apply();
