// Passages to mask: what is selected in a comment's text can be added to those found.

let picked; // the text and the passage selected last: { text, start, end, words }

/** Code points of `text` before a place in it; a masked passage counts as the original. */
function offset(text, node, place) {
  const range = document.createRange();
  range.selectNodeContents(text);
  range.setEnd(node, place);
  const before = range.cloneContents();
  for (const masked of before.querySelectorAll(".masked")) {
    masked.textContent = "x".repeat(Number(masked.dataset.length));
  }
  return [...before.textContent].length;
}

function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return undefined;
  const range = selection.getRangeAt(0);
  const text = (range.startContainer.parentElement ?? range.startContainer).closest?.("[data-text]");
  if (!text?.contains(range.endContainer)) return undefined;
  const words = range.toString();
  const lead = [...words].length - [...words.trimStart()].length;
  const tail = [...words].length - [...words.trimEnd()].length;
  const start = offset(text, range.startContainer, range.startOffset) + lead;
  const end = offset(text, range.endContainer, range.endOffset) - tail;
  return start < end ? { text, start, end, words: words.trim() } : undefined;
}

function kindOf(words) {
  if (words.includes("@")) return "email";
  if (/^[A-Z]{2}\d{2}/.test(words)) return "iban";
  if (words.replace(/\D/g, "").length >= 7 && !/[a-z]{3}/i.test(words)) return "phone";
  return /\d/.test(words) ? "address" : "other";
}

/** Add the passage selected in the text of `panel`'s card to those to be masked. */
function add(panel) {
  const card = panel.closest(".desk-card");
  if (!picked?.text.isConnected || !card.contains(picked.text)) return;
  const list = panel.querySelector("[data-spans]");
  const row = panel.querySelector("[data-mask-choice]").content.firstElementChild.cloneNode(true);
  const box = row.querySelector("input");
  const kind = row.querySelector("select");
  const { start, end, words } = picked;
  picked = undefined;
  if ([...list.querySelectorAll("input")].some((other) => other.value.startsWith(`${start}-${end}-`))) return;
  row.querySelector("q").textContent = words.length > 80 ? `${words.slice(0, 79)}…` : words;
  kind.value = kindOf(words);
  box.value = `${start}-${end}-${kind.value}`;
  kind.addEventListener("change", () => {
    box.value = `${start}-${end}-${kind.value}`;
  });
  list.append(row);
  offer();
}

function offer() {
  for (const panel of document.querySelectorAll("[data-mask]")) {
    const here = picked !== undefined && panel.closest(".desk-card").contains(picked.text);
    if (here) panel.hidden = false;
    panel.querySelector("[data-select-help]").hidden = false;
    panel.querySelector("[data-add-selection]").hidden = !(here && panel.open);
  }
}

/** Open the passages of `card`, with what is selected in its text; Enter then masks. */
export function openMasking(card) {
  const panel = card?.querySelector("[data-mask]");
  if (!panel) return;
  panel.hidden = false;
  panel.open = true;
  add(panel);
  const ready = panel.querySelector("[data-spans] input:checked");
  (ready ? (panel.querySelector("[data-mask-publish]") ?? panel.querySelector("button[type=submit]")) : panel.querySelector("summary")).focus();
}

document.addEventListener("selectionchange", () => {
  const now = selected();
  if (!now) return; // a press on a button ends the selection, not the wish to mask it
  picked = now;
  offer();
});

document.addEventListener(
  "toggle",
  (event) => {
    if (!event.target.matches?.("[data-mask]")) return;
    if (event.target.open) add(event.target);
    offer();
  },
  true,
);

document.addEventListener("click", (event) => {
  const adder = event.target.closest?.("[data-add-selection]");
  if (adder) add(adder.closest("[data-mask]"));
});
