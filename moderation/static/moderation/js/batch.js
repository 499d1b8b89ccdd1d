// A batch that runs by itself: its form is sent again until all is done. Without this
// file, « Continuer » does the same by hand.

import { send, SendingError } from "./sending.js";

const desk = document.querySelector("#bureau");
const notices = document.querySelector("#annonces");
const heading = document.querySelector("#file");
const region = document.querySelector("#annonce-lot");
const STEPS = 10; // how often at most a screen reader is told

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.querySelector("[data-batch]");
}

function fail(text) {
  const notice = document.createElement("p");
  notice.className = "message error desk-notice";
  notice.textContent = text;
  notices.replaceChildren(notice);
}

async function run(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  let told = 0;
  for (;;) {
    const pieces = await send(form);
    const now = parse(pieces.html);
    if (!pieces.unfinished) {
      region.textContent = pieces.text;
      document.querySelector("[data-batch]").replaceWith(now);
      heading.focus();
      return;
    }
    const progress = now.querySelector("[data-progress]");
    document.querySelector("[data-progress]").replaceWith(progress);
    const { position } = progress.querySelector("progress");
    if (Math.floor(position * STEPS) > told) {
      told = Math.floor(position * STEPS);
      region.textContent = pieces.text;
    }
  }
}

async function start() {
  const form = document.querySelector("[data-go-on]");
  if (!form) return;
  try {
    await run(form);
  } catch (error) {
    if (!(error instanceof SendingError)) throw error;
    fail(desk.dataset[error.reason]);
    form.querySelector("button").disabled = false; // what was done is kept: go on by hand
  }
}

start();
