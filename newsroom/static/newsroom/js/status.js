// Lets screen readers hear the word on what was just done: a live region tells of
// changes, and this one came filled. It follows the page until it must have been read.

const status = document.querySelector(".site-status");
const said = [...status.childNodes];

setTimeout(() => {
  status.replaceChildren();
  requestAnimationFrame(() => status.append(...said));
}, 150);
setTimeout(() => status.classList.add("settled"), 15000);
