"""The author is told by mail too: plain text, and no word of a reader in a header."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.listing import cursor_of
from comments.models import Comment
from moderation.models import StatementOfReasons

QUOTED_WORDS = 20  # passages
QUOTED_LENGTH = 200  # characters of each
_LINK = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2,})|:(?=//)")


def statement_mail(statement: StatementOfReasons) -> EmailMessage:
    """The mail that tells the author, who has an account and an address."""
    author = statement.comment.author
    assert author.user is not None  # owed to none without
    with override(author.language):
        context = {
            "statement": statement,
            "comment": statement.comment,
            "words": quoted(statement.words),
            "address": settings.NEWSPAPER_URL + own_path(statement.comment),
            "appeal_address": settings.NEWSPAPER_URL
            + reverse("appeal", args=[statement.puid]),
            "newspaper_name": settings.NEWSPAPER_NAME,
            "newspaper_url": settings.NEWSPAPER_URL,
        }
        return EmailMessage(
            subject=_("%(newspaper)s : votre commentaire a été masqué")
            % {"newspaper": settings.NEWSPAPER_NAME},
            body=render_to_string("moderation/statement_mail.txt", context),
            to=[author.user.email],
            reply_to=[settings.CONTACT_EMAIL],
            headers={"Auto-Submitted": "auto-generated"},
        )


def quoted(words: Iterable[str]) -> list[str]:
    """``words`` of a reader, a line each, in which no link can be clicked."""
    lines = [" ".join(each.split()) for each in list(words)[:QUOTED_WORDS]]
    return [
        _LINK.sub(lambda found: f"[{found[0]}]", line[:QUOTED_LENGTH])
        + ("…" if len(line) > QUOTED_LENGTH else "")
        for line in lines
    ]


def own_path(comment: Comment) -> str:
    """Where its author, once signed in, reads ``comment``: at the head of a page."""
    place = cursor_of(comment.received_at, comment.pk + 1)
    return f"{reverse('my_comments')}?avant={place}#comment-{comment.pk}"
