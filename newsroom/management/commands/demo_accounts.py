"""A reader, a moderator and an editor, to look around with."""

import json
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from comments.models import Commenter
from comments.services import register_commenter

ACCOUNTS = {
    "reader": ("lectrice@journal.example", "Lectrice de démonstration"),
    "moderator": ("moderation@journal.example", "Modération de démonstration"),
    "editor": ("redaction@journal.example", "Rédaction de démonstration"),
}
PASSWORDS = settings.BASE_DIR / "var" / "demo-accounts.json"


class Command(BaseCommand):
    help = (
        "Make one account a group, with passwords drawn once and kept in "
        "var/demo-accounts.json for their owner alone. Not for production."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        passwords: dict[str, str] = (
            json.loads(PASSWORDS.read_text()) if PASSWORDS.exists() else {}
        )
        for group, (email, signature) in ACCOUNTS.items():
            password = passwords.setdefault(email, secrets.token_urlsafe(9))
            made = _account(group, email, signature, password)
            state = _("créé") if made else _("déjà là")
            self.stdout.write(f"{group:10} {email:28} {password}  ({state})")
        PASSWORDS.parent.mkdir(exist_ok=True)
        PASSWORDS.touch(mode=0o600)
        PASSWORDS.write_text(json.dumps(passwords, indent=1))


@transaction.atomic
def _account(group: str, email: str, signature: str, password: str) -> bool:
    """Make the account, or give it this password again; return whether it is new."""
    user, made = User.objects.get_or_create(username=email, defaults={"email": email})
    user.is_staff = group == "editor"
    if made or not user.check_password(password):
        user.set_password(password)
    user.save()
    EmailAddress.objects.update_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    user.groups.set(Group.objects.filter(name=group))
    if not Commenter.objects.filter(user=user).exists():
        register_commenter(user, signature)
    return made
