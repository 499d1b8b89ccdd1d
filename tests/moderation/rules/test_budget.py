"""Rules that run out of time are cut short; their comment waits for a moderator."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from moderation.engine import MAX_SCREENED, READING, Engine, Screening
from moderation.policy import Action
from moderation.rules import document
from moderation.rules.budget import (
    RULE_SECONDS,
    TEXT_SECONDS,
    UNASKED,
    Deadline,
    OutOfTime,
)
from moderation.rules.lexicon import Entry
from moderation.rules.patterns import Pattern

MARKS = " ".join(["Oui !!!!"] * 50)


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Make every look at the clock cost so many seconds."""

    def tick(seconds: float) -> None:
        def deadline() -> Deadline:
            times = (number * seconds for number in count())
            return Deadline(lambda: next(times), wall=None)

        monkeypatch.setattr(document, "Deadline", deadline)

    return tick


def screened(text: str, **fields: object) -> Screening:
    return Engine([Entry("zigomarfe", note="x")], **fields).screen(text)  # type: ignore


def test_rule_out_of_time_is_named_and_what_it_found_is_kept(
    ticking: Callable[[float], None],
) -> None:
    whole = screened(MARKS, only={"punctuation"})
    assert (whole.incomplete, len(whole.matches)) == ((), 50)
    ticking(RULE_SECONDS / 10)
    cut = screened(MARKS, only={"punctuation"})
    assert cut.incomplete == ("punctuation",)
    assert 0 < len(cut.matches) < 50
    assert cut.matches == whole.matches[: len(cut.matches)]


def test_next_rule_has_its_own_time(ticking: Callable[[float], None]) -> None:
    ticking(RULE_SECONDS / 20)
    cut = screened(f"{MARKS} https://exemple.fr/a", only={"punctuation", "link"})
    assert cut.incomplete == ("punctuation",)
    assert cut.matches[-1].rule == "link"


def test_text_has_less_time_than_its_rules_together(
    ticking: Callable[[float], None],
) -> None:
    patterns = [Pattern(f"motif {n}", "oui") for n in range(20)]
    ticking(RULE_SECONDS / 20)
    cut = screened("Oui " * 15, patterns=patterns, only={"pattern"})
    terms = {match.term for match in cut.matches}
    assert cut.incomplete == ("pattern",)
    assert 1 < len(terms) <= TEXT_SECONDS / RULE_SECONDS + 1


def test_clean_text_that_was_not_read_to_the_end_waits(
    ticking: Callable[[float], None],
) -> None:
    text = "Merci pour cet article. https://exemple.fr/a"
    assert screened(text).action is Action.PUBLISH
    ticking(1.0)
    cut = screened(text)
    assert cut.incomplete
    assert cut.action is Action.HOLD


def test_lexicon_that_was_not_looked_up_is_told(
    ticking: Callable[[float], None],
) -> None:
    text = "Quel zigomarfe ! " * 300
    assert len(screened(text, only={"lexicon"}).matches) == 300
    ticking(1.0)
    assert READING in screened(text, only={"lexicon"}).incomplete


def test_text_beyond_the_longest_is_cut_and_told() -> None:
    text = "a " * (MAX_SCREENED // 2)
    assert screened(f"{text[:-4]}!!!!", only={"punctuation"}).incomplete == ()
    cut = screened(f"{text}!!!!", only={"punctuation"})
    assert (cut.incomplete, cut.matches) == ((READING,), ())
    assert cut.action is Action.HOLD


def clock(*times: float) -> Callable[[], float]:
    ticks: Iterator[float] = iter(times)
    return lambda: next(ticks)


def test_rule_s_time_runs_from_its_first_look_at_the_clock() -> None:
    late = RULE_SECONDS
    deadline = Deadline(
        clock(0, late, late + RULE_SECONDS, late + RULE_SECONDS * 1.1), wall=None
    )
    deadline.next_rule()
    deadline.check()
    deadline.check()
    with pytest.raises(OutOfTime):
        deadline.check()


def test_no_rule_runs_after_the_text_s_time() -> None:
    deadline = Deadline(clock(0, TEXT_SECONDS * 1.1), wall=None)
    deadline.next_rule()
    with pytest.raises(OutOfTime):
        deadline.check()


def test_what_all_rules_share_has_the_text_s_time() -> None:
    deadline = Deadline(clock(0, TEXT_SECONDS * 0.9, TEXT_SECONDS * 1.1), wall=None)
    deadline.whole_text()
    deadline.check()
    with pytest.raises(OutOfTime):
        deadline.check()


def test_processor_time_is_asked_only_once_the_wall_clock_has_run_out() -> None:
    """Once for the text when it is no longer short, then from the rule's limit on."""
    asked = []

    def processor() -> float:
        asked.append(True)
        return 0.0

    short = UNASKED * 0.9
    deadline = Deadline(
        processor, wall=clock(0, 0, short, UNASKED, RULE_SECONDS * 0.9, RULE_SECONDS)
    )
    deadline.next_rule()
    deadline.check()
    deadline.check()
    assert len(asked) == 0
    deadline.check()
    deadline.check()
    assert len(asked) == 1
    deadline.check()
    assert len(asked) == 2


def test_wall_time_before_the_first_question_counts_as_work() -> None:
    rest = TEXT_SECONDS - UNASKED
    deadline = Deadline(
        clock(0, rest * 0.99, rest * 1.01), wall=clock(0, 0, UNASKED, 9, 9)
    )
    deadline.whole_text()
    deadline.check()
    deadline.check()
    deadline.check()
    with pytest.raises(OutOfTime):
        deadline.check()
