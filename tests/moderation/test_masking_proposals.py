"""What a card offers to mask: details found in a text, account numbers among them."""

import pytest

from moderation.masking.contacts import contact_spans, is_iban
from tests.moderation.masking import NUMBER

IBAN = "FR76 3000 6000 0112 3456 7890 189"


def test_what_the_contact_rule_sees_is_proposed_with_accounts():
    text = f"Au {NUMBER}, à lecteur@exemple.fr, compte {IBAN}."
    found = [(text[m.start : m.end], m.kind) for m in contact_spans(text)]
    assert found == [
        (NUMBER, "phone"),
        ("lecteur@exemple.fr", "email"),
        (IBAN, "iban"),
    ]
    assert contact_spans("Rien à masquer ici.") == []


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        (IBAN, True),
        ("GB82WEST12345698765432", True),
        ("LB62099900000001001901229114", True),
        ("FR76 3000 6000 0112 3456 7890 188", False),
        ("AB12", False),
    ],
)
def test_account_numbers_are_known_by_their_check_digits(number, valid):
    assert is_iban(number) is valid
