from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

SignIn = Callable[[User], APIClient]


@pytest.fixture
def anonymous() -> APIClient:
    return APIClient(raise_request_exception=False)


@pytest.fixture
def signed_in() -> SignIn:
    """A client with the session of the account it is given."""

    def client(user: User) -> APIClient:
        found = APIClient(raise_request_exception=False)
        found.force_login(user)
        return found

    return client
