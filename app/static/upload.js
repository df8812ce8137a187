// Files one by one, each with its own progress. Without it the form sends them all at once.
"use strict";

const form = document.querySelector("form[data-upload]");
const field = form.querySelector("input[type=file]");
const queue = form.querySelector(".queue");
form.querySelector(".js").hidden = false;
form.querySelector("button[type=submit]").hidden = true;

function line(name) {
  const item = document.createElement("li");
  const label = document.createElement("b");
  label.textContent = name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", `Sending ${name}`);
  const told = document.createElement("div");
  told.textContent = "Waiting";
  item.append(label, bar, told);
  queue.append(item);
  return { bar, told };
}

function send(file, { bar, told }) {
  return new Promise((done) => {
    const body = new FormData();
    body.append("csrf", form.elements.csrf.value);
    body.append("kind", form.elements.kind.value);
    body.append("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
      told.textContent = event.loaded < event.total ? "Sending" : "Reading";
    };
    request.onload = () => {
      bar.hidden = true;
      // The answer is our own page, escaped on the server; a refusal is a whole page, of which its message is shown.
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const part = page.querySelector(".report") ?? page.querySelector(".refusal .lede");
      told.replaceChildren(part ?? "Sent");
      done(request.status === 200);
    };
    request.onerror = () => {
      bar.hidden = true;
      told.textContent = "The workbench did not answer. Is it still running?";
      done(false);
    };
    request.send(body);
  });
}

async function take(files) {
  // A participants table first: it says who withdrew.
  const ordered = [...files].sort((a, b) => b.name.startsWith("participants") - a.name.startsWith("participants"));
  const lines = ordered.map((file) => line(file.name));
  let read = false;
  for (const [place, file] of ordered.entries()) read = (await send(file, lines[place])) || read;
  field.value = "";
  if (!read || form.querySelector(".again")) return;
  const again = document.createElement("a");
  again.className = "btn pri again";
  again.href = location.pathname;
  again.textContent = "Show the sources";
  queue.after(again);
}

field.addEventListener("change", () => field.files.length && take(field.files));
for (const kind of ["dragenter", "dragover"]) {
  form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
}
for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
form.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files); });
