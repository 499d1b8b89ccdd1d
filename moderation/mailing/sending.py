"""What authors are written of hidings, maskings and sanctions, once these are committed."""

from collections.abc import Iterable, Iterator
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q

from comments.models import Comment
from moderation.mailing.delivery import due_keys, send_owed
from moderation.masking.mail import masking_mail
from moderation.models import Masking, OwedMail, Sanction, StatementOfReasons
from moderation.report_mail import SENT_AT_ONCE
from moderation.sanction_mail import lifting_mail, sanction_mail
from moderation.statement_mail import statement_mail


def owe_statements(statements: Iterable[StatementOfReasons]) -> None:
    """Note that the authors of ``statements``, just stored, are to be written to.

    Those who have an account and an address. Two queries, however many there are.
    """
    by_comment = {statement.comment_id: statement for statement in statements}
    _owe(
        OwedMail(author_id=author, statement=by_comment[comment])
        for comment, author in _reached(by_comment)
    )


def owe_masking(masking: Masking) -> None:
    """Note that the author of what ``masking`` masks is to be told."""
    reached = _reached([masking.comment_id])
    _owe(OwedMail(author_id=author, masking=masking) for _comment, author in reached)


def owe_sanction(sanction: Sanction, *, lifting: bool = False) -> None:
    """Note that the author of ``sanction`` is to be told of it, or of its lifting."""
    account = sanction.author.user
    if account is not None and account.is_active and account.email:
        _owe([OwedMail(author=sanction.author, sanction=sanction, lifting=lifting)])


def due_mails(which: Q | None = None) -> list[int]:
    """The keys of mails that are owed and that no process is sending, oldest first."""
    return due_keys(OwedMail.objects.due(), which)


def send_mails(mails: Iterable[int]) -> Iterator[tuple[str, bool]]:
    """Send each of ``mails`` (keys); see `send_owed`."""
    return send_owed(
        OwedMail.objects.due(), mails, load=_with_all, mail_of=_mail, name_of=str
    )


def _reached(comments: Iterable[int]) -> Iterable[tuple[int, int]]:
    """(comment, author) of those whose author has an account and an address."""
    found = Comment.objects.filter(
        ~Q(author__user__email=""), author__user__is_active=True, pk__in=comments
    )
    return found.order_by("pk").values_list("pk", "author")


def _owe(mails: Iterable[OwedMail]) -> None:
    owed = OwedMail.objects.bulk_create(mails, batch_size=200)
    keys = [mail.pk for mail in owed[:SENT_AT_ONCE]]
    if keys:
        transaction.on_commit(partial(_send_some, keys), robust=True)


def _send_some(keys: list[int]) -> None:
    for _sent in send_mails(due_mails(Q(pk__in=keys))):
        pass


def _with_all(pk: int) -> OwedMail:
    return OwedMail.objects.select_related(
        "statement__comment__article",
        "statement__comment__author__user",
        "masking__comment__article",
        "masking__comment__author__user",
        "sanction__author__user",
    ).get(pk=pk)


def _mail(owed: OwedMail) -> EmailMessage:
    if owed.statement is not None:
        mail = statement_mail(owed.statement)
    elif owed.masking is not None:
        mail = masking_mail(owed.masking)
    else:
        assert owed.sanction is not None  # constraint owed_mail_tells_of_one_thing
        mail = (lifting_mail if owed.lifting else sanction_mail)(owed.sanction)
    # The same if it is sent again: mail programs show it once
    host = urlsplit(settings.NEWSPAPER_URL).hostname
    mail.extra_headers["Message-ID"] = f"<{owed}.{owed.pk}@{host}>"
    return mail
