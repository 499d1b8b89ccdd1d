// Sends a decision's form without leaving the page.

/**
 * Post `form`, as if `button` had been pressed.
 * Resolves to the pieces of `moderation.answers`, or throws a SendingError.
 */
export async function send(form, button) {
  let response;
  try {
    // Not form.action: the forms have a field of that name
    response = await fetch(form.getAttribute("action"), {
      method: "POST",
      body: new FormData(form, button),
      headers: { Accept: "application/json" },
    });
  } catch {
    throw new SendingError("failed");
  }
  if (response.redirected || response.status === 403) throw new SendingError("signedOut");
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    throw new SendingError("failed");
  }
  return response.json();
}

/** `reason` names the sentence to show: `data-failed` or `data-signed-out` of the desk. */
export class SendingError extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}
