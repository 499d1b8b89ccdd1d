// Dismisses the notice without leaving the page: what is being typed below it stays.

const notice = document.querySelector("[data-charter-change]");
const status = document.querySelector("[data-charter-status]");

notice?.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const sent = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    redirect: "manual",
  }).catch(() => undefined);
  if (sent?.type !== "opaqueredirect") {
    form.submit();
    return;
  }
  notice.remove();
  status.textContent = status.dataset.told;
  status.focus();
});
