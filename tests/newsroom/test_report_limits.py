"""How many reports one may send (TRUST S-26)."""

import pytest
from pytest_django.asserts import assertContains

from moderation.models import Report
from tests.factories import CommentFactory, ReaderFactory
from tests.newsroom.test_reporting import TYPED, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment():
    return CommentFactory(published=True)


class TestLimits:
    def test_twenty_readers_behind_one_address_pass(self, client):
        for number in range(20):
            typed = {**TYPED, "email": f"lecteur{number}@journal.example"}
            comment = CommentFactory(published=True)
            assert client.post(address(comment), typed).status_code == 302

    def test_a_flood_does_not(self, client, comment):
        for number in range(30):
            typed = {**TYPED, "email": f"lecteur{number}@journal.example"}
            assert client.post(address(comment), typed).status_code == 302
        typed = {**TYPED, "email": "encore@journal.example"}
        response = client.post(address(comment), typed)
        assertContains(response, "Deux fois.", status_code=429)
        assertContains(response, "attendez un peu", status_code=429)
        assert 0 < int(response.headers["Retry-After"]) <= 60
        assert Report.objects.count() == 30
        elsewhere = client.post(address(comment), typed, REMOTE_ADDR="192.0.2.7")
        assert elsewhere.status_code == 302

    def test_the_network_counts_in_ipv6(self, client, comment):
        for number in range(30):
            typed = {**TYPED, "email": f"lecteur{number}@journal.example"}
            address_of = f"2001:db8::{number:x}"
            client.post(address(comment), typed, REMOTE_ADDR=address_of)
        response = client.post(address(comment), TYPED, REMOTE_ADDR="2001:db8::ffff")
        assert response.status_code == 429

    def test_an_account_has_its_own(self, client, comment):
        client.force_login(ReaderFactory())
        answers = [
            client.post(address(CommentFactory(published=True)), TYPED).status_code
            for _ in range(11)
        ]
        assert answers == [302] * 10 + [429]

    def test_nobody_fills_the_mailbox_of_another(self, client):
        answers = [
            client.post(
                address(CommentFactory(published=True)),
                TYPED,
                REMOTE_ADDR=f"192.0.2.{n}",
            ).status_code
            for n in range(21)
        ]
        assert answers == [302] * 20 + [429]

    def test_what_is_refused_is_not_counted(self, client, comment):
        for _ in range(31):
            assert client.post(address(comment), {}).status_code == 422
        assert client.post(address(comment), TYPED).status_code == 302

    def test_a_header_that_no_proxy_set_is_not_believed(self, client, comment):
        for number in range(30):
            typed = {**TYPED, "email": f"lecteur{number}@journal.example"}
            client.post(
                address(comment),
                typed,
                headers={"x-forwarded-for": f"192.0.2.{number}"},
            )
        spoofed = {"x-forwarded-for": "192.0.2.99"}
        assert client.post(address(comment), TYPED, headers=spoofed).status_code == 429
