"""Each reason is complete: label, message, clause, ground, category, keyword (TRUST 5.3)."""

import re

import pytest
from django.utils.translation import override

from moderation.charter.catalog import LANGUAGES, shipped_clauses, shipped_rules
from moderation.models import Decision
from moderation.reason_details import Ground, message_of, reason_details, reworded
from moderation.reasons import ReasonCode

TABLE = """
hors_sujet          T    OTHER_VIOLATION_TC OTHER=hors sujet
cri                 T    OTHER_VIOLATION_TC OTHER=forme criarde
langue              T    OTHER_VIOLATION_TC LANGUAGE_REQUIREMENTS
illisible           T    OTHER_VIOLATION_TC OTHER=illisible
grossierete         T    OTHER_VIOLATION_TC OTHER=grossièreté
obscene             T    OTHER_VIOLATION_TC ADULT_SEXUAL_MATERIAL
doublon             T    OTHER_VIOLATION_TC OTHER=répétition
proselytisme        T    OTHER_VIOLATION_TC OTHER=prosélytisme
lien                T    OTHER_VIOLATION_TC OTHER=lien
signature           T    OTHER_VIOLATION_TC OTHER=signature
moderation          T    OTHER_VIOLATION_TC OTHER=modération
publicite           T    OTHER_VIOLATION_TC GOODS_SERVICES_NOT_PERMITTED
spam_massif         T    SCAMS_AND_FRAUD OTHER=pourriel massif
arnaque             T/I  SCAMS_AND_FRAUD PHISHING
usurpation          T/I  SCAMS_AND_FRAUD IMPERSONATION_ACCOUNT_HIJACKING
comptes_multiples   T    SCAMS_AND_FRAUD INAUTHENTIC_ACCOUNTS
attaque_personnelle T    CYBER_VIOLENCE CYBER_BULLYING_INTIMIDATION
harcelement         T/I  CYBER_VIOLENCE CYBER_HARASSMENT
menace              T/I  CYBER_VIOLENCE CYBER_INCITEMENT
sexisme             T/I  CYBER_VIOLENCE_AGAINST_WOMEN INCITEMENT_AGAINST_WOMEN
injure              T/I  ILLEGAL_OR_HARMFUL_SPEECH OTHER=injure
diffamation         T/I  ILLEGAL_OR_HARMFUL_SPEECH DEFAMATION
epithete            T/I  ILLEGAL_OR_HARMFUL_SPEECH DISCRIMINATION
haine               T/I  ILLEGAL_OR_HARMFUL_SPEECH HATE_SPEECH
confessionnel       T    ILLEGAL_OR_HARMFUL_SPEECH DISCRIMINATION
negationnisme       I    ILLEGAL_OR_HARMFUL_SPEECH HATE_SPEECH
innocence           T/I  ILLEGAL_OR_HARMFUL_SPEECH OTHER=présomption d’innocence
violence            T/I  VIOLENCE INCITEMENT_VIOLENCE_HATRED
terrorisme          I    RISK_FOR_PUBLIC_SECURITY TERRORIST_CONTENT
vie_privee          T/I  DATA_PROTECTION_AND_PRIVACY_VIOLATIONS OTHER=coordonnées
desinformation      T    CIVIC MISINFORMATION_DISINFORMATION
electoral           I    CIVIC VIOLATION_NATIONAL_LAW
droit_auteur        T/I  INTELLECTUAL_PROPERTY_INFRINGEMENTS COPYRIGHT_INFRINGEMENT
suicide             T/I  SELF_HARM SUICIDE
mineurs             I    PROTECTION_OF_MINORS CHILD_SEXUAL_ABUSE_MATERIAL
ordre               I    OTHER_VIOLATION_TC OTHER=ordre d’une autorité
autre               T    OTHER_VIOLATION_TC OTHER=autre
"""
"""Code, ground, category, keyword and what OTHER stands for, as TRUST 5.3 gives them."""
LONG = {"CIVIC": "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS"}
MANY = re.compile(r"[.!?](?:\s|$)")


def rows() -> dict[str, tuple[str, str, str, str]]:
    found = {}
    for line in TABLE.strip().splitlines():
        code, ground, category, keyword = line.split(maxsplit=3)
        name, _, text = keyword.partition("=")
        category = LONG.get(category, category)
        found[code] = (
            ground,
            f"STATEMENT_CATEGORY_{category}",
            f"KEYWORD_{name}",
            text,
        )
    return found


def test_table_holds_each_code_once_and_no_other():
    assert list(rows()) == list(reason_details()) == list(ReasonCode.values)


@pytest.mark.parametrize("code", ReasonCode.values)
def test_ground_category_and_keyword_are_those_of_the_table(code):
    details = reason_details()[code]
    stated = (
        details.ground.value,
        details.category,
        details.keyword,
        details.keyword_text,
    )
    assert stated == rows()[code]
    assert bool(details.keyword_text) == (details.keyword == "KEYWORD_OTHER")
    assert len(details.keyword_text) <= 500


def test_descriptions_of_other_differ():
    described = [d.keyword_text for d in reason_details().values() if d.keyword_text]
    assert len(described) == len(set(described)) == 15


@pytest.mark.parametrize("code", ReasonCode.values)
def test_message_is_short_and_polite_in_both_languages(code):
    for language in LANGUAGES:
        message = message_of(code, language)
        assert 1 <= len(MANY.findall(message)) <= 3, message
        assert 40 < len(message) <= 300
        assert "!" not in message
    assert (
        "Vous" in message_of(code, "fr")
        or "otre" in message_of(code, "fr")
        or (code in ("spam_massif", "comptes_multiples"))
    )
    assert message_of(code, "fr") != message_of(code, "en")
    assert message_of(code, "ar") == message_of(code, "fr")
    assert message_of(code, "en-gb") == message_of(code, "en")


@pytest.mark.parametrize("code", ReasonCode.values)
def test_label_in_both_languages(code):
    labels = set()
    for language in LANGUAGES:
        with override(language):
            labels.add(str(ReasonCode(code).label))
    assert len(labels) == 2 or code in ("obscene", "menace", "injure"), labels
    assert all(labels)


def test_french_is_spaced_as_french_is():
    texts = [message_of(code, "fr") for code in ReasonCode.values]
    texts += [d.law["fr"] for d in reason_details().values() if d.law]
    for text in texts:
        assert not re.search(r" [:;!?»]|« |'", text), text


def test_every_clause_is_cited_and_every_cited_clause_exists():
    cited = {details.clause for details in reason_details().values()}
    cited |= {rule.clause for rule in shipped_rules().values()}
    assert cited == set(shipped_clauses())


@pytest.mark.parametrize("code", ReasonCode.values)
def test_the_law_is_named_where_it_is_the_ground(code):
    details = reason_details()[code]
    if details.ground == Ground.LAW:
        assert details.law["fr"]
        assert details.law["en"]
    else:
        assert not details.law


def test_only_bulk_spam_goes_without_mail():
    silent = [code for code, details in reason_details().items() if not details.mailed]
    assert silent == [ReasonCode.SPAM_MASSIF]


def test_no_orphan_in_the_database():
    """Decisions take no other code than these."""
    choices = Decision._meta.get_field("reason").choices
    assert {code for code, _label in choices} == set(reason_details())


def test_own_messages_are_told_from_a_moderators():
    shown = message_of("injure", "fr")
    assert reworded(shown) == ""
    assert reworded(f"  {shown.replace(' ', '  ')}\r\n") == ""
    assert reworded(message_of("cri", "en")) == ""
    assert reworded(" \n") == ""
    assert reworded(f"{shown} Merci.\n") == f"{shown} Merci."
