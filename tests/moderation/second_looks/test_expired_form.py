"""A note typed into a form whose token is too old is shown, to be copied."""

import pytest
from django.test import Client

from moderation.models import SecondLook
from tests.moderation.desk_pages import page
from tests.moderation.second_looks.looking import drawn

pytestmark = pytest.mark.django_db


def test_what_was_typed_is_not_lost(moderator, first):
    look = drawn("hide", first)
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    address = f"/moderation/second-regard/{look.pk}/juger/"
    typed = {"action": "hide", "reason": "autre", "note": "Un motif longuement pesé."}
    shown = page(client.post(address, typed), status=403)
    assert "Un motif longuement pesé." in shown.text
    assert SecondLook.objects.get().state == "open"
