"""The lexicon in the back office."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from moderation.lexicon import load_shipped_terms
from moderation.models import Action, LexiconVersion, Term
from moderation.services import decide, submit_comment
from tests.factories import (
    ArticleFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
)
from tests.spaces import spaced

pytestmark = pytest.mark.django_db
ADD = "admin:moderation_term_add"
LIST = "admin:moderation_term_changelist"


@pytest.fixture
def desk(client: Client) -> Client:
    """A browser in which an editor has signed in."""
    client.force_login(EditorFactory())
    return client


@pytest.fixture
def shipped() -> Term:
    load_shipped_terms()
    term = Term.objects.filter(kind="insult", active=True).first()
    assert term is not None
    return term


def change_url(term: Term) -> str:
    return reverse("admin:moderation_term_change", args=(term.pk,))


def data(**fields: Any) -> dict[str, Any]:
    return {
        "text": "mot d’essai",
        "language": "fr",
        "kind": "insult",
        "tier": "always",
        "severity": "low",
        "forms": "",
        "note": "",
        "active": "on",
        **fields,
    }


def version() -> int:
    return LexiconVersion.objects.values_list("number", flat=True).first() or 0


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "Ce champ est obligatoire"),
        ({"text": " \u00a0 "}, "Ce champ est obligatoire"),
        ({"text": "\u200b\u200b"}, "au moins deux lettres"),
        ({"text": "…!"}, "au moins deux lettres"),
        ({"text": "a"}, "au moins deux lettres"),
        ({"text": "a\x00b"}, "nul"),
        ({"text": "a\x07bc"}, "caractères invalides"),
        ({"text": "x" * 201}, "au plus 200 caractères"),
        ({"text": "déjà"}, "déjà dans le lexique"),
        ({"forms": "bonne forme\n!\n"}, "au moins deux lettres"),
        ({"forms": "x" * 201}, "dépasse 200"),
        ({"forms": "\n".join(f"forme {n}" for n in range(101))}, "100 au plus"),
        ({"forms": "a\x00b"}, "nul"),
        ({"kind": "inconnu"}, "inconnu"),
        ({"note": "x" * 301}, "au plus 300 caractères"),
    ],
)
def test_bad_term_is_refused_beside_its_field(
    desk: Client, fields: dict[str, str], said: str
) -> None:
    Term.objects.create(text="déjà", kind="insult")
    before = Term.objects.count(), version()
    answer = desk.post(reverse(ADD), data(**fields))
    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert set(errors) == set(fields)
    assert said in " ".join(errors[next(iter(fields))])
    assert (Term.objects.count(), version()) == before


def test_term_is_stored_without_needless_spaces(desk: Client) -> None:
    typed = {"text": "  deux   mots ", "forms": "deux maux\r\n\r\n deux maux \r\n"}
    assert desk.post(reverse(ADD), data(**typed)).status_code == 302
    term = Term.objects.get()
    assert (term.text, term.forms) == ("deux mots", "deux maux")


def test_same_text_may_play_another_part(desk: Client) -> None:
    Term.objects.create(text="mot d’essai", kind="insult")
    assert desk.post(reverse(ADD), data(kind="guard")).status_code == 302
    assert Term.objects.count() == 2


def test_what_an_editor_changes_survives_an_update(desk: Client, shipped: Term) -> None:
    assert shipped.origin == Term.Origin.SHIPPED
    fields = data(severity="low", note="dit par la rédaction", forms=shipped.forms)
    assert desk.post(change_url(shipped), fields).status_code == 302
    assert load_shipped_terms() == {
        "added": 0,
        "updated": 0,
        "kept": Term.objects.count(),
    }
    shipped.refresh_from_db()
    assert shipped.origin == Term.Origin.EDITOR
    assert (shipped.severity, shipped.note) == ("low", "dit par la rédaction")


def test_shipped_term_is_neither_renamed_nor_deleted(
    desk: Client, shipped: Term
) -> None:
    before = shipped.text, shipped.kind
    page = desk.get(change_url(shipped)).content.decode()
    assert "Ce terme est livré avec le logiciel" in page
    desk.post(change_url(shipped), data(text="renommé", kind="guard"))
    delete = reverse("admin:moderation_term_delete", args=(shipped.pk,))
    assert desk.post(delete, {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": shipped.pk}
    desk.post(reverse(LIST), {**chosen, "post": "yes"})
    shipped.refresh_from_db()
    assert (shipped.text, shipped.kind) == before


def test_term_of_the_newsroom_can_be_deleted(desk: Client) -> None:
    term = Term.objects.create(text="mot d’essai", kind="insult")
    page = desk.get(change_url(term)).content.decode()
    assert "livré avec le logiciel" not in page
    delete = reverse("admin:moderation_term_delete", args=(term.pk,))
    before = version()
    assert desk.post(delete, {"post": "yes"}).status_code == 302
    assert not Term.objects.exists()
    assert version() > before


def test_switching_many_terms_is_one_logged_change_of_the_lexicon(
    desk: Client, shipped: Term
) -> None:
    two = list(Term.objects.filter(active=True)[:2])
    chosen = {"action": "retire", "_selected_action": [term.pk for term in two]}
    before = version()
    desk.post(reverse(LIST), chosen)
    after = version()
    assert after > before
    assert not Term.objects.filter(pk__in=[t.pk for t in two], active=True).exists()
    assert LogEntry.objects.count() == 2
    load_shipped_terms()
    assert not Term.objects.filter(pk__in=[t.pk for t in two], active=True).exists()
    desk.post(reverse(LIST), chosen)  # nothing left to retire
    assert version() == after


def test_untouched_form_changes_nothing(desk: Client, shipped: Term) -> None:
    fields = {
        name: getattr(shipped, name) for name in ("tier", "severity", "forms", "note")
    }
    before = version(), Term.objects.values().get(pk=shipped.pk)
    desk.post(change_url(shipped), fields | {"active": "on"})
    assert (version(), Term.objects.values().get(pk=shipped.pk)) == before


def test_each_term_shows_its_record(desk: Client) -> None:
    used = Term.objects.create(text="zut", kind="insult")
    unused = Term.objects.create(text="flûte", kind="insult")
    for action, reason in ((Action.HIDE, "injure"), (Action.PUBLISH, "")):
        comment = submit_comment(
            article=ArticleFactory(), author=ReaderFactory().commenter, text="Ah, zut !"
        )
        decide(
            comment,
            action=action,
            by=ModeratorFactory(),
            after=comment.decisions.latest("pk").pk,
            revision=comment.revision_id,
            reason=reason,
        )
    for query, terms in (
        ({"releves": "oui"}, [used]),
        ({"releves": "non"}, [unused]),
        ({"o": "-8"}, [used, unused]),
        ({"o": "8"}, [unused, used]),
    ):
        listed = desk.get(reverse(LIST), query)
        assert list(listed.context["cl"].result_list) == terms
    for url in (reverse(LIST), change_url(used)):
        assert "50 % (1 sur 2)" in spaced(desk.get(url).content.decode())


def test_kinds_and_tiers_are_explained(desk: Client) -> None:
    page = desk.get(reverse(ADD)).content.decode()
    for kind in Term.Kind:
        assert f"<dt>{kind.label}</dt>" in page
    assert "où que soit le mot" in page
