import pytest

from tests.factories import ModeratorFactory


@pytest.fixture(autouse=True)
def _all_are_drawn(settings):
    settings.SECOND_LOOK_SHARE = 1.0


@pytest.fixture
def first():
    """Who decides."""
    return ModeratorFactory(first_name="Yara", last_name="Sfeir")


@pytest.fixture
def moderator():
    """Who judges again."""
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client
