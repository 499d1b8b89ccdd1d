// Asks for the views' counts while the page is in sight. The numbers change in place; what
// has come since is told by a button, so that nothing moves while it is being read.

import { showTaken } from "./taking.js";

const EVERY = 20_000; // milliseconds
const place = document.querySelector("[data-live]");
const button = place.querySelector("a");
let known = ""; // the ETag of the last answer
let timer;

async function ask() {
  const headers = { Accept: "application/json" };
  if (known) headers["If-None-Match"] = known;
  const response = await fetch(place.dataset.live, { headers, cache: "no-store" });
  // Signed out, or nothing new: the page stays as it is
  if (response.redirected || response.status !== 200) return;
  known = response.headers.get("ETag") ?? "";
  const { counts, notice, taken } = await response.json();
  for (const badge of document.querySelectorAll("[data-taken]")) {
    showTaken(badge.dataset.taken, taken[badge.dataset.taken] ?? "");
  }
  for (const [name, count] of Object.entries(counts)) {
    const shown = document.querySelector(`[data-count="${name}"]`);
    if (shown) shown.textContent = count;
  }
  if (button.textContent !== notice) button.textContent = notice;
  button.hidden = !notice;
}

async function run() {
  clearTimeout(timer);
  if (document.visibilityState !== "visible") return;
  try {
    await ask();
  } catch {
    // No network for now: asked again later
  }
  clearTimeout(timer);
  timer = setTimeout(run, EVERY);
}

document.addEventListener("visibilitychange", run);
timer = setTimeout(run, EVERY);
