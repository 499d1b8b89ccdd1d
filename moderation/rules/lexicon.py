"""The lexicon: terms moderators keep, each with its reason, shipped as TOML files.

A file names its language and kind once, then lists terms in groups that share a tier,
a severity and a note. Each line of ``terms`` is one lemma, with irregular forms after
a colon::

    language = "fr"
    kind = "insult"
    [[groups]]
    tier = "always"
    severity = "medium"
    note = "injure grossière"
    terms = '''
    connard: connasse, conard
    trou du cul
    '''
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from moderation.rules.match import Severity, Target

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "lexicon"


class Kind(StrEnum):
    """What part a term plays in the rules' grammar."""

    __hash__ = str.__hash__  # looked up for every term found

    INSULT = "insult"
    """An insult in itself: « connard », « fils de pute »."""
    LABEL = "label"
    """A word with an honest use, an insult when pointed at someone: « ce bouffon »,
    « quelle ordure ». An aimed insult needs only an article: « un con »."""
    FIGURE = "figure"
    """An animal, a thing, an illness or a crime, an insult only when thrown at a person:
    « espèce de cornichon », « vous êtes des moutons »; « ce porc » says nothing yet."""
    EPITHET = "epithet"
    """A ready-made abusive epithet: « nazillon », « merdias »."""
    NAME = "name"
    """A tyrant or criminal whose name becomes abuse beside a belittler: « Hitler »."""
    TYPE = "type"
    """A famous name that stands for a vice (« Tartuffe », « Madoff »), abuse when made a
    common noun; in small letters a fanatic's (« ayatollah »), abuse with a cause."""
    BELITTLER = "belittler"
    """Belittles the name it precedes: « petit », « apprenti »."""
    BELITTLER_AFTER = "belittler_after"
    """Belittles the name or epithet it follows. Tier ``always``: any name or role
    (« ministre de pacotille »); ``aimed``: tyrants only (« Néron de canton »)."""
    ROLE = "role"
    """What a person is or claims to be, abuse before a strong belittler: « stratège de
    salon », « général d’opérette »."""
    NOUN = "noun"
    """A bodily or animal noun, abuse beside an adjective made from a name: « nain ».
    Tier ``always``: also beside an adjective of place (« gnome moscovite »)."""
    ADJECTIVE = "adjective"
    """An adjective made from a person's name: « poutinien »."""
    DEMONYM = "demonym"
    """An adjective made from a place: « moscovite »."""
    PUPPET = "puppet"
    """A servant's noun, abuse beside a power it would serve: « larbin »."""
    POWER = "power"
    """A power or interest one is said to serve: « Washington », « les lobbies »."""
    COMPOUND_HEAD = "compound_head"
    """First half of a compound slur: « islamo- », « écolo- »."""
    COMPOUND_TAIL = "compound_tail"
    """Second half of a compound slur: « -fasciste », « -collabo »."""
    VERB = "verb"
    """A verb that insults the person who is its object: « je t’emmerde », « va te faire
    … »."""
    THREAT = "threat"
    """A ready-made threat or call to violence: « je sais où tu habites »."""
    VIOLENCE = "violence"
    """A verb of violence, a threat only when said to someone or called for: « tuer »."""
    GUARD = "guard"
    """An allowed phrase; nothing inside it is flagged: « la mégère apprivoisée ».
    A one-word guard is compared with its accents: « tare » does not allow « taré »."""
    CONTEXT = "context"
    """What a text speaks of when it uses an insult's word honestly. ``text`` is the
    insult it excuses, ``forms`` the words of which one, anywhere, excuses it:
    « mongol: Mongolie, steppe »."""
    ORDINARY = "ordinary"
    """An ordinary word that a masked insult could also stand for: « p@te » is « pâte »."""
    LITERAL = "literal"
    """A word that shows its sentence speaks of animals, theatre or things: « zoo »."""
    ACRONYM = "acronym"
    """A word in capitals that is not shouting: « SNCF »."""


class Tier(StrEnum):
    """When a term counts."""

    __hash__ = str.__hash__  # looked up for every term found

    ALWAYS = "always"
    """Wherever it stands."""
    AIMED = "aimed"
    """Only when aimed at someone: « espèce de … », « tu es un … », « ce … »."""
    HINT = "hint"
    """A reason to look, never more than low severity."""


class LexiconError(ValueError):
    """A lexicon file that cannot be read; the message names the file and the term."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One term of the lexicon.

    ``text`` is the lemma as a person writes it, possibly several words; ``language``
    is "fr", "en" or "ar"; ``forms`` are irregular forms beside the regular ones, which
    are derived; ``note`` is the reason shown to moderators, in French; ``target`` is whom
    the term hits wherever it stands, if that is known.
    """

    text: str
    language: str = "fr"
    kind: str = Kind.INSULT
    tier: str = Tier.ALWAYS
    severity: Severity = Severity.MEDIUM
    forms: tuple[str, ...] = ()
    note: str = ""
    target: str = Target.NOBODY


def load_entries(path_or_stream: Path | str | BinaryIO) -> list[Entry]:
    """Read one lexicon file. Raises LexiconError if it is not one."""
    if isinstance(path_or_stream, (str, Path)):
        name, raw = str(path_or_stream), Path(path_or_stream).read_bytes()
    else:
        name = str(getattr(path_or_stream, "name", "lexicon"))
        raw = path_or_stream.read()
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{name}: {error}") from error
    try:
        return list(_entries(data))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise LexiconError(f"{name}: {error}") from error


def shipped_entries() -> list[Entry]:
    """Every entry of the lexicon files shipped with the project."""
    return [e for path in sorted(SHIPPED.glob("*.toml")) for e in load_entries(path)]


def _entries(data: dict[str, Any]) -> Iterator[Entry]:
    for group in data["groups"]:
        kind = Kind(group.get("kind", data.get("kind")))
        tier = Tier(group.get("tier", Tier.ALWAYS))
        severity = Severity(group.get("severity", Severity.LOW))
        for line in group["terms"].splitlines():
            lemma, _, forms = line.partition(":")
            if not lemma.strip():
                continue
            yield Entry(
                text=lemma.strip(),
                language=str(group.get("language", data["language"])),
                kind=kind,
                tier=tier,
                severity=severity,
                forms=tuple(f.strip() for f in forms.split(",") if f.strip()),
                note=str(group.get("note", "")),
                target=Target(group.get("target", data.get("target", ""))),
            )
