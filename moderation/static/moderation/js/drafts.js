// What a moderator began to write in the forms that hide stays in this window until it is
// decided, emptied or he signs out: nothing of it is ever sent.

const STORED = "newsroom.desk.drafts";
const MOST = 40; // the oldest ones go first
const FORMS = "form[data-keep]"; // not those of second looks, which tell no message
const FIELDS = ["reason", "note", "message"];
const SIGNED_OUT = "signed out";
const others = new BroadcastChannel(STORED);

function stored(account) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORED)) ?? {};
    if (kept.account === account) return kept.drafts ?? {};
  } catch {
    // no storage, or not ours
  }
  return {};
}

function store(account, drafts) {
  const kept = Object.entries(drafts).slice(-MOST);
  try {
    if (kept.length) sessionStorage.setItem(STORED, JSON.stringify({ account, drafts: Object.fromEntries(kept) }));
    else sessionStorage.removeItem(STORED);
  } catch {
    // no storage in this browser: nothing is kept
  }
}

/** Forget every draft, here and in this browser's other windows. */
export function forgetAll() {
  store("", {});
  others.postMessage(SIGNED_OUT);
}

others.addEventListener("message", () => store("", {}));

/** The comment of `form`, as the keys of drafts begin: integers would lose their order. */
function commentOf(form) {
  return form.closest(".desk-card").id;
}

function keyOf(form) {
  return `${commentOf(form)}/${form.elements.revision.value}`;
}

function typedIn(form) {
  return Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
}

function isBegun(form) {
  const { reason, note, message } = form.elements;
  const offered = [...reason.options].find((option) => option.defaultSelected)?.value ?? "";
  const reworded = message.value.trim() && message.value !== message.defaultValue;
  return reason.value !== offered || note.value.trim() !== "" || Boolean(reworded);
}

export class Drafts {
  /** `desk` names the account and holds the words; `region` tells them. */
  constructor(desk, region) {
    this.account = desk.dataset.account;
    this.words = desk.dataset;
    this.region = region;
    this.drafts = stored(this.account);
    this.#forgetDecided();
    store(this.account, this.drafts); // without another account's
    others.addEventListener("message", () => (this.drafts = {}));
    // On the window: after what else the fields' changes change
    for (const kind of ["input", "change"]) addEventListener(kind, (event) => this.#keep(event.target.form));
    addEventListener("reset", (event) => {
      const form = event.target;
      if (form.matches(FORMS)) setTimeout(() => this.#empty(form));
    });
    addEventListener("submit", (event) => {
      const card = event.target.closest("[data-card]");
      if (card && !event.defaultPrevented) this.#mark(card.id);
    });
  }

  /** Put back what was begun; say so once. */
  restore() {
    const found = [...document.querySelectorAll(FORMS)].filter((form) => this.#fill(form));
    if (found.length) this.#tell(found.length > 1 ? this.words.moreDrafts : this.words.oneDraft);
  }

  /** A `card` came in the place of another one. */
  renew(card) {
    if ("done" in card.dataset) this.forget(card.id);
    else for (const form of card.querySelectorAll(FORMS)) this.#fill(form);
  }

  #tell(words) {
    const told = document.createElement("p");
    told.className = "visually-hidden";
    this.region.append(told);
    setTimeout(() => (told.textContent = words), 200); // once it is there
  }

  /** Forget what was begun on the card `id`: it is decided. */
  forget(id) {
    for (const key of Object.keys(this.drafts)) if (key.startsWith(`${id}/`)) delete this.drafts[key];
    store(this.account, this.drafts);
  }

  #keep(form) {
    if (!form?.matches(FORMS)) return;
    const key = keyOf(form);
    delete this.drafts[key]; // the latest stands last
    if (isBegun(form)) this.drafts[key] = { after: form.elements.after.value, ...typedIn(form) };
    else form.querySelector("[data-draft]")?.remove();
    store(this.account, this.drafts);
  }

  #fill(form) {
    if (isBegun(form)) this.#keep(form); // refused: the page shows what was sent
    const draft = this.drafts[keyOf(form)];
    const panel = form.closest("[data-hide]");
    if (draft?.after !== form.elements.after.value || isBegun(form) || panel.open) return false;
    for (const name of FIELDS) form.elements[name].value = draft[name];
    panel.open = true;
    const { message } = form.elements;
    if (message.value !== message.defaultValue) message.closest("details").open = true;
    form.prepend(document.querySelector("#brouillon").content.cloneNode(true));
    return true;
  }

  #empty(form) {
    const mark = form.querySelector("[data-draft]");
    const focused = mark?.contains(document.activeElement);
    mark?.remove();
    if (focused) form.closest("[data-hide]").querySelector("summary").focus();
    this.forget(commentOf(form));
  }

  /** A form of the card was sent by a page load: what answers it tells what came of it. */
  #mark(id) {
    for (const [key, draft] of Object.entries(this.drafts)) if (key.startsWith(`${id}/`)) draft.sent = true;
    store(this.account, this.drafts);
  }

  /** A card with a new decision or text has no draft, nor has what was sent and is gone. */
  #forgetDecided() {
    const forms = new Map([...document.querySelectorAll(FORMS)].map((form) => [commentOf(form), form]));
    for (const [key, draft] of Object.entries(this.drafts)) {
      const form = forms.get(key.split("/")[0]);
      const same = form && keyOf(form) === key && form.elements.after.value === draft.after;
      if (form ? !same : draft.sent) delete this.drafts[key];
      else delete draft.sent;
    }
  }
}
