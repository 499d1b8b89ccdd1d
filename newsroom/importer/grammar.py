"""The order of a page's parts, the same for both of its forms."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from newsroom.importer.body import find_teaser, read_body, unmatched_teaser
from newsroom.importer.captions import picture
from newsroom.importer.comment_list import Found, read_list
from newsroom.importer.errors import PageError
from newsroom.importer.headline import Above, divide, find_head, take_byline
from newsroom.importer.lines import Line, Stream
from newsroom.importer.page import (
    PageWarning,
    ParsedArticle,
    ParsedComment,
    ParsedPage,
    Picture,
)
from newsroom.importer.thread import Area, find_area
from newsroom.importer.timestamps import read_timestamp, with_fixed_offset
from newsroom.importer.wording import is_interface, is_way_up, related_label


def parse(
    stream: Stream, zone: ZoneInfo, warnings: Sequence[PageWarning]
) -> ParsedPage:
    """Read the whole page. Raises PageError for one that lacks a part it must have."""
    said = list(warnings)
    head = find_head(stream)
    area = find_area(stream, head.rest)
    rest, author, published = take_byline(_printed(area))
    if not rest:
        raise PageError(_("article sans texte"), _last_line(stream))
    rest, start = _without_teaser(rest, said)
    title = next((line for line in stream.lines if line.title), None)
    above = divide(rest, start, title)
    if above.uncertain:
        said.append(PageWarning.of("lede_uncertain", text=above.lede[0].text[:60]))
    image = _picture(stream, above, rest, said)
    body = read_body([line for line in above.body if not line.caption])
    if not body.paragraphs:
        raise PageError(_("article sans texte"), rest[-1].number)
    comments = list(_comments(read_list(stream, area), zone, said))
    if area.declared is not None and area.declared != len(comments):
        said.append(
            PageWarning.of(
                "comments_count_mismatch", declared=area.declared, found=len(comments)
            )
        )
    times = [comment.published_at for comment in comments if comment.published_at]
    section, topic = head.section_and_topic
    article = ParsedArticle(
        title=head.title,
        kicker=head.kicker,
        section=section,
        topic=topic,
        lede="\n\n".join(line.text.strip() for line in above.lede) or None,
        image=image,
        author=author or stream.author,
        published_at=_instant(stream.published_at or published, zone, said),
        url=stream.url,
        published_not_after=min(times, default=None),
    )
    return ParsedPage(
        article,
        tuple(body.blocks),
        tuple(body.links),
        area.declared,
        tuple(comments),
        tuple(said),
    )


def _printed(area: Area) -> list[Line]:
    """Return the article's own lines, without the page's furniture around them."""
    lines = area.above
    if area.heading is None:
        ups = [n for n, line in enumerate(lines) if is_way_up(line.text)]
        lines = lines[: ups[-1]] if ups else lines
        while lines and lines[-1].only_links and not _is_listed(lines):
            lines = lines[:-1]
    return [line for line in lines if not is_interface(line.text)]


def _is_listed(lines: Sequence[Line]) -> bool:
    """Whether the last lines, links alone, belong to a « Lire aussi »."""
    for line in reversed(lines):
        if related_label(line.text):
            return True
        if not line.only_links:
            return False
    return False


def _without_teaser(
    rest: list[Line], said: list[PageWarning]
) -> tuple[list[Line], int | None]:
    """Drop the repeated beginning; return the rest and where the body starts, if known."""
    if teaser := find_teaser(rest):
        return rest[: teaser.place], teaser.repeats
    if cut := unmatched_teaser(rest):
        said.append(PageWarning.of("teaser_unmatched", text=cut.text[:60]))
        return rest[: rest.index(cut)], None
    return rest, None


def _picture(
    stream: Stream, above: Above, rest: Sequence[Line], said: list[PageWarning]
) -> Picture | None:
    """Read the article's picture; other pictures' captions are no text of the body."""
    captions = above.captions
    others = [line for line in above.body if line.caption]
    if not captions and others:
        captions, others = others[:1], others[1:]
    for line in others:
        said.append(PageWarning.of("picture_left_out", text=line.text[:60]))
    seen = [line.picture for line in (*captions, *rest[:2]) if line.picture]
    src = next((address for _place, address in seen if address), None)
    if not captions and src is None:
        return None
    return picture([line.text.strip() for line in captions], src=src)


def _comments(
    found: Sequence[Found], zone: ZoneInfo, said: list[PageWarning]
) -> Iterator[ParsedComment]:
    for number, one in enumerate(found, start=1):
        reading = read_timestamp(one.item.time, zone)
        if reading.problem:
            said.append(
                PageWarning.of(reading.problem, comment=number, text=one.item.time)
            )
        yield ParsedComment(
            number,
            one.item.author,
            one.item.time,
            reading.instant,
            one.item.text,
            parent=None if one.parent is None else one.parent + 1,
        )


def _instant(
    printed: str | None, zone: ZoneInfo, said: list[PageWarning]
) -> datetime | None:
    """Read a machine's time, or a printed one; a time without offset is the zone's."""
    if printed is None:
        return None
    instant = read_timestamp(printed, zone).instant
    try:
        if instant is None and len(printed) > len("2016-02-06"):  # more than a day
            instant = datetime.fromisoformat(printed)
            if instant.tzinfo is None:
                instant = with_fixed_offset(instant.replace(tzinfo=zone))
            instant.astimezone(zone)  # refuses what lies beyond the calendar's ends
    except (ValueError, OverflowError):
        instant = None
    if instant is None:
        said.append(PageWarning.of("published_at_invalid", text=printed[:60]))
    return instant


def _last_line(stream: Stream) -> int:
    return stream.lines[-1].number if stream.lines else 1
