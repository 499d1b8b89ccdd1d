// On pages with a button that signs out: nothing a moderator wrote stays in the window.

import { forgetAll } from "./drafts.js";

document.addEventListener("submit", (event) => {
  if (event.target.matches('form[action*="/logout/"]')) forgetAll();
});
