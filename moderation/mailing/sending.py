"""What authors are written of hidings and sanctions leaves once these are committed."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from comments.models import Comment
from moderation.mailing.delivery import SENT_AT_ONCE, Deliveries
from moderation.models import OwedMail, Sanction, StatementOfReasons
from moderation.sanction_mail import lifting_mail, sanction_mail
from moderation.statement_mail import statement_mail


def owe_statements(statements: Iterable[StatementOfReasons]) -> None:
    """Note that the authors of ``statements``, just stored, are to be written to.

    Those who have an account and an address. Two queries, however many there are.
    """
    by_comment = {statement.comment_id: statement for statement in statements}
    reached = Comment.objects.filter(
        ~Q(author__user__email=""), author__user__is_active=True, pk__in=by_comment
    )
    authors = reached.order_by("pk").values_list("pk", "author")
    _owe(
        OwedMail(author_id=author, statement=by_comment[comment])
        for comment, author in authors
    )


def owe_sanction(sanction: Sanction, *, lifting: bool = False) -> None:
    """Note that the author of ``sanction`` is to be told of it, or of its lifting."""
    account = sanction.author.user
    if account is not None and account.is_active and account.email:
        _owe([OwedMail(author=sanction.author, sanction=sanction, lifting=lifting)])


def _owe(mails: Iterable[OwedMail]) -> None:
    owed = OwedMail.objects.bulk_create(mails, batch_size=200)
    keys = [mail.pk for mail in owed[:SENT_AT_ONCE]]
    if keys:
        send = partial(owed_mails.deliver_some, Q(pk__in=keys))
        transaction.on_commit(send, robust=True)


def _with_all(pk: int) -> OwedMail:
    return OwedMail.objects.select_related(
        "statement__comment__article",
        "statement__comment__author__user",
        "sanction__author__user",
    ).get(pk=pk)


def _send(owed: OwedMail, connection: BaseEmailBackend) -> dict[str, Any]:
    if owed.statement is not None:
        mail = statement_mail(owed.statement)
    else:
        assert owed.sanction is not None  # constraint owed_mail_tells_of_one_thing
        mail = (lifting_mail if owed.lifting else sanction_mail)(owed.sanction)
    # The same if it is sent again: mail programs show it once
    host = urlsplit(settings.NEWSPAPER_URL).hostname
    mail.extra_headers["Message-ID"] = f"<{owed}.{owed.pk}@{host}>"
    connection.send_messages([mail])
    return {"sent_at": timezone.now()}


owed_mails = Deliveries(
    table=OwedMail.objects.all(),
    due=OwedMail.objects.due,
    unsent=Q(sent_at=None),
    load=_with_all,
    send=_send,
)
