"""Notes that moderators leave each other on a commenter."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from comments.models import Commenter
from moderation.errors import InvalidSanction
from moderation.models import AuthorNote
from moderation.sanction_models import NOTE_MAX_LENGTH


def add_note(author: Commenter, *, by: User, text: str) -> AuthorNote:
    """Raises InvalidSanction for an empty or too long ``text``."""
    text = text.strip()
    if not text or len(text) > NOTE_MAX_LENGTH:
        raise InvalidSanction(
            _("Écrivez une note de %(most)d caractères au plus.")
            % {"most": NOTE_MAX_LENGTH},
            "text",
        )
    return AuthorNote.objects.create(author=author, text=text, written_by=by)


def may_delete(note: AuthorNote, user: User) -> bool:
    """Its writer may, and who administers the site."""
    return note.written_by_id == user.pk or user.is_superuser


def delete_note(note: AuthorNote) -> None:
    """Nothing of it is kept: it is no decision."""
    note.delete()
