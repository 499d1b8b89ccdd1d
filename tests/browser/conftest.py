"""A headless Chromium that reports every console error and every foreign request."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)

from tests.run import find_browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
]
AXE_ALL = {"type": "tag", "values": AXE_TAGS}
AXE_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
AXE_QUICKLY = {
    "resultTypes": ["violations"],  # what passes is not described
    "preload": False,  # reads style sheets for an experimental rule, against the CSP
}
PATIENCE = 40_000
"""Milliseconds until an act is given up: two browsers and a server may share two cores."""
expect.set_options(timeout=PATIENCE)
SETTLED = "Promise.all(document.getAnimations().map((a) => a.finished))"
"""A promise kept once no colour is on its way to another."""
LOOSEN = """() => {
  window.stuck = [...document.querySelectorAll("*")].filter(
    (each) => getComputedStyle(each).position === "sticky");
  for (const each of window.stuck) each.style.position = "static";
}"""
FASTEN = "() => window.stuck.forEach((each) => each.style.removeProperty('position'))"
"""What a bar that sticks happens to cover is scrolled free: no target is too small for it."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium on this machine: `make test` installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """One person's browser window; `faults` holds what no page may cause."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        context.on("request", self._request)

    def _console(self, message: Any) -> None:
        expected = "Failed to load resource" in message.text  # a 4xx page under test
        if message.type in ("error", "warning") and not expected:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _request(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if (
            parts.scheme in ("http", "https")
            and parts.netloc != urlsplit(self.site).netloc
        ):
            self.faults.append(f"foreign request: {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page

    def axe(self, only: dict[str, Any] = AXE_ALL) -> list[str]:
        """Accessibility violations of the page as it stands now, one line each."""
        self.page.evaluate(SETTLED)
        self.page.evaluate(LOOSEN)
        found = Axe().run(self.page, options={"runOnly": only, **AXE_QUICKLY})
        self.page.evaluate(FASTEN)
        return [
            f"{self.page.url} {violation['id']}: {node['html'][:150]}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]

    def violations(self) -> list[str]:
        """What is wrong here: accessibility in the light and dark, and width."""
        found = self.axe()
        self.page.emulate_media(color_scheme="dark")
        found += [f"dark {line}" for line in self.axe(AXE_COLOURS)]
        self.page.emulate_media(color_scheme="light")
        size = self.page.viewport_size
        assert size is not None
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > size["width"]:
            found.append(f"{self.page.url} is {wide} px wide")
        return found


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """Open a window: `visit(javascript=False, dark=True, width=390)`.

    ``zoom`` enlarges everything in it, as a browser does: it has fewer CSS pixels.
    """
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def open_window(
        *,
        javascript: bool = True,
        dark: bool = False,
        width: int = 1280,
        height: int = 900,
        zoom: int = 1,
    ) -> Visitor:
        context = chromium.new_context(
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            viewport={"width": width // zoom, "height": height // zoom},
            device_scale_factor=zoom,
            locale="fr-FR",
        )
        contexts.append(context)
        visitors.append(Visitor(context, live_server.url))
        return visitors[-1]

    yield open_window
    for context in contexts:
        context.close()
    faults = [fault for visitor in visitors for fault in visitor.faults]
    assert not faults, faults
