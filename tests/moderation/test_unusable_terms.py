"""A term that no rule can read, forced into the database (TRUST F13, S-22)."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from moderation.lexicon import load_shipped_terms, raise_version
from moderation.models import Term
from tests.factories import EditorFactory, ModeratorFactory
from tests.moderation.test_lab_pages import NEW
from tests.moderation.test_pattern_admin import page_of, submit

pytestmark = pytest.mark.django_db
LIST = reverse("admin:moderation_term_changelist")
QUEUE = reverse("moderation:queue")
EXPORT = reverse("admin:moderation_term_export")
ALERT = "ne peut pas servir : il est laissé de côté"
FORCED: tuple[dict[str, Any], ...] = (
    {"kind": "inconnu"},
    {"tier": "jamais"},
    {"severity": "x"},
    {"target": "x"},
    {"text": " "},
    {"text": "-"},
)


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(EditorFactory())
    return client


def forced(**fields: Any) -> Term:
    """Stored by other means than the form."""
    (made,) = Term.objects.bulk_create(
        [Term(**{"text": "zorglub", "kind": "insult", **fields})]
    )
    raise_version()
    return made


@pytest.mark.parametrize("fields", FORCED, ids=repr)
def test_it_is_skipped_and_told(desk: Client, fields: dict[str, Any]) -> None:
    """Left out, an alert for who can mend it, posting and the others unaffected."""
    load_shipped_terms()
    assert ALERT not in page_of(desk, LIST) + page_of(desk, QUEUE)
    forced(**fields)
    comment = submit("Merci pour cet article.")
    assert (comment.status, comment.decisions.get().note) == ("published", "")
    assert submit("Quel connard !").status == "pending"  # the others serve
    assert ALERT in page_of(desk, LIST)
    assert ALERT in page_of(desk, QUEUE)
    assert "Corriger le lexique" in page_of(desk, QUEUE)
    desk.force_login(ModeratorFactory())
    assert ALERT not in page_of(desk, QUEUE)


@pytest.mark.parametrize("fields", FORCED, ids=repr)
def test_the_lab_and_the_form_can_still_mend_it(
    desk: Client, fields: dict[str, Any]
) -> None:
    term = forced(**fields)
    change = reverse("admin:moderation_term_change", args=(term.pk,))
    assert desk.get(change).status_code == 200
    trial = reverse("moderation:lab_term") + f"?terme={term.pk}"
    assert desk.get(trial).status_code == 200
    answer = desk.post(trial, NEW)
    assert answer.status_code == 200
    assert answer.context["trial"].trial.finished


@pytest.mark.parametrize("fields", FORCED, ids=repr)
def test_it_is_in_no_file(desk: Client, tmp_path: Path, fields: dict[str, Any]) -> None:
    term = forced(**fields)
    answer = desk.get(EXPORT, follow=True)
    assert answer.redirect_chain
    assert f"« {term.text} »" in answer.content.decode()
    with pytest.raises(CommandError, match="«"):
        call_command("export_lexicon", output=tmp_path / "lexique.toml")
    assert not list(tmp_path.iterdir())


def test_blank_form_is_left_out() -> None:
    forced(forms="-\nzorglubard")
    assert submit("Quel zorglubard !").status == "pending"
