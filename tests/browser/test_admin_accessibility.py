"""The back office: every page of every model, and the states that a form or list has."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from moderation.models import Term
from tests.browser.back_office import every_page, newspaper, sign_in
from tests.browser.conftest import Visitor
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEED = Path(__file__).resolve().parents[2] / "fixtures" / "article-syrie.txt"

at_both_widths = pytest.mark.parametrize("width", [1280, 390])


def chief() -> User:
    """Someone who may do everything, and who may change their password."""
    account: User = UserFactory(is_staff=True, is_superuser=True)
    account.set_password("une-phrase-pour-entrer-42")
    account.save()
    return account


@at_both_widths
def test_every_page(visit: Callable[..., Visitor], width: int) -> None:
    newspaper()
    visitor = visit(width=width)
    sign_in(visitor, chief())
    found = []
    opened = 0
    for path in every_page():
        answer = visitor.page.goto(visitor.site + path)
        assert answer is not None
        assert answer.status in (200, 403), path
        if answer.status == 200:  # what is only read has no form to add or delete
            opened += 1
            found += visitor.violations()
    assert opened > 50
    assert not found, "\n".join(found)


def searched_list(page: Page, site: str) -> None:
    address = reverse("admin:articles_article_changelist")
    page.goto(f"{site}{address}?q=Syrie&o=-1.3&status__exact=published&_facets=True")
    expect(page.get_by_text("1 résultat")).to_be_visible()


def empty_list(page: Page, site: str) -> None:
    page.goto(f"{site}{reverse('admin:articles_article_changelist')}?q=introuvable")
    expect(page.get_by_text("0 résultat")).to_be_visible()


def rows_to_delete(page: Page, site: str) -> None:
    page.goto(site + reverse("admin:moderation_term_changelist"))
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("combobox", name="Action").select_option("delete_selected")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("link", name=Term.objects.get().text)).to_be_visible()


def refused_article(page: Page, site: str) -> None:
    page.goto(site + reverse("admin:articles_article_add"))
    page.locator("#id_blocks-0-position").fill("-3")
    page.get_by_role("button", name="Enregistrer", exact=True).first.click()
    expect(page.locator(".errornote")).to_be_visible()


def more_rows(page: Page, site: str) -> None:
    page.goto(site + reverse("admin:articles_article_add"))
    page.get_by_role("button", name="Ajouter un objet Lien").click()
    page.locator("#related_links-1 .select2-selection").click()
    expect(page.locator(".select2-search__field")).to_be_focused()
    expect(page.locator(".select2-results__option", has_text="Syrie")).to_be_visible()


def section_in_a_popup(page: Page, site: str) -> None:
    page.goto(f"{site}{reverse('admin:articles_section_add')}?_popup=1")
    expect(page.get_by_label("Nom")).to_be_visible()


def read_page(page: Page, site: str) -> None:
    page.goto(site + reverse("admin:import_page"))
    page.get_by_label("Page", exact=False).first.set_input_files(SEED)
    page.get_by_role("button", name="Lire la page").click()
    expect(page.get_by_role("button", name="Importer")).to_be_visible()


def unreadable_page(page: Page, site: str) -> None:
    page.goto(site + reverse("admin:import_page"))
    page.get_by_label("Page", exact=False).first.set_input_files(
        {"name": "vide.txt", "mimeType": "text/plain", "buffer": b"\n"}
    )
    page.get_by_role("button", name="Lire la page").click()
    expect(page.locator(".errornote")).to_be_visible()


def kept_history(page: Page, site: str) -> None:
    term = Term.objects.get()
    page.goto(site + reverse("admin:moderation_term_change", args=[term.pk]))
    page.locator("#id_note").fill("pour mieux voir")
    page.get_by_role("button", name="Enregistrer et continuer").first.click()
    page.goto(site + reverse("admin:moderation_term_history", args=[term.pk]))
    expect(page.locator("#change-history")).to_be_visible()


def shown_once(page: Page, site: str) -> None:
    page.goto(site + reverse("admin:moderation_apiclient_add"))
    page.get_by_label("Nom").fill("Coral")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("heading", name="À copier maintenant")).to_be_visible()


STATES = [
    searched_list,
    empty_list,
    rows_to_delete,
    refused_article,
    more_rows,
    section_in_a_popup,
    read_page,
    unreadable_page,
    kept_history,
    shown_once,
]


@at_both_widths
def test_every_state(visit: Callable[..., Visitor], width: int) -> None:
    newspaper()
    visitor = visit(width=width)
    sign_in(visitor, chief())
    found = []
    for reach in STATES:
        reach(visitor.page, visitor.site)
        found += [f"{reach.__name__}: {fault}" for fault in visitor.violations()]
    assert not found, "\n".join(found)
