// Lets screen readers hear the word on what was just done: a live region tells of
// changes, and this one came filled. Its words follow the page until they must have been
// read; what holds them stays in place, since other scripts write there.

const status = document.querySelector(".site-status");

setTimeout(() => {
  for (const message of status.querySelectorAll(".message")) {
    const said = [...message.childNodes];
    message.replaceChildren();
    // Not an animation frame: a window out of sight draws none
    setTimeout(() => message.append(...said), 50);
  }
}, 150);
setTimeout(() => status.classList.add("settled"), 15000);
