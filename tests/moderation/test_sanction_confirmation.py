"""What a moderator is told before and after a sanction is what happens."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories import ModeratorFactory, ReaderFactory
from tests.moderation.desk_pages import page
from tests.spaces import spaced

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory())
    return client


@pytest.fixture
def author():
    return ReaderFactory().commenter


@pytest.mark.parametrize(
    ("reason", "email", "mails"),
    [
        ("injure", "nadia@lecteurs.example", 1),
        ("spam_massif", "nadia@x.example", 0),
        ("injure", "", 0),
    ],
)
def test_the_page_before_a_sanction_speaks_of_a_mail_only_if_one_leaves(
    desk, author, reason, email, mails, django_capture_on_commit_callbacks
):
    """Bulk spam is answered by no mail, and nothing reaches who gave no address."""
    author.user.email = email
    author.user.save()
    order = {"kind": "warning", "reason": reason}
    address = reverse("moderation:sanction", args=[author.pk])
    shown = page(desk.post(address, order))
    told = spaced(shown.select_one("form.desk-batch").text)
    assert ("par courriel et dans" in told) is bool(mails)
    assert ("aucun courriel ne part" in told) is not bool(mails)
    assert ("Sanctionner et envoyer" in told) is bool(mails)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address, {**order, "confirmer": "1"})
    assert len(mail.outbox) == mails
    assert author.sanctions.count() == 1
