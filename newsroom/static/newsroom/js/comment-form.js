// Counts what the reader types as the server will, and sends a form only once.

const limitSigns = new Intl.Segmenter(document.documentElement.lang, {
  granularity: "grapheme",
});
const ANNOUNCED_FROM = 100; // characters left; a screen reader hears nothing before

function countGraphemes(text) {
  let count = 0;
  for (const _sign of limitSigns.segment(text)) count += 1;
  return count;
}

function remark(line, left) {
  const over = left < 0;
  const number = Math.abs(left);
  const one = over ? line.dataset.overOne : line.dataset.leftOne;
  const many = over ? line.dataset.over : line.dataset.left;
  const shown = number.toLocaleString(document.documentElement.lang);
  return number === 1 ? one : many.replace("{n}", shown);
}

function followLength(form) {
  const area = form.querySelector("textarea[data-limit]");
  const line = form.querySelector(".comment-limit");
  const counter = line?.querySelector("[data-counter]");
  const status = form.querySelector("[data-counter-status]");
  if (!area || !counter) return;
  const limit = Number(area.dataset.limit);
  let announcement = 0;
  const show = () => {
    const left = limit - countGraphemes(area.value);
    const text = remark(line, left);
    counter.textContent = area.value ? text : "";
    line.classList.toggle("over", left < 0);
    clearTimeout(announcement);
    announcement = setTimeout(() => {
      status.textContent = left <= ANNOUNCED_FROM ? text : "";
    }, 1000);
  };
  area.addEventListener("input", show);
  show();
}

function sendOnce(form) {
  const buttons = form.querySelectorAll("button[type=submit]");
  form.addEventListener("submit", () => {
    // After this event, or the pressed button's own value would not be sent
    setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
  });
  // A page taken back from the browser's history must be able to send again
  addEventListener("pageshow", () =>
    buttons.forEach((button) => (button.disabled = false)),
  );
}

for (const form of document.querySelectorAll("form[data-once]")) {
  followLength(form);
  sendOnce(form);
}
document.querySelector("[data-focus]")?.focus();
