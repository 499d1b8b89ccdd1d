"""What an author may do against a hiding, word for word (TRUST L-15)."""

import pytest
from django.utils import translation

from moderation.redress import further_redress, redress_text
from tests.moderation.contesting import hidden
from tests.spaces import spaced

FURTHER = {
    ("fr", True): (
        "Vous pouvez aussi demander l’avis d’un organisme certifié de règlement "
        "extrajudiciaire des litiges, dont la Commission européenne publie la liste, "
        "et, à tout moment, saisir la justice."
    ),
    ("fr", False): "Vous pouvez aussi, à tout moment, saisir la justice.",
    ("en", True): (
        "You may also turn to a certified out-of-court dispute settlement body, from "
        "the list that the European Commission publishes, and to the courts at any time."
    ),
    ("en", False): "You may also turn to the courts at any time.",
}


@pytest.mark.parametrize(("language", "bound"), FURTHER)
def test_dispute_bodies_for_those_bound_to_them(settings, language, bound):
    settings.DISPUTE_BODIES = bound
    with translation.override(language):
        assert further_redress() == FURTHER[language, bound]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "when", "said"),
    [
        ("fr", "jusqu’au 24 mai 2027 :", "contestez-la dans « Mes commentaires »"),
        ("en", "until May 24, 2027:", "appeal against it under “My comments”"),
    ],
)
def test_a_statement_says_how_and_until_when(
    settings, time_machine, language, when, said
):
    time_machine.move_to("2026-11-24T09:00:00Z")
    settings.CONTACT_EMAIL = "recours@journal.example"
    statement = hidden()
    with translation.override(language):
        told = spaced(redress_text(statement))
        assert statement.redress == redress_text(statement)
    for each in (when, said, "recours@journal.example", statement.puid):
        assert each in told
    assert told.endswith(FURTHER[language, True])
