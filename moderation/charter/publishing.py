"""Publishing the charter: a new version, and who is to be told of it."""

import json
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from moderation.charter.content import Draft, draft_charter
from moderation.charter.models import CharterVersion
from moderation.charter.notices import owe_notices


class CharterChanged(Exception):
    """Editors changed the charter since this one looked at what would be published."""


def publish_charter(
    *, by: User | None, important: bool = False, seen: str | None = None
) -> CharterVersion | None:
    """Freeze the charter as editors have it now; None if nothing changed.

    Every active account is owed a notice of an ``important`` change, in the same
    transaction; the others are read on the charter's page alone.

    ``seen`` is the mark of the draft that the editor looked at: raises CharterChanged
    if it is another by now. The latest version is locked, so that two editors who
    publish at once make one version.
    """
    with transaction.atomic():
        latest = CharterVersion.objects.select_for_update().first()
        if latest is not None:  # another may have come while this one waited
            latest = CharterVersion.objects.first()
        draft = draft_charter()
        if latest is not None and not differs(draft, latest):
            return None
        if seen is not None and seen != mark_of(draft):
            raise CharterChanged(
                _("La charte a été modifiée entre-temps : relisez ce qui change.")
            )
        version = CharterVersion.objects.create(
            number=latest.number + 1 if latest else 1,
            published_by=by,
            important=important,
            content=draft.content,
            titles=draft.titles,
        )
        if important:
            owe_notices(version)
        return version


def differs(draft: Draft, version: CharterVersion) -> bool:
    """Whether ``draft`` says anything that ``version`` does not, or otherwise."""
    return (draft.content, draft.titles) != (version.content, version.titles)


def mark_of(draft: Draft) -> str:
    """What tells one draft from another."""
    text = json.dumps([draft.content, draft.titles], sort_keys=True)
    return sha256(text.encode()).hexdigest()
