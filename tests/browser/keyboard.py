"""A person without a mouse: keys alone, and an eye on where the focus is."""

from typing import Any

from playwright.sync_api import Page

FOCUS = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const seen = [...focused.getClientRects()].some((box) => {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 2 || bottom - top < 2) return false;
    const places = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
    return places.some(([across, down]) => {
      const hit = document.elementFromPoint(
        left + (right - left) * across, top + (bottom - top) * down);
      return hit && (focused.contains(hit) || hit.contains(focused));
    });
  });
  const style = getComputedStyle(focused);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const name = focused.id || focused.name || focused.textContent.trim().slice(0, 40);
  return { name: `${focused.localName} ${name}`, seen, ring };
}"""
"""Where the focus is; `seen`: in the window and under nothing; `ring`: with an outline."""


class Keyboard:
    """The keys of one page; `faults` says where the focus was lost or out of sight."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab_to(self, selector: str, *, limit: int = 300) -> None:
        """Press Tab until what ``selector`` finds has the focus."""
        self.page.locator(selector).first.wait_for()
        for _ in range(limit):
            self.press("Tab")
            self._look()
            if self.page.evaluate(
                "selector => document.activeElement.matches(selector)", selector
            ):
                return
        raise AssertionError(f"{self.page.url}: no way by Tab to {selector}")

    def enter(self, selector: str) -> None:
        """Tab to a link or button that leads to another page, and press Enter there."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def go_round(self, *, limit: int = 2000) -> int:
        """Tab through the whole page, until it is left; how many stops it has."""
        self.page.evaluate("document.activeElement.blur()")
        for stops in range(limit):
            self.press("Tab")
            if self._look() is None:
                return stops
        raise AssertionError(f"{self.page.url}: Tab never leaves this page")

    def focus(self) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.page.evaluate(FOCUS)
        return found

    def _look(self) -> dict[str, Any] | None:
        focus = self.focus()
        if focus is not None:
            for what in ("seen", "ring"):
                if not focus[what]:
                    fault = f"{self.page.url}: {focus['name']} is not {what}"
                    self.faults.append(fault)
        return focus
