// The desk with scripts: decisions without page loads, and keys. Every form and link
// works without this file.

import { Drafts } from "./drafts.js";
import { Keys } from "./keys.js";
import { openMasking } from "./masking.js";
import { choose, countChosen } from "./selection.js";
import { send, SendingError } from "./sending.js";
import "./taking.js";

const desk = document.querySelector("#bureau");
const notices = document.querySelector("#annonces");
const heading = document.querySelector("#file");
const dialog = document.querySelector("#touches");
const inPlace = document.querySelector("[data-in-place]");
const keys = dialog && new Keys(dialog, () => keys.label(document));

const ALL = ".desk-list > .desk-card:not(.desk-older)";
const OPEN = ".desk-list > .desk-card[data-card]";
const drafts = new Drafts(desk, notices);
let last; // the card that had the focus last
let lastDecided; // the card whose decision can be undone

function current() {
  const focused = document.activeElement?.closest(ALL);
  if (focused) last = focused;
  return last?.isConnected ? last : document.querySelector(OPEN);
}

function inSight(card) {
  const { top, bottom } = card.getBoundingClientRect();
  return bottom > 80 && top < innerHeight - 80;
}

/** The card that a key decides: the one with the focus, and in sight. Without one the key
    shows which it would be, and does no more: nothing is decided that nobody looks at. */
function aimed() {
  const cards = [...document.querySelectorAll(ALL)];
  const focused = document.activeElement?.closest(ALL) ?? (cards.length === 1 ? cards[0] : undefined);
  if (focused && inSight(focused)) return focused;
  const open = cards.filter((card) => "card" in card.dataset);
  const meant = focused ?? (last?.isConnected && inSight(last) ? last : (open.find(inSight) ?? open[0]));
  meant?.focus();
  meant?.scrollIntoView({ block: "nearest" });
  return undefined;
}

function move(step) {
  if (step > 0 && inPlace && !document.querySelector(OPEN)) {
    document.querySelector("[data-reload]")?.click(); // this page is done
    return;
  }
  const cards = [...document.querySelectorAll(ALL)];
  const here = document.activeElement?.closest(ALL) ?? (last?.isConnected ? last : undefined);
  const place = here ? cards.indexOf(here) + step : 0;
  cards[Math.max(0, Math.min(place, cards.length - 1))]?.focus();
}

function focusNextOpen(card) {
  const cards = [...document.querySelectorAll(ALL)];
  const after = cards.slice(cards.indexOf(card) + 1).find((other) => "card" in other.dataset);
  const next = after ?? document.querySelector(OPEN);
  if (!next) document.querySelector("[data-reload]")?.removeAttribute("hidden");
  (next ?? heading).focus();
}

function say(text, level = "error") {
  const notice = document.createElement("p");
  notice.className = `message ${level} desk-notice`;
  notice.textContent = text;
  notices.replaceChildren(notice);
}

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

function show(pieces) {
  notices.replaceChildren(parse(pieces.notice));
  for (const [name, count] of Object.entries(pieces.counts)) {
    const shown = document.querySelector(`[data-count="${name}"]`);
    if (shown) shown.textContent = count;
  }
  const before = document.querySelector(`#carte-${pieces.comment}`);
  if (!before) return undefined;
  const card = parse(pieces.card);
  before.replaceWith(card);
  drafts.renew(card);
  if (undoing()) lastDecided = card.id;
  keys?.label(document);
  countChosen();
  return card;
}

function undoing() {
  return notices.querySelector('[data-action="undo"]');
}

function undo() {
  const decided = lastDecided && document.querySelector(`#${lastDecided}[data-done] [data-action="undo"]`);
  const button = undoing() ?? current()?.querySelector('[data-action="undo"]') ?? decided;
  if (button) button.click();
  else say(desk.dataset.nothingToUndo, "info");
}

async function decide(form, button) {
  const card = form.closest(ALL);
  if (document.querySelector('[aria-busy="true"]')) return; // one at a time
  (card ?? notices).setAttribute("aria-busy", "true");
  try {
    const replaced = show(await send(form, button));
    if (replaced && "done" in replaced.dataset) focusNextOpen(replaced);
    else (replaced ?? heading).focus();
  } catch (error) {
    if (!(error instanceof SendingError)) throw error;
    say(desk.dataset[error.reason]);
  } finally {
    (card ?? notices).removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!inPlace || !form.matches("form[data-send]")) return;
  event.preventDefault();
  decide(form, event.submitter);
});

function toggle(details) {
  if (details) details.open = !details.open;
}

function writeNote(card) {
  openHiding(card);
  card?.querySelector('[data-hide] textarea[name="note"]')?.focus();
}

function openHiding(card) {
  const panel = card?.querySelector("[data-hide]");
  if (!panel) return;
  panel.open = true;
  // With a suggestion, Enter takes it; a digit takes any of the frequent reasons
  (panel.querySelector(".suggested") ?? panel.querySelector("summary")).focus();
}

const ACTIONS = {
  next: () => move(1),
  previous: () => move(-1),
  approve: () => aimed()?.querySelector('button[data-action="approve"]')?.click(),
  hide: () => openHiding(aimed()),
  mask: () => openMasking(aimed()),
  open: () => current()?.querySelector('a[data-action="open"]')?.click(),
  author: () => current()?.querySelector('a[data-action="author"]')?.click(),
  group: () => current()?.querySelector('a[data-action="group"]')?.click(),
  undo,
  note: () => writeNote(aimed()),
  raw: () => toggle(current()?.querySelector("[data-raw]")),
  unveil: () => toggle(current()?.querySelector("[data-veil]")),
  select: (event) => choose(current(), event.shiftKey),
  help: () => keys.open(),
};

document.addEventListener("keydown", (event) => {
  if (!keys || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
  if (event.target.closest("input:not([data-choice]), textarea, select, [contenteditable]")) return;
  const panel = event.target.closest("[data-hide][open], [data-mask][open]");
  if (panel && event.key === "Escape") {
    panel.open = false;
    panel.closest(ALL).focus();
    return;
  }
  const digit = keys.enabled && panel?.querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
  const action = digit ? () => digit.click() : ACTIONS[keys.actionFor(event.key)];
  if (!action) return;
  event.preventDefault();
  if (!event.repeat || action === ACTIONS.next || action === ACTIONS.previous) action(event);
});

// The message to the author follows the reason, until someone rewords it
const messages = new Map([...document.querySelectorAll("#messages [data-message]")].map((each) => [each.dataset.message, each.textContent]));
document.addEventListener("change", (event) => {
  if (!event.target.matches('[data-hide] select[name="reason"]')) return;
  const written = event.target.form.querySelector("[data-reason-message]");
  const own = [...messages.values(), ""];
  if (own.includes(written.value.trim())) written.value = messages.get(event.target.value) ?? "";
});

drafts.restore();

// A mark and its explanation show each other
for (const kind of ["mouseover", "mouseout"]) {
  document.addEventListener(kind, (event) => {
    const pointed = event.target.closest?.("mark[data-flags], [data-flag]");
    if (!pointed) return;
    const wanted = (pointed.dataset.flags ?? pointed.dataset.flag).split(" ");
    for (const other of pointed.closest(".desk-card").querySelectorAll("mark[data-flags], [data-flag]")) {
      const shares = (other.dataset.flags ?? other.dataset.flag).split(" ").some((key) => wanted.includes(key));
      other.classList.toggle("pointed", kind === "mouseover" && other !== pointed && shares);
    }
  });
}

if (keys) {
  keys.label(document);
  for (const opener of document.querySelectorAll("[data-keys-open]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => keys.open());
  }
}
