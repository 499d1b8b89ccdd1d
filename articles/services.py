"""What editors and the importer both do with articles."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from articles.models import Article, RelatedLink, Section

SLUG_LENGTH = 90  # code points; the fields have room for a number behind
_SPELLED_OUT = str.maketrans(
    {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "’": " ", "'": " ", "·": " "}
)


def unique_slug(title: str, *, among: type[Article] | type[Section] = Article) -> str:
    """Return an address for ``title`` that none has: « titre », « titre-2 »…

    A title without Latin letters or digits gives « article » or « section ».
    """
    base = slugify(title.translate(_SPELLED_OUT))
    if len(base) > SLUG_LENGTH:
        base = base[: SLUG_LENGTH + 1].rpartition("-")[0] or base[:SLUG_LENGTH]
    base = base.strip("-_") or among.__name__.lower()
    taken = set(
        among._default_manager.filter(slug__startswith=base).values_list(
            "slug", flat=True
        )
    )
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def resolve_related_links(article: Article) -> int:
    """Point links without a target to the one article that has their exact title.

    Both ways: ``article``'s own links, and other articles' links that print its title.
    A title that several articles have leads nowhere; a target once found, or chosen by
    an editor, stays. Returns how many links changed; the pages they are on are renewed.
    """
    own = article.related_links.filter(target=None)
    towards = RelatedLink.objects.filter(target=None, title=article.title)
    links = [*own, *towards.exclude(article=article)]
    bearers: dict[str, list[int]] = {}
    for pk, title in Article.objects.filter(
        title__in={link.title for link in links}
    ).values_list("pk", "title"):
        bearers.setdefault(title, []).append(pk)
    changed = []
    for link in links:
        match bearers.get(link.title, ()):
            case [pk] if pk != link.article_id:
                link.target_id = pk
                changed.append(link)
    RelatedLink.objects.bulk_update(changed, ["target"], batch_size=500)
    renew_pages({link.article_id for link in changed})
    return len(changed)


def renew_pages(articles: Collection[int]) -> None:
    """Raise the version of these articles, so that stored copies of them expire."""
    Article.objects.filter(pk__in=articles).update(version=F("version") + 1)


def renew_pages_linking_to(article: Article) -> None:
    """Renew the pages on which a « Lire aussi » leads to ``article``."""
    linking = article.linked_from.values_list("article", flat=True)
    renew_pages(set(linking) - {article.pk})
