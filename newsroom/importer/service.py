"""Stores what a page says, all or nothing, and says what that changed."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from articles.models import Article, Block, RelatedLink, Section
from articles.search.index import index_article
from articles.services import (
    renew_pages_linking_to,
    resolve_related_links,
    unique_slug,
)
from comments.models import Commenter
from newsroom.importer.errors import PageError
from newsroom.importer.page import PageWarning, ParsedArticle, ParsedPage
from newsroom.importer.reader import read_page
from newsroom.importer.report import ImportReport
from newsroom.importer.stored_comments import store_comments

BlockRow = tuple[str, str, bool]  # type, text, joined to the previous one
LinkRow = tuple[str, int, str, str]  # placement, position, title, URL or nothing


@transaction.atomic
def import_page(
    data: bytes, *, zone: ZoneInfo, name: str = "", dry_run: bool = False
) -> ImportReport:
    """Store the page's article, links and comments in one transaction.

    ``zone`` is that of the times the page prints. A page known already changes
    nothing; a newer one updates its article. A dry run reports the same and stores
    nothing. Raises PageError for a page that cannot be read whole.
    """
    report = store_page(read_page(data, zone=zone), name=name)
    report.dry_run = dry_run
    if dry_run:
        transaction.set_rollback(True)
    return report


@transaction.atomic
def store_page(page: ParsedPage, *, name: str = "") -> ImportReport:
    """Store a page that has been read; the report says what changed."""
    _check_lengths(page)
    section = _section(page.article.section)
    article = _known(page.article, section)
    created = article is None
    if article is None:
        article = Article(
            section=section,
            slug=unique_slug(page.article.title),
            status=Article.Status.PUBLISHED,
        )
    report = ImportReport(article, created, name=name, warnings=page.warnings)
    _set_fields(article, page.article, section, report)
    rows, links = _body_rows(page)
    _set_blocks(article, rows, report)
    _set_links(article, links, report)
    changes, gone = store_comments(article, page.comments)
    report.changes += changes
    if gone:
        report.warnings += (PageWarning.of("comments_gone", count=gone),)
    linked = resolve_related_links(article)
    if linked and not report.created:
        report.changes.append(
            _("Liens « Lire aussi » reliés à leur article : %(n)d.") % {"n": linked}
        )
    if report.changed:
        Article.objects.filter(pk=article.pk).update(version=F("version") + 1)
        index_article(article)
    article.refresh_from_db()
    return report


def _check_lengths(page: ParsedPage) -> None:
    """Raise PageError for what no column can hold, before anything is stored."""
    found, picture = page.article, page.article.image
    measured: list[tuple[type[Model], str, str | None]] = [
        (Section, "name", found.section),
        (Article, "topic", found.topic),
        (Article, "kicker", found.kicker),
        (Article, "title", found.title),
        (Article, "byline", found.author),
        (Article, "source_url", found.url),
        (Article, "image_credit", picture.credit if picture else None),
        *((RelatedLink, "title", link.title) for link in page.related),
        *((RelatedLink, "url", link.url) for link in page.related),
        *((Commenter, "name", comment.author) for comment in page.comments),
    ]
    for model, name, value in measured:
        field = model._meta.get_field(name)
        limit = getattr(field, "max_length", None)
        if value and limit and len(value) > limit:
            raise PageError(
                gettext_lazy(
                    "%(field)s : %(length)d caractères, plus que les %(limit)d "
                    "permis (« %(text)s… »)"
                ),
                field=getattr(field, "verbose_name", name),
                length=len(value),
                limit=limit,
                text=value[:40],
            )


def _section(name: str | None) -> Section:
    """The section a page names; its own one for pages that name none."""
    if not name:
        with override(settings.LANGUAGE_CODE):  # stored: the same whoever imports
            name = _("Sans rubrique")
    section = Section.objects.filter(name=name).first()
    if section is None:
        section = Section.objects.create(
            name=name, slug=unique_slug(name, among=Section)
        )
    return section


def _known(found: ParsedArticle, section: Section) -> Article | None:
    """The article a page tells again: by its address, else by section and title."""
    if found.url:
        known = Article.objects.filter(source_url=found.url).first()
        if known:
            return known
    same = Article.objects.filter(section=section, title=found.title)
    if found.url:
        same = same.filter(source_url=None)
    return same.order_by("pk").first()


def _set_fields(
    article: Article, found: ParsedArticle, section: Section, report: ImportReport
) -> None:
    picture = found.image
    said: dict[str, Any] = {
        "section": section,
        "topic": found.topic or "",
        "kicker": found.kicker or "",
        "title": found.title,
        "lede": found.lede or "",
        "image_caption": (picture.caption if picture else None) or "",
        "image_credit": (picture.credit if picture else None) or "",
    }
    # A newer page may print the latest comments alone: the earliest still bounds
    bounds = [
        bound
        for bound in (article.published_not_after, found.published_not_after)
        if bound
    ]
    # A form of the page that is silent on these does not deny them
    said |= {
        field: value
        for field, value in (
            ("byline", found.author),
            ("published_at", found.published_at),
            ("published_not_after", min(bounds, default=None)),
            ("source_url", found.url),
        )
        if value is not None
    }
    changed = [field for field in said if getattr(article, field, None) != said[field]]
    if report.created or changed:
        for field in changed:
            setattr(article, field, said[field])
        article.save()
        renew_pages_linking_to(article)
    if not report.created:
        names = {
            f.name: getattr(f, "verbose_name", f.name) for f in Article._meta.fields
        }
        report.changes += [
            _("Changé : %(field)s.") % {"field": names[field]} for field in changed
        ]


def _body_rows(page: ParsedPage) -> tuple[list[BlockRow], list[LinkRow]]:
    """The page's blocks as stored, and its links with their positions among them.

    A « Lire aussi » block in the text that holds several links becomes one block a
    link, since an inline link stands at the position of its own block.
    """
    rows: list[BlockRow] = []
    links: list[LinkRow] = []
    for place, block in enumerate(page.body):
        rest, joined = block.text, block.joined_to_previous
        here = [link for link in page.related if link.block == place]
        for link in here[:-1]:
            cut = rest.find(link.title) + len(link.title)
            rows.append((block.type, rest[:cut], joined))
            links.append(("inline", len(rows), link.title, link.url or ""))
            rest, joined = rest[cut:].lstrip(), True
        rows.append((block.type, rest, joined))
        if here:
            links.append(("inline", len(rows), here[-1].title, here[-1].url or ""))
    listed = [link for link in page.related if link.placement == "list"]
    links += [
        ("list", n, link.title, link.url or "")
        for n, link in enumerate(listed, start=1)
    ]
    return rows, links


def _set_blocks(article: Article, said: list[BlockRow], report: ImportReport) -> None:
    held = list(article.blocks.values_list("type", "text", "joined_to_previous"))
    if said == held:
        return
    article.blocks.all().delete()
    Block.objects.bulk_create(
        Block(
            article=article, position=n, type=kind, text=text, joined_to_previous=joined
        )
        for n, (kind, text, joined) in enumerate(said, start=1)
    )
    if not report.created:
        new = len({row[:2] for row in said} - {row[:2] for row in held})
        gone = len({row[:2] for row in held} - {row[:2] for row in said})
        report.changes.append(
            _("Changé : le texte (blocs nouveaux : %(new)d, retirés : %(gone)d).")
            % {"new": new, "gone": gone}
        )


def _set_links(article: Article, links: list[LinkRow], report: ImportReport) -> None:
    held = {link.title: link for link in article.related_links.all()}
    said = [
        (placement, position, title, url or (held[title].url if title in held else ""))
        for placement, position, title, url in links
    ]
    rows = article.related_links.values_list("placement", "position", "title", "url")
    if sorted(said) == sorted(rows):
        return
    article.related_links.all().delete()
    RelatedLink.objects.bulk_create(
        RelatedLink(
            article=article,
            placement=placement,
            position=position,
            title=title,
            url=url,
            target=held[title].target if title in held else None,
        )
        for placement, position, title, url in said
    )
    if not report.created:
        report.changes.append(_("Changé : les liens « Lire aussi »."))
