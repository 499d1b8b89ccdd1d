// The desk's keys: which key does what on this device, and the dialog that tells it.

const STORED = "newsroom.desk.keys";
const ORIGINAL = {
  next: "j",
  previous: "k",
  approve: "a",
  hide: "h",
  mask: "m",
  undo: "u",
  open: "o",
  author: "p",
  group: "g",
  note: "n",
  raw: "t",
  unveil: "v",
  select: "x",
  help: "?",
};

function stored() {
  try {
    const { enabled = true, keys = {} } = JSON.parse(localStorage.getItem(STORED)) ?? {};
    return { enabled: enabled !== false, keys: { ...ORIGINAL, ...keys } };
  } catch {
    return { enabled: true, keys: { ...ORIGINAL } }; // no storage, or not ours
  }
}

export class Keys {
  /** `dialog` lists the keys; `changed` is called when any of them does. */
  constructor(dialog, changed) {
    this.dialog = dialog;
    this.changed = changed;
    Object.assign(this, stored());
    this.error = dialog.querySelector("[data-keys-error]");
    this.#listen();
    this.#fill();
  }

  /** The action a key stands for; nothing while keys are off. */
  actionFor(key) {
    if (!this.enabled) return undefined;
    const typed = key.toLowerCase();
    return Object.keys(this.keys).find((action) => this.keys[action] === typed);
  }

  /** Print the keys on the buttons below `root` and name them for screen readers. */
  label(root) {
    for (const hint of root.querySelectorAll("kbd[data-key]")) {
      hint.textContent = this.keys[hint.dataset.key];
      hint.hidden = !this.enabled;
    }
    for (const hint of root.querySelectorAll("[data-digit-hint]")) hint.hidden = !this.enabled;
    for (const control of root.querySelectorAll("[data-action]")) {
      if (this.enabled) {
        control.setAttribute("aria-keyshortcuts", this.keys[control.dataset.action]);
      } else {
        control.removeAttribute("aria-keyshortcuts");
      }
    }
  }

  open() {
    this.dialog.showModal();
  }

  #listen() {
    this.dialog.querySelector("[data-keys-close]").addEventListener("click", () => this.dialog.close());
    this.dialog.querySelector("[data-keys-reset]").addEventListener("click", () => {
      this.keys = { ...ORIGINAL };
      this.#keep();
    });
    this.dialog.querySelector("[data-keys-enabled]").addEventListener("change", (event) => {
      this.enabled = event.target.checked;
      this.#keep();
    });
    for (const field of this.dialog.querySelectorAll("[data-remap]")) {
      field.addEventListener("focus", () => field.select());
      field.addEventListener("change", () => this.#remap(field));
    }
  }

  #remap(field) {
    const key = field.value.trim().toLowerCase();
    const action = field.dataset.remap;
    const taken =
      /^\d$/.test(key) || Object.keys(this.keys).some((other) => other !== action && this.keys[other] === key);
    if (key && !taken) this.keys[action] = key;
    this.#keep();
    if (taken) {
      this.error.textContent = this.error.dataset.taken;
      this.error.hidden = false;
    }
  }

  #keep() {
    try {
      localStorage.setItem(STORED, JSON.stringify({ enabled: this.enabled, keys: this.keys }));
    } catch {
      // no storage on this device: the keys hold until the page is left
    }
    this.#fill();
    this.changed();
  }

  #fill() {
    this.error.hidden = true;
    this.error.textContent = "";
    this.dialog.querySelector("[data-keys-enabled]").checked = this.enabled;
    for (const field of this.dialog.querySelectorAll("[data-remap]")) field.value = this.keys[field.dataset.remap];
  }
}
