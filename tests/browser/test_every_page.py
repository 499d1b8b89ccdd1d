"""Every page of the site enlarged, walked through by Tab, and in English (TRUST A-09, A-12)."""

import pytest
from django.conf import settings

from tests.browser.keyboard import Keyboard
from tests.newsroom.permission_table import TABLE, World

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
ACCOUNTS = ("nobody", "author", "reader", "moderator", "editor")
"""In the order of `World.sessions` and of `Row.expected`."""
CUT = """() => {
  const cut = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) cut.push(`the page is ${wide} px wide of ${innerWidth}`);
  const scrolls = (each) => {
    for (let up = each.parentElement; up; up = up.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  for (const each of document.querySelectorAll("main *, header *, footer *")) {
    if (each.closest(".visually-hidden, .skip, dialog:not([open]), svg") || !each.checkVisibility()) continue;
    const style = getComputedStyle(each);
    const words = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const name = `${each.localName}.${each.className} ${each.textContent.trim().slice(0, 40)}`;
    const hides = /hidden|clip/.test(style.overflowX) && style.textOverflow !== "ellipsis";
    if (words && hides && each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1) cut.push(`cut: ${name}`);
    const box = each.getBoundingClientRect();
    if (words && box.width && (box.right > innerWidth + 1 || box.left < -1) && !scrolls(each)) {
      cut.push(`outside: ${name}`);
    }
  }
  return cut;
}"""
"""What is wider than the window, or hidden by its own box (one of a pixel is for ears)."""


@pytest.fixture
def world(live_server):
    return World()


@pytest.fixture
def opened(visit, world):
    """Go through the pages of one account: yields (address, visitor), once it is open."""

    def go_through(account, *, language="fr", **window):
        visitor = visit(**window)
        context = visitor.page.context
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if key := world.sessions[ACCOUNTS.index(account)]:
            cookies[settings.SESSION_COOKIE_NAME] = key
        context.add_cookies(
            [
                {"name": name, "value": value, "url": visitor.site}
                for name, value in cookies.items()
            ]
        )
        for path in addresses(world, account):
            kind = context.request.get(visitor.site + path).headers["content-type"]
            if "text/html" in kind:
                visitor.open(path)
                yield path, visitor

    return go_through


def addresses(world, account):
    """What ``account`` gets, but for what those before it get too."""
    place = ACCOUNTS.index(account)
    for row in TABLE:
        others = row.expected[:place]
        if row.method == "GET" and row.expected[place] == 200 and 200 not in others:
            yield row.url(world)


@pytest.mark.parametrize("account", ["nobody", "author", "moderator"])
def test_pages_enlarged_and_by_tab(opened, account):
    faults, looked_at = [], 0
    for path, visitor in opened(account, zoom=2):
        page, keyboard = visitor.page, Keyboard(visitor.page)
        looked_at += 1
        faults += [f"{path} at 200 %: {cut}" for cut in page.evaluate(CUT)]
        keyboard.go_round()
        faults += keyboard.faults
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        faults += [f"{path}, larger text: {cut}" for cut in page.evaluate(CUT)]
        page.set_viewport_size({"width": 640, "height": 450})
    assert looked_at > 5
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("account", ["author", "moderator"])
def test_pages_in_english(opened, account):
    faults, looked_at = [], 0
    for path, visitor in opened(account, language="en", width=390):
        looked_at += 1
        assert visitor.page.evaluate("document.documentElement.lang") == "en", path
        faults += visitor.violations()
    assert looked_at > 5
    assert not faults, "\n".join(faults)
