"""Made-up pages, printed as flattened text."""

from dataclasses import dataclass, field, replace

INVENTED = "à Tyr, des pêcheurs réparent leurs filets avant la saison des thons."


@dataclass(frozen=True)
class Said:
    """A reader's comment; ``text`` may hold line breaks and empty lines."""

    text: str
    author: str
    time: str


@dataclass(frozen=True)
class Page:
    """What a page prints. The body is of (kind, text, joined); kinds: see `body`."""

    kicker: str | None = "Liban - Mer"
    title: str = "Les pêcheurs de Tyr reprennent le large"
    lede: str | None = "Après six mois à quai, la flottille est sortie mardi."
    caption: str | None = "Le port de Tyr, le 3 mai 2016. AFP/Archives"
    body: tuple[tuple[str, str, bool], ...] = (
        ("paragraph", f"Mardi, {INVENTED}", False),
        ("paragraph", f"Mercredi, {INVENTED}", False),
        ("paragraph", "Le vent était tombé.", True),
        ("inline", "(Lire aussi : Mer : le prix du thon)", False),
        ("subhead", "Un port vide", False),
        ("paragraph", "Les quais étaient vides depuis l'automne.", True),
        ("paragraph", "Personne ne s'en plaignait, dit-on.", False),
    )
    listed: tuple[str, ...] = ("Que vaut le thon ?", "Sidon : le port en sursis")
    teaser: bool = True
    comments: tuple[Said, ...] = (
        Said("Bravo à eux !", "NADIA F.", "12 h 40, le 5 mai 2016"),
        Said("Enfin.\n\nIl était temps.", "خالد", "9 h 05, le 4 mai 2016"),
        Said("Bon vent", "Sam from Zahle", "00 h 10, le 4 mai 2016"),
    )
    declared: int | None = -1  # as many as there are; None: no comments on the page
    headings: tuple[str, str] = ("commentaires", "Commentaires")
    addresses: dict[str, str] = field(default_factory=dict)

    def but(self, **changes: object) -> "Page":
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def said_count(self) -> int:
        return len(self.comments) if self.declared == -1 else self.declared or 0

    @property
    def teased(self) -> list[str]:
        first, second = [t for kind, t, _j in self.body if kind == "paragraph"][:2]
        return [first, f"{second[:40]}..."]


def as_text(page: Page, *, bullet: str = "  • ", hanging: bool = True) -> str:
    """Print ``page`` flattened; without ``hanging`` nothing below a bullet is indented."""
    groups = ["Rechercher\nRechercher"]
    groups += [part for part in (page.kicker, page.title, page.lede) if part]
    groups += [page.caption] if page.caption else []
    for kind, text, joined in page.body:
        if joined:
            groups[-1] += f"\n{text}"
        elif kind == "paragraph":
            groups.append(text)
        else:
            groups += ["\u00a0", text]
            groups += ["\u00a0"] if kind == "inline" else []
    if page.listed:
        groups += ["\u00a0", f"Lire aussi\n{page.listed[0]}", *page.listed[1:]]
    if page.teaser:
        groups.append("\n".join(page.teased))
    if page.declared is not None:
        groups += _said_as_text(page, bullet, hanging)
    return "\n\n".join([*groups, "Retour en haut"])


def _said_as_text(page: Page, bullet: str, hanging: bool) -> list[str]:
    small, great = page.headings
    newest = [f"{s.text}\n\n{s.author}\n\n{s.time}" for s in page.comments[:1]]
    count = f"({page.said_count})"
    items = []
    for said in page.comments:
        rows = f"{said.text}\n\n{said.author}\n\n{said.time}".split("\n")
        margin = " " * len(bullet) if hanging else ""
        items.append(
            bullet
            + "\n".join(margin + row if row else "" for row in rows)[len(margin) :]
        )
    return [
        f"{small} {count}",
        *newest,
        "Tous les commentaires",
        f"{great} {count}",
        *items,
    ]
