// Tells the other desks which comment is being read here, and shows who reads what.

const LINGER = 1_000; // milliseconds on a card before it counts as being read
const RENEW = 90_000; // the server forgets after three minutes
let timer;

/** Show what `words` tells of the comment `key`; nothing hides the badge. */
export function showTaken(key, words) {
  for (const badge of document.querySelectorAll(`[data-taken="${key}"]`)) {
    badge.textContent = words;
    badge.hidden = !words;
  }
}

async function take(card) {
  clearTimeout(timer);
  if (!card.isConnected || document.visibilityState !== "visible") return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", card.querySelector('[name="csrfmiddlewaretoken"]')?.value ?? "");
  try {
    const response = await fetch(card.dataset.take, { method: "POST", body, headers: { Accept: "application/json" } });
    if (response.redirected || !response.ok) return;
    showTaken(card.id.replace("carte-", ""), (await response.json()).taken);
    timer = setTimeout(() => card.contains(document.activeElement) && take(card), RENEW);
  } catch {
    // No network for now: the next card tells again
  }
}

document.addEventListener("focusin", (event) => {
  const card = event.target.closest?.("[data-take]");
  if (!card) return;
  clearTimeout(timer);
  timer = setTimeout(() => card.contains(document.activeElement) && take(card), LINGER);
});
