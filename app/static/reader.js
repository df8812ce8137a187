// Coding in the reader: words that are selected, by mouse, touch or key, become a place in the source's text.
// Places count code points of that text, as the server does; UTF-16 units would be wrong behind the first emoji.
"use strict";

const SWITCH = "dramatis-keys";
let chosen = null; // { start, end, words, after }: what the toolbar speaks of
let pressed = false; // while the pointer is down the selection is not finished
let last = -1; // where the last selected sentence ended, so that N goes on from there

const points = (text) => { let n = 0; for (const _ of text) n++; return n; };
const tool = () => document.getElementById("tool");

// The paragraphs of participants, each with where its text begins in the source.
const spoken = () => [...document.querySelectorAll("#reading p[data-start]")];

function textBefore(paragraph, node, offset) {
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, offset);
  return range.toString();
}

// The part of a paragraph that a range covers: where it starts, and its words.
function covered(paragraph, range) {
  const from = paragraph.contains(range.startContainer) ? textBefore(paragraph, range.startContainer, range.startOffset) : "";
  const upTo = paragraph.contains(range.endContainer) ? textBefore(paragraph, range.endContainer, range.endOffset) : paragraph.textContent;
  const [first, after] = wholeWords(paragraph.textContent, from.length, upTo.length);
  const words = paragraph.textContent.slice(first, after);
  const start = Number(paragraph.dataset.start) + points(paragraph.textContent.slice(0, first));
  return { paragraph, words, start, grown: first !== from.length || after !== upTo.length };
}

// A selection that ends within a word means the whole word.
const LETTER = /[\p{L}\p{N}\p{M}]/u;
function wholeWords(text, first, after) {
  if (!text.slice(first, after).trim()) return [first, after];
  while (first > 0 && LETTER.test(text[first - 1]) && LETTER.test(text[first])) first--;
  while (after < text.length && LETTER.test(text[after - 1]) && LETTER.test(text[after])) after++;
  return [first, after];
}

// What a range selects, as a place in the source; or why it cannot be coded.
function placed(range) {
  const parts = spoken().filter((one) => range.intersectsNode(one)).map((one) => covered(one, range)).filter((one) => one.words.trim());
  if (!parts.length) {
    const asked = [...document.querySelectorAll("#reading .turn.interviewer p")].filter((one) => range.intersectsNode(one));
    return asked.length ? { no: "The interviewer’s words are never evidence.", after: asked.at(-1) } : null;
  }
  const turns = new Set(parts.map((one) => one.paragraph.closest(".turn")));
  const end = parts.at(-1);
  if (turns.size > 1) return { no: "Select words of one turn: each turn is coded by itself.", after: end.paragraph };
  return {
    start: parts[0].start,
    end: end.start + points(end.words),
    words: parts.map((one) => one.words).join("\n"),
    after: end.paragraph,
    grown: parts.some((one) => one.grown),
  };
}

function show(found) {
  const form = tool();
  if (!form) return;
  chosen = found;
  form.hidden = !found;
  document.getElementById("chosen").classList.toggle("aside-now", Boolean(found));
  openAll(false);
  if (!found) return;
  const no = form.querySelector(".no");
  no.hidden = !found.no;
  no.textContent = found.no ?? "";
  form.querySelector(".keys").hidden = Boolean(found.no);
  if (!found.no) for (const name of ["start", "end", "words"]) form.elements[name].value = found[name];
  found.after.after(form);
}

function openAll(open) {
  const all = document.getElementById("all-codes");
  if (!all) return;
  all.hidden = !open;
  tool().querySelector("[data-all]").setAttribute("aria-expanded", String(open));
}

function look() {
  const selection = getSelection();
  if (pressed || tool()?.contains(document.activeElement)) return;
  if (!selection.rangeCount || selection.isCollapsed) return show(null);
  const range = selection.getRangeAt(0);
  const reading = document.querySelector("#reading .turns");
  const found = reading && range.intersectsNode(reading) ? placed(range) : null;
  if (found?.grown) mark(found.start, found.end, found.after.closest(".turn"));
  show(found);
}

let waiting = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 150);
});
document.addEventListener("pointerdown", () => { pressed = true; });
for (const kind of ["pointerup", "pointercancel"]) {
  document.addEventListener(kind, () => { pressed = false; clearTimeout(waiting); waiting = setTimeout(look, 30); });
}
// A press on the toolbar must not let go of the words.
document.addEventListener("mousedown", (event) => { if (event.target.closest("#tool")) event.preventDefault(); });

// Sentences, for those who do not use a pointer.
function sentences() {
  const found = [];
  for (const turn of document.querySelectorAll("#reading .turn[data-s]")) {
    for (const one of turn.dataset.s.split(" ")) {
      const [start, end] = one.replace("!", "").split("-").map(Number);
      found.push({ start, end, coded: one.endsWith("!"), turn });
    }
  }
  return found;
}

// Where a place of the source is in the page: a text node and an offset in it.
function pointAt(place, turn) {
  const paragraphs = [...turn.querySelectorAll("p[data-start]")];
  const paragraph = paragraphs.filter((one) => Number(one.dataset.start) <= place).at(-1) ?? paragraphs[0];
  let left = place - Number(paragraph.dataset.start);
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let node = null;
  while (walker.nextNode()) {
    node = walker.currentNode;
    const length = points(node.data);
    if (left <= length) return [node, [...node.data].slice(0, left).join("").length];
    left -= length;
  }
  return [node ?? paragraph, node ? node.data.length : 0];
}

function mark(start, end, turn) {
  const range = document.createRange();
  range.setStart(...pointAt(start, turn));
  range.setEnd(...pointAt(end, turn));
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return range;
}

function select(start, end, turn) {
  const range = mark(start, end, turn);
  if (document.activeElement !== document.body) document.activeElement.blur();
  last = end;
  show(placed(range));
  turn.scrollIntoView({ block: "nearest" });
  const rect = range.getBoundingClientRect();
  if (rect.top < 90 || rect.bottom > innerHeight - 140) scrollBy(0, rect.top - innerHeight / 3);
  say(`${turn.querySelector(".by")?.textContent}: ${range.toString()}`);
}

function step(way) {
  const all = sentences();
  const at = chosen && !chosen.no ? chosen.start : last;
  const now = chosen && !chosen.no ? all.findLastIndex((one) => one.start <= at) : all.findLastIndex((one) => one.end <= at);
  const next = {
    next: all[now + 1],
    previous: all[now - (chosen ? 1 : 0)],
    uncoded: all.find((one, place) => place > now && !one.coded),
  }[way];
  if (next) return select(next.start, next.end, next.turn);
  say(way === "uncoded" ? "No uncoded sentence is left below." : "There is no other sentence.");
}

function more() {
  if (!chosen || chosen.no) return step("next");
  const next = sentences().find((one) => one.end > chosen.end);
  const turn = chosen.after.closest(".turn");
  if (next?.turn === turn) select(chosen.start, next.end, turn);
}

function say(text) {
  document.getElementById("spoken").textContent = text;
}

function letGo() {
  getSelection().removeAllRanges();
  show(null);
}

const KEYS = {
  n: () => step("uncoded"), j: () => step("next"), k: () => step("previous"), m: more,
  z: () => document.querySelector("[data-undo]")?.click(),
  c: () => {
    if (!chosen || chosen.no) return document.querySelector("#chosen .recode summary")?.click();
    openAll(true);
    document.querySelector("#all-codes button").focus();
  },
};

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && chosen) return letGo();
  if (!tool() || localStorage.getItem(SWITCH) === "off") return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const button = chosen && !chosen.no && tool().querySelector(`[data-code="${CSS.escape(event.key)}"]`);
  const work = button ? () => button.click() : KEYS[event.key.toLowerCase()];
  if (!work) return;
  event.preventDefault();
  work();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step], [data-all]");
  if (button?.dataset.step) return step(button.dataset.step);
  if (button) return openAll(document.getElementById("all-codes").hidden);
  // A mark, its code in the margin or its line in the list: what is known of it, without leaving the place.
  const mark = event.target.closest("#reading mark");
  const link = mark && getSelection().isCollapsed
    ? document.querySelector(`#reading .tags a[href$="#${CSS.escape(mark.id)}"], #reading .found-here a[href$="#${CSS.escape(mark.id)}"]`)
    : event.target.closest("#reading .tags a.tag, #reading .found-here a.at");
  if (!link || !mark && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
  event.preventDefault();
  pick(link.getAttribute("href"));
});

function pick(address) {
  const [path, id] = address.split("#");
  htmx.ajax("GET", path, { target: "#chosen", swap: "outerHTML" }).then(() => {
    history.replaceState(history.state, "", address);
    const mark = document.getElementById(id);
    document.querySelector("mark.picked")?.classList.remove("picked");
    const shown = mark?.matches("mark") ? mark : mark?.nextElementSibling;
    shown?.classList.add("picked");
    const rect = shown?.getBoundingClientRect();
    const floor = innerWidth > 1160 ? innerHeight : innerHeight * 0.5;
    if (rect && (rect.top < 60 || rect.bottom > floor)) scrollBy(0, rect.top - floor / 3);
    say(document.getElementById("chosen").textContent.replace(/\s+/g, " ").slice(0, 200));
  });
}

function ready() {
  const keys = document.getElementById("keys");
  if (keys) keys.checked = localStorage.getItem(SWITCH) !== "off";
  document.documentElement.dataset.keys = localStorage.getItem(SWITCH) === "off" ? "off" : "on";
}

document.addEventListener("change", (event) => {
  if (event.target.id !== "keys") return;
  localStorage.setItem(SWITCH, event.target.checked ? "on" : "off");
  ready();
});

// What the reader has switched off stays off when the transcript is made anew.
let off = [];
document.addEventListener("htmx:beforeSwap", (event) => {
  off = [...document.querySelectorAll(".toggles input:not(:checked)")].map((one) => one.id);
  // A refusal is a page of its own, of which its sentence is shown where the words are.
  if (event.detail.xhr.status < 400) return;
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const no = page.querySelector(".refusal .lede")?.textContent ?? "The workbench did not take it. Reload the page.";
  if (chosen) show({ ...chosen, no });
  say(no);
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "reading") return;
  chosen = null;
  getSelection().removeAllRanges();
  for (const id of off) { const box = document.getElementById(id); if (box) box.checked = false; }
  ready();
  say(document.querySelector(".told-line p")?.textContent ?? "");
});

ready();
