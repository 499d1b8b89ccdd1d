"""Who may call. What exists for the caller is each view's `get_queryset`."""

from typing import ClassVar

from django.contrib.auth.models import User
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from moderation.models import ApiClient


def account_of(request: Request) -> User:
    """The account that calls, where the permissions let nobody else in."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


class HasPermission(BasePermission):
    """The account holds `permission`, through its group (reader, moderator, editor)."""

    permission: ClassVar[str]

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user and request.user.has_perm(self.permission))


class MayComment(HasPermission):
    permission = "comments.add_comment"


class MaySeeQueue(HasPermission):
    permission = "moderation.view_queueentry"


class MaySeeDecisions(HasPermission):
    permission = "moderation.view_decision"


class MayDecide(HasPermission):
    permission = "moderation.add_decision"


class MayScreen(MayDecide):
    """Moderators, and client systems: what these may do is nothing but this."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, ApiClient) or super().has_permission(
            request, view
        )
