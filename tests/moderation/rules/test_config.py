"""The rules' switches and thresholds, shipped and changed."""

import pytest

from moderation.engine import Engine
from moderation.rules.config import RuleConfig, shipped_config, text_rules
from moderation.rules.lexicon import Entry, Kind
from moderation.rules.match import Match
from moderation.rules.patterns import Pattern

TEXTS = {
    "capitals": "TOUT CECI EST UNE HONTE ABSOLUE",
    "stretching": "Nooooon merci",
    "punctuation": "Non !!!!",
    "emoji": "Non " + "😀" * 12,
    "lexicon": "Quel connard ce maire.",
    "epithet": "Encore un nazillon.",
    "threat": "Je vais te tuer.",
    "contact": "Appelez le 06 12 34 56 78.",
    "link": "Voir https://exemple.fr/a",
    "repetition": "Un texte de six mots au moins, donc.",
    "length": "\u200b",
    "language": "Los vecinos dicen que el alcalde no hace nada por la ciudad.",
    "pattern": "Eh bien, saperlipopette.",
}
"""{rule: a text in which that rule finds something}."""
ENTRIES = [
    Entry("connard", note="x"),
    Entry("nazillon", kind=Kind.EPITHET, note="x"),
    Entry("tuer", kind=Kind.VIOLENCE, note="x"),
]
PATTERNS = [Pattern("juron", "saperlipopette")]
THRESHOLDS = [
    (rule, name) for rule, each in shipped_config().items() for name in each.thresholds
]


def matches(text: str, **fields: object) -> list[Match]:
    engine = Engine(ENTRIES, patterns=PATTERNS, **fields)  # type: ignore
    return list(engine.screen(text, earlier=[TEXTS["repetition"]]).matches)


def test_every_rule_has_its_text_here() -> None:
    assert set(TEXTS) == set(text_rules())


@pytest.mark.parametrize("rule", TEXTS)
def test_rule_that_is_switched_off_finds_nothing(rule: str) -> None:
    shipped = shipped_config()
    assert shipped[rule].enabled
    assert rule in {match.rule for match in matches(TEXTS[rule])}
    off = {**shipped, rule: shipped[rule].changed(enabled=False)}
    assert rule not in {match.rule for match in matches(TEXTS[rule], config=off)}


@pytest.mark.parametrize("rule", TEXTS)
def test_only_the_rules_asked_for_run(rule: str) -> None:
    everything = "\n".join(TEXTS.values())
    assert len({match.rule for match in matches(everything)}) > 5
    engine = Engine([], patterns=PATTERNS, only={rule})
    assert [name for name in TEXTS if engine.runs(name)] == [rule]
    text = TEXTS[rule]
    assert {match.rule for match in matches(text, only={rule})} == {rule}


def test_no_rule_runs_where_none_is_asked_for() -> None:
    assert not matches("\n".join(TEXTS.values()), only=())


@pytest.mark.parametrize(("rule", "name"), THRESHOLDS)
def test_shipped_threshold_is_within_its_bounds_and_explained(
    rule: str, name: str
) -> None:
    shipped = shipped_config()[rule].thresholds[name]
    assert shipped.least <= shipped.value <= shipped.most
    assert shipped.least < shipped.most
    assert shipped.meaning["fr"].strip()
    assert shipped.meaning["en"].strip()
    assert shipped.meaning["fr"] != shipped.meaning["en"]


@pytest.mark.parametrize(("rule", "config"), shipped_config().items())
def test_every_rule_speaks_both_languages(rule: str, config: RuleConfig) -> None:
    for said in (config.title, config.help):
        assert set(said) == {"fr", "en"}, rule
        assert all(text.strip() for text in said.values()), rule
        assert said["fr"] != said["en"], rule


@pytest.mark.parametrize(("rule", "name"), THRESHOLDS)
def test_changed_value_is_kept_within_the_bounds(rule: str, name: str) -> None:
    config = shipped_config()[rule]
    known = config.thresholds[name]
    assert config.changed(values={name: known.least})[name] == known.least
    assert config.changed(values={name: known.most})[name] == known.most
    assert config.changed(values={name: known.least - 1})[name] == known.least
    assert config.changed(values={name: known.most + 1})[name] == known.most
    assert config[name] == known.value


def test_unknown_threshold_is_left_out() -> None:
    config = shipped_config()["link"]
    assert config.changed(values={"former": 3}) == config
    with pytest.raises(KeyError):
        config["former"]
