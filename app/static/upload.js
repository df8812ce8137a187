// Files and folders, dropped or chosen, go in one request; each shows how much of it has arrived. The answer is the job
// that imports them, which htmx then follows. Without this script the form does the same, and shows the job's page.
"use strict";

const form = document.querySelector("form[data-upload]");
const field = form.querySelector("input[type=file]");
const queue = form.querySelector(".queue");
const sent = form.querySelector(".sent");
form.querySelector(".js").hidden = false;
form.querySelector("button[type=submit]").hidden = true;

const megabytes = (bytes) => (bytes / 1e6).toLocaleString("en", { maximumFractionDigits: 1 });

function line(name) {
  const item = document.createElement("li");
  const label = document.createElement("b");
  label.textContent = name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `Sending ${name}`);
  item.append(label, bar);
  return { item, bar };
}

// A participants table first: it says who withdrew.
const first = (one) => /(^|\/)participants\.[a-z]+$/i.test(one.name);
// Files that systems leave behind are nobody's words.
const plain = (one) => !one.name.split("/").some((part) => part.startsWith(".")) && !one.name.startsWith("__MACOSX");

function refuse(text) {
  sent.textContent = text;
  queue.hidden = true;
  field.value = "";
}

function show(request) {
  // The answer is our own page, escaped on the server; a refusal is a whole page, of which its message is shown.
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  if (request.status !== 200) {
    return refuse(page.querySelector(".refusal .lede")?.textContent ?? "The workbench could not take the files.");
  }
  const box = document.createElement("section");
  box.className = "panel job";
  box.id = request.getResponseHeader("hx-retarget").slice(1);
  box.setAttribute("aria-live", "polite");
  box.append(...page.body.childNodes);
  document.getElementById(box.id)?.remove();
  document.querySelector(".jobs-now").append(box);
  refuse("");
  htmx.process(box);
  box.scrollIntoView({ block: "nearest" });
}

function take(found) {
  const files = found.filter(plain).sort((a, b) => first(b) - first(a) || a.name.localeCompare(b.name));
  const size = files.reduce((sum, one) => sum + one.file.size, 0);
  const limit = Number(form.dataset.limit);
  if (!files.length) return refuse("There was no file among what you chose.");
  if (size > limit) {
    return refuse(`These are ${megabytes(size)} MB, and at most ${megabytes(limit)} MB go at once. Send them in parts.`);
  }
  const body = new FormData();
  body.append("csrf", form.elements.csrf.value);
  body.append("kind", form.elements.kind.value);
  for (const one of files) body.append("files", one.file, one.name);
  const lines = files.map((one) => line(one.name));
  queue.replaceChildren(...lines.map((one) => one.item));
  queue.hidden = false;
  sent.textContent = `Sending ${files.length === 1 ? "one file" : `${files.length} files`}, ${megabytes(size)} MB`;

  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("HX-Request", "true");
  request.upload.onprogress = (event) => {
    // Files travel one behind the other, so what has arrived says how far each of them is.
    let left = event.lengthComputable ? (event.loaded / event.total) * size : 0;
    for (const [place, one] of files.entries()) {
      lines[place].bar.value = one.file.size ? Math.min(1, Math.max(0, left / one.file.size)) : 1;
      left -= one.file.size;
    }
  };
  request.onload = () => show(request);
  request.onerror = () => refuse("The workbench did not answer. Is it still running? Nothing was imported.");
  request.send(body);
}

const chosen = (files) => [...files].map((file) => ({ name: file.webkitRelativePath || file.name, file }));

// Dropped folders are opened, and their files keep the name of their folder, which may say what they are.
async function opened(entry, folder = "") {
  if (entry.isFile) {
    return [{ name: folder + entry.name, file: await new Promise((done, fail) => entry.file(done, fail)) }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return found;
    for (const one of some) found.push(...(await opened(one, `${folder}${entry.name}/`)));
  }
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return chosen(transfer.files);
  return (await Promise.all(entries.map((entry) => opened(entry)))).flat();
}

field.addEventListener("change", () => field.files.length && take(chosen(field.files)));
for (const kind of ["dragenter", "dragover"]) {
  form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
}
for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
form.addEventListener("drop", async (event) => { event.preventDefault(); take(await dropped(event.dataTransfer)); });
