"""Telling every account of an important change of the charter (TRUST L-04)."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Count, DateTimeField, IntegerField, Q, Value
from django.utils import timezone

from moderation.charter.addresses import changes_address
from moderation.charter.models import CharterVersion
from moderation.charter.notice_models import CharterNotice


@dataclass(frozen=True, slots=True)
class Audience:
    """How many accounts are told of a version, and how many of them by mail too."""

    accounts: int
    mailed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of the notices of one version; `left` will still be mailed."""

    accounts: int
    sent: int
    left: int
    seen: int

    @property
    def page_only(self) -> int:
        """Those whom no mail reaches: no address, or one that its server refuses."""
        return self.accounts - self.sent - self.left


@dataclass(frozen=True, slots=True)
class UnreadChange:
    """The latest version that a reader was not told of yet."""

    number: int
    published_at: datetime

    @property
    def address(self) -> str:
        return changes_address(self.number)


def owe_notices(version: CharterVersion) -> int:
    """Note that every active account is to be told of ``version``; return how many.

    One statement, in the transaction that stores the version: both are there or
    neither, and no row passes through this process, however many accounts there are.
    """
    accounts = (
        User.objects.filter(is_active=True)
        .order_by("pk")
        .values_list(
            "pk",
            Value(version.pk, IntegerField()),
            Value(timezone.now(), DateTimeField()),
            Value(0, IntegerField()),
        )
    )
    table = connection.ops.quote_name(CharterNotice._meta.db_table)
    columns = "account_id, version_id, created_at, refused"  # as selected above
    select, values = accounts.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) {select}", values)
        return int(cursor.rowcount)


def audience() -> Audience:
    """Whom a version published now would be told to. One query."""
    found = User.objects.filter(is_active=True).aggregate(
        accounts=Count("pk"), mailed=Count("pk", filter=~Q(email=""))
    )
    return Audience(**found)


def progress_of(version: CharterVersion) -> Progress:
    """What became of the notices of ``version``. Two queries."""
    notices = CharterNotice.objects.filter(version=version)
    found = notices.aggregate(
        accounts=Count("pk"), sent=Count("told_at"), seen=Count("seen_at")
    )
    return Progress(**found, left=notices.due().count())


def unread_change(account: User) -> UnreadChange | None:
    """The latest change that ``account`` has neither read nor dismissed. One query."""
    notices = CharterNotice.objects.unread().filter(account=account)
    found = notices.order_by("-version").values_list("version", "version__published_at")
    latest = found.first()
    return UnreadChange(*latest) if latest else None


def mark_read(account: User, *, up_to: int) -> None:
    """Remember that ``account`` was told of the versions up to that number."""
    notices = CharterNotice.objects.unread().filter(account=account)
    notices.filter(version__lte=up_to).update(seen_at=timezone.now())
