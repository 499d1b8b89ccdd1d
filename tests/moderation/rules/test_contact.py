"""Contact details, and the figures and places that are none."""

import pytest

from moderation.rules.match import Category
from tests.moderation.rules.conftest import Finder

NUMBERS = [
    # France
    "06 12 34 56 78",
    "0612345678",
    "01.42.86.82.00",
    "06-12-34-56-78",
    "06\u00a012\u00a034\u00a056\u00a078",
    # Lebanon
    "03 123 456",
    "03/123456",
    "01 123 456",
    "76/123456",
    "81-123456",
    # Québec
    "514 555-0123",
    "(514) 555-0123",
    "514-555-0123",
    "1-514-555-0123",
    # Belgium
    "02 123 45 67",
    "081 12 34 56",
    "0475 12 34 56",
    "0475/12.34.56",
    "0475 123 456",
    # Switzerland
    "022 123 45 67",
    "079 123 45 67",
    # From abroad
    "+33 6 12 34 56 78",
    "+33 (0)6 12 34 56 78",
    "0033 6 12 34 56 78",
    "+961 3 123 456",
    "+961 71 123 456",
    "00961 3 123 456",
    "+1 514 555 0123",
    "+32 475 12 34 56",
    "+41 79 123 45 67",
]

EMAILS = [
    "jean.dupont@exemple.fr",
    "jean.dupont+journal@mail.exemple.co.uk",
    "jean.dupont [at] exemple [dot] fr",
    "jean.dupont (at) exemple.fr",
    "jean.dupont[arobase]exemple.fr",
    "jean.dupont arobase exemple point fr",
]

ADDRESSES = [
    ("Il habite 12 rue de la Paix, 75002 Paris.", "12 rue de la Paix, 75002 Paris"),
    ("Il vit au 3 bis, avenue Foch à Metz.", "3 bis, avenue Foch"),
    ("Son domicile : 14 boulevard Voltaire.", "14 boulevard Voltaire"),
    ("On sait qu'elle loge 7 impasse des Lilas.", "7 impasse des Lilas"),
    ("Venez au 8, place Gambetta ce soir.", "8, place Gambetta"),
    ("Il habite au 12 rue des lilas, à Lyon.", "12 rue des lilas"),
]

INNOCENT = [
    # Dates and times
    "Nous étions le 12/03/2024 à Lyon.",
    "Le 12.03.2024 à 20 h 45, puis à 21:30.",
    "Le 2024-03-12, rien.",
    "Le 03/12/2024 20 personnes étaient là.",
    "Né en 1958, mort en 2012 ; guerres de 1914-1918 et 1939-1945.",
    # Amounts and counts
    "De 2019 à 2024, 12 000 habitants de plus.",
    "Un budget de 1 234 567 890 euros.",
    "Il coûte 1.234.567,89 € et 250 000 $.",
    "Population : 67 000 000, dont 32 500 000 hommes.",
    "Le pays compte 71 123 456 habitants.",
    "250 000-300 000 manifestants selon la police.",
    "La latitude 48.8566, la longitude 2.3522 et 0,123456789 pour cent.",
    # Scores and records
    "Score final : 3-1, puis 6-4 6-3 7-5.",
    "Le match s'est fini 21-19, 21-15, 21-17.",
    "Il a couru en 9 s 58, puis 19 s 19.",
    # Law and references
    "L'article 132-75 du Code pénal et l'article L. 121-4-1.",
    "La loi n° 2004-575 du 21 juin 2004.",
    "Décret 2021-1104, articles 20 à 25.",
    "ISBN 978-2-07-036822-8",
    "ISBN 978 2 07 036822 8",
    "Le SIREN 552 120 222 est public.",
    "Le vol AF 1234 et le train 6607.",
    # What anyone may call
    "Le 15, le 17, le 112, le 3919 et le 116 117.",
    # Places where nobody is said to live
    "Le 12 rue de la Paix a brûlé.",
    "Rendez-vous à 20 h, 5 place Bellecour.",
    "La banque du 14 boulevard Voltaire a fermé.",
    # Readers answered by name
    "@lecteur vous avez raison.",
    "@Jean Dupont: bien vu.",
]


@pytest.mark.parametrize("number", NUMBERS)
def test_telephone_number_is_found_whole(found: Finder, number: str) -> None:
    (match,) = found(f"Sonnez au {number}, il répond.", Category.CONTACT)
    assert (match.text, match.term) == (number, "phone")


@pytest.mark.parametrize("address", EMAILS)
def test_email_address_is_found_whole(found: Finder, address: str) -> None:
    (match,) = found(f"Écrire ici : {address}, vite.", Category.CONTACT)
    assert (match.text, match.term) == (address, "email")


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_address_where_someone_lives_is_found(
    found: Finder, text: str, address: str
) -> None:
    (match,) = found(text, Category.CONTACT)
    assert (match.text, match.term) == (address, "address")


@pytest.mark.parametrize("text", INNOCENT)
def test_other_figures_and_public_places_are_left_alone(
    found: Finder, text: str
) -> None:
    assert not found(text, Category.CONTACT)
