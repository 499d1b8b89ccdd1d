"""What the lexicon's back office shares: changes kept, versions and records shown."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.changes import Kept, drop, keep, kind_of
from moderation.models import LexiconChange
from moderation.records import Record

VERSIONS_SHOWN = 20


class RecordedChangeList(ChangeList):
    """One page of a list, each row with its record, all read at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        records = self.model_admin.records_of(rows)  # type: ignore[attr-defined]
        for row in rows:
            row.record = records[row.pk]
        self.result_list = rows


class KeptAdmin(admin.ModelAdmin):
    """Stores through `moderation.changes`; shows each object's record and versions."""

    change_form_template = "admin/moderation/kept_change_form.html"

    class Media:
        css: ClassVar = {"all": ("moderation/css/lexicon_admin.css",)}

    def records_of(self, rows: Iterable[Any]) -> dict[int, Record]:
        raise NotImplementedError

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RecordedChangeList

    @admin.display(description=gettext_lazy("confirmés"))
    def upheld_share(self, row: Any) -> str:
        return share_shown(row.record)

    @admin.display(description=gettext_lazy("dernier relevé"))
    def last_used(self, row: Any) -> str:
        return date_shown(row.record)

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm, change: bool
    ) -> None:
        keep(obj, by=who(request))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        drop([obj], by=who(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        drop(queryset, by=who(request))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            record = self.records_of([obj])[obj.pk]
            context["record"] = record_shown(record)
            if request.user.has_perm("moderation.view_lexiconchange"):
                context["versions"] = versions_of(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


def who(request: HttpRequest) -> User:
    """The account behind ``request``: in the back office, always one."""
    return cast(User, request.user)


def versions_of(kept: Kept) -> list[LexiconChange]:
    """The latest changes of ``kept``, the last one first."""
    changes = LexiconChange.objects.filter(
        kind=kind_of(cast(type[Model], type(kept))), object_id=kept.pk
    )
    return list(changes.select_related("by")[:VERSIONS_SHOWN])


def share_shown(record: Record) -> str:
    """« 50 % (1 sur 2) », or a dash while no flag is decided."""
    if record.share is None:
        return "–"
    return _("%(percent)d %% (%(upheld)d sur %(decided)d)") % {
        "percent": round(100 * record.share),
        "upheld": record.upheld,
        "decided": record.decided,
    }


def date_shown(record: Record) -> str:
    """The day of the last flag, or a dash."""
    used = record.last_used
    return date_format(localtime(used), "SHORT_DATE_FORMAT") if used else "–"


def record_shown(record: Record) -> list[tuple[str, str]]:
    """(name, value) of each figure of ``record``."""
    return [
        (_("relevés"), str(record.raised)),
        (_("confirmés par un modérateur"), share_shown(record)),
        (_("dernier relevé"), date_shown(record)),
    ]
