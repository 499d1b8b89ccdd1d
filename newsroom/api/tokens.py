"""An account's one token: made, replaced, revoked."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from rest_framework.authtoken.models import Token


@transaction.atomic
def replace_token(user: User) -> Token:
    # The account's row is locked: two calls at once leave one token, the last
    User.objects.select_for_update().get(pk=user.pk)
    revoke_token(user=user)
    return Token.objects.create(user=user)


def revoke_token(*, user: User, **_kwargs: Any) -> None:
    """Also the receiver of the signals that a password was changed: who changes it
    because it was stolen shuts out a token made with it."""
    Token.objects.filter(user=user).delete()
