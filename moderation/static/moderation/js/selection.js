// Choosing comments to decide together: their boxes, a range of them, all of a page.

const BOXES = "[data-choice]";
let last; // the box that was changed last

function boxes() {
  return [...document.querySelectorAll(BOXES)];
}

/** Say on the button what becomes of the chosen: « Publier 2, garder 1… ». */
function nameApproval(chosen) {
  const button = document.querySelector("[data-approve-chosen]");
  if (!button) return;
  button.dataset.name ??= button.textContent;
  const told = [];
  for (const status of ["pending", "published", "hidden"]) {
    const count = chosen.filter((box) => box.dataset.choice === status).length;
    const verb = button.dataset[status];
    if (count) told.push(`${told.length ? verb.toLocaleLowerCase() : verb} ${count}`);
  }
  button.textContent = told.length ? `${told.join(", ")}…` : button.dataset.name;
}

/** Show how many are chosen; the bar itself follows the boxes by style sheet. */
export function countChosen() {
  const checked = boxes().filter((box) => box.checked);
  nameApproval(checked);
  const chosen = checked.length;
  const count = document.querySelector("[data-chosen-count]");
  if (count) {
    count.hidden = false;
    count.textContent = chosen;
  }
  const all = document.querySelector("[data-choose-all]");
  if (all) all.textContent = chosen && chosen === boxes().length ? all.dataset.none : all.dataset.all;
}

/** Choose `card`, or no longer; with `range`, every one from the last to it. */
export function choose(card, range) {
  const box = card?.querySelector(BOXES);
  if (box) set(box, !box.checked, range);
}

function set(box, checked, range) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  const meant = range && from >= 0 ? all.slice(from, to + 1) : [box];
  for (const other of meant) other.checked = checked;
  last = box;
  countChosen();
}

document.addEventListener("click", (event) => {
  const box = event.target.closest(BOXES);
  if (box) set(box, box.checked, event.shiftKey);
  const all = event.target.closest("[data-choose-all]");
  if (!all) return;
  event.preventDefault();
  const checked = !boxes().every((other) => other.checked);
  for (const other of boxes()) other.checked = checked;
  countChosen();
});

// Browsers put the boxes back as they were, after this file was read
addEventListener("pageshow", countChosen);
