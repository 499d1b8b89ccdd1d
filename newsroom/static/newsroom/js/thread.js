// Adds the next comments below those shown; without it the link opens their page.

const thread = document.querySelector("[data-thread]");
const status = document.querySelector("[data-thread-status]");
const pager = document.querySelector("[data-more]");
const link = pager?.querySelector("a[rel=next]");

async function pageAt(address) {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(`${response.status} for ${address}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

async function addNext() {
  link.setAttribute("aria-busy", "true");
  try {
    const page = await pageAt(link.href);
    const added = [...page.querySelectorAll("[data-thread] > .comments > .comment")];
    const count = page.querySelectorAll("[data-thread] .comment").length;
    thread.querySelector(":scope > .comments").append(...added);
    const next = page.querySelector("[data-more] a[rel=next]");
    if (next) {
      link.href = next.getAttribute("href");
    } else {
      // The link goes: reading goes on where the new comments begin
      const heading = added[0]?.querySelector("h3");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus({ preventScroll: true });
      pager.remove();
    }
    status.textContent = `${pager.dataset.announce} ${count}`;
  } catch {
    status.textContent = pager.dataset.failed;
    status.classList.remove("visually-hidden");
  } finally {
    link.removeAttribute("aria-busy");
  }
}

link?.addEventListener("click", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!plain || !thread.querySelector(":scope > .comments")) return;
  event.preventDefault();
  if (link.getAttribute("aria-busy") !== "true") addNext();
});
