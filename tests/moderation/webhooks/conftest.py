import pytest

from tests.moderation.webhooks.receiving import receiving


@pytest.fixture
def receiver(settings):
    """A receiver that may be called, as one of the intranet would be."""
    with receiving() as opened:
        settings.WEBHOOK_INTRANET = [f"127.0.0.1:{opened.port}"]
        yield opened
