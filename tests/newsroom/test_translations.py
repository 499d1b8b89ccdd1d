"""The catalogues: complete, compiled, in the typography of their language."""

import re
from html.parser import HTMLParser

import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext

from moderation.reasons import ReasonCode
from tests.newsroom.catalogues import (
    LANGUAGES,
    ROOT,
    Entry,
    as_compiled,
    catalogue,
    compiled,
    source_messages,
    template_files,
)

NO_BREAK = "\u00a0"
PLACEHOLDER = re.compile(r"%\(\w+\)\w+|%[sd]|{\w*}")
TAG = re.compile(r"<[^<>]+>")


def forms(entry: Entry) -> list[tuple[str, str]]:
    """(source, translation) pairs, one a plural form."""
    message = entry.message
    sources = [message.one, message.many] if message.many else [message.one]
    return list(zip(sources, entry.strings, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
class TestBothCatalogues:
    def test_hold_what_the_sources_say_and_nothing_else(self, language):
        said = source_messages()
        held = {entry.message for entry in catalogue(language)}
        assert len(held) > 500
        missing = [f"{said[m].relative_to(ROOT)}: {m.one}" for m in set(said) - held]
        assert not missing, f"run `make messages`: {missing}"
        assert not held - set(said), "no source says this any more: run `make messages`"

    def test_are_translated(self, language):
        for entry in catalogue(language):
            assert all(entry.strings), entry.message
            assert not entry.fuzzy, entry.message

    def test_are_compiled(self, language):
        """Who has no gettext tools gets the .mo file, which must say the same."""
        said = {}
        for entry in catalogue(language):
            said |= as_compiled(entry)
        assert compiled(language) == said, "run `make messages`"

    def test_keep_placeholders_and_markup(self, language):
        for entry in catalogue(language):
            for source, translated in forms(entry):
                assert sorted(PLACEHOLDER.findall(source)) == sorted(
                    PLACEHOLDER.findall(translated)
                ), source
                assert sorted(TAG.findall(_without_lang(source))) == sorted(
                    TAG.findall(_without_lang(translated))
                ), source


def _without_lang(text: str) -> str:
    return re.sub(r' lang="\w+"', "", text)


class TestTypography:
    def test_french_is_its_own_source_with_no_break_spaces(self):
        """Sources are typed with ordinary spaces; `makemessages` sets the others."""
        found = 0
        for entry in catalogue("fr"):
            for source, shown in forms(entry):
                assert NO_BREAK not in source, source
                assert shown.replace(NO_BREAK, " ") == source
                assert not re.search(r"\S [:;!?»]|« ", shown), shown
                found += NO_BREAK in shown
        assert found > 50

    def test_english_has_its_own_quotes_and_spaces(self):
        for entry in catalogue("en"):
            for _source, shown in forms(entry):
                words = TAG.sub("", shown)
                assert not re.search(r"[«»\u00a0\u202f\"']|\S [:;!?]", words), shown

    def test_english_is_not_french_left_there(self):
        """What reads the same in both has no letter that only French has."""
        for entry in catalogue("en"):
            for source, shown in forms(entry):
                if source == shown:
                    assert shown.isascii(), shown


class TestPlurals:
    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            ("fr", ["0 commentaire", "1 commentaire", "2 commentaires"]),
            ("en", ["0 comments", "1 comment", "2 comments"]),
        ],
    )
    def test_nothing_one_and_two(self, language, expected):
        one, many = "%(count)d commentaire", "%(count)d commentaires"
        with translation.override(language):
            said = [ngettext(one, many, n) % {"count": n} for n in range(3)]
        assert said == expected

    def test_other_packages_do_not_speak_for_us(self):
        """A French word may be another package's English one: « Note »."""
        for language in LANGUAGES:
            with translation.override(language):
                for entry in catalogue(language):
                    if not entry.message.many and not entry.message.context:
                        assert gettext(entry.message.one) == entry.strings[0]


def test_reasons_have_their_english_names():
    with translation.override("fr"):
        assert str(ReasonCode.CRI.label) == "Majuscules ou ponctuation criardes"
    with translation.override("en"):
        names = {code.value: str(code.label) for code in ReasonCode}
    assert names["cri"] == "Shouting"
    assert names["signature"] == "Name rule"
    assert names["epithete"] == "Abusive epithet"
    assert names["vie_privee"] == "Private data, doxing"
    assert names["autre"] == "Other"


class LiteralWords(HTMLParser):
    """Collects what people would read or hear of a page, attributes too."""

    SPOKEN = ("alt", "aria-label", "label", "placeholder", "title")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [given.get(name) or "" for name in self.SPOKEN]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.found.append(given.get("value") or "")

    def handle_data(self, data: str) -> None:
        self.found.append(data.strip())


NAMES = {"Français", "English"}  # each language by its own name, on its button


class TestTemplates:
    @pytest.mark.parametrize(
        "path", template_files(), ids=lambda path: str(path.relative_to(ROOT))
    )
    def test_hold_no_word_outside_gettext(self, path):
        assert not literal_words(path.read_text(encoding="utf-8")) - NAMES

    def test_this_check_finds_words(self):
        source = (
            '{% load i18n %}<p title="Titre">{# note #}{{ name }} : '
            "{% translate 'Dit' %} Texte{% blocktranslate %}Dit{% endblocktranslate %}"
            "</p><input type='submit' value='Envoyer'><button value='x'></button>"
        )
        assert literal_words(source) == {"Titre", ": Texte", "Envoyer"}


def literal_words(source: str) -> set[str]:
    """Texts of a template, with a letter in them, that no tag translates."""
    for pattern in (
        r"{#.*?#}",
        r"{%\s*comment\b.*?endcomment\s*%}",
        r"{%\s*blocktranslate\b.*?endblocktranslate\s*%}",
        r"{%\s*block body_class\b.*?endblock.*?%}",  # names for style sheets
        r"{%.*?%}",
        r"{{.*?}}",
    ):
        source = re.sub(pattern, "", source, flags=re.DOTALL)
    parser = LiteralWords()
    parser.feed(source)
    parser.close()
    texts = {" ".join(text.split()) for text in parser.found}
    return {text for text in texts if re.search(r"[^\W\d_]", text)}
