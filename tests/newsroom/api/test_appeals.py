"""Appeals through the API, by the rules of the pages."""

import pytest

from moderation.models import Action, Appeal
from tests.factories import ModeratorFactory, ReaderFactory
from tests.moderation.contesting import WHY, answered, contested, hidden, take

pytestmark = pytest.mark.django_db
MINE = "/api/v1/me/appeals/"
DESK = "/api/v1/moderation/appeals/"


def post(client, url, data=None):
    return client.post(url, data or {}, content_type="application/json")


def error_of(response):
    (error,) = response.json()["errors"]
    return response.status_code, error["code"], error["attr"]


class TestMine:
    def test_contest_and_follow(self, signed_in):
        reader = ReaderFactory()
        statement = hidden(reader)
        api = signed_in(reader)
        (own,) = api.get("/api/v1/me/comments/").json()["results"]
        told = own["statement"]
        assert told["contestable_until"] > told["created_at"][:10]
        sent = {"statement": told["reference"], "argument": "De l’ironie."}
        made = post(api, MINE, sent)
        assert made.status_code == 201
        assert made.json()["state"] == "open"
        assert post(api, MINE, sent).json() == made.json()
        answered(Appeal.objects.get(), "upheld", by=ModeratorFactory(first_name="Zoé"))
        response = api.get(MINE)
        (row,) = response.json()["results"]
        assert (row["outcome"], row["reasoning"]) == ("upheld", WHY)
        assert row["comment"] == statement.comment_id
        assert "Zoé" not in response.content.decode()

    def test_another_authors_is_not_found(self, signed_in):
        sent = {"statement": hidden().puid}
        assert post(signed_in(ReaderFactory()), MINE, sent).status_code == 404
        assert not Appeal.objects.exists()

    def test_what_is_refused(self, signed_in):
        reader = ReaderFactory()
        statement = hidden(reader)
        api = signed_in(reader)
        nul = {"statement": statement.puid, "argument": "seul \ud800"}
        assert error_of(post(api, MINE, nul))[::2] == (400, "argument")
        take(statement.comment, Action.PUBLISH)
        late = post(api, MINE, {"statement": statement.puid})
        assert error_of(late) == (409, "nothing_to_contest", None)
        assert late.json()["decision"] is None


class TestDesk:
    @pytest.fixture
    def moderator(self):
        return ModeratorFactory(first_name="Marie", last_name="Khoury")

    @pytest.fixture
    def api(self, signed_in, moderator):
        return signed_in(moderator)

    def answer(self, api, row, **changes):
        first = row["first_decision"]
        sent = {"outcome": "reversed", "reasoning": WHY, "after": first["id"]}
        sent |= {"revision": first["revision"], **changes}
        return post(api, f"{DESK}{row['id']}/answer/", sent)

    def test_lists_and_answers(self, api):
        old, new = contested(), contested()
        rows = api.get(DESK, {"state": "open"}).json()["results"]
        assert [row["id"] for row in rows] == [old.pk, new.pk]
        assert rows[0] == api.get(f"{DESK}{old.pk}/").json()
        done = self.answer(api, rows[0])
        assert done.status_code == 201
        assert (done.json()["outcome"], done.json()["moderator"]) == (
            "reversed",
            "Marie Khoury",
        )
        for state, left in (("open", [new.pk]), ("answered", [old.pk])):
            rows = api.get(DESK, {"state": state}).json()["results"]
            assert [row["id"] for row in rows] == left
        assert api.get(DESK, {"state": "x"}).status_code == 400

    def test_refuses_whoever_hid_it(self, api, moderator):
        contested(by=moderator)
        (row,) = api.get(DESK).json()["results"]
        assert error_of(self.answer(api, row)) == (403, "own_decision", None)
        assert Appeal.objects.open().exists()

    def test_refuses_what_was_answered(self, api):
        appeal = contested()
        (row,) = api.get(DESK).json()["results"]
        answered(appeal, "upheld")
        assert error_of(self.answer(api, row)) == (409, "already_decided", None)
        assert Appeal.objects.get().outcome == "upheld"

    def test_tells_of_the_decision_that_came_first(self, api):
        appeal = contested()
        (row,) = api.get(DESK).json()["results"]
        decision = take(appeal.statement.comment, Action.PUBLISH)
        late = self.answer(api, row)
        assert late.status_code == 409
        assert late.json()["decision"]["id"] == decision.pk

    def test_asks_for_reasons(self, api):
        contested()
        (row,) = api.get(DESK).json()["results"]
        empty = self.answer(api, row, reasoning=" ")
        assert error_of(empty) == (400, "invalid_decision", "reasoning")
        moot = self.answer(api, row, outcome="moot")
        assert error_of(moot) == (400, "invalid_choice", "outcome")

    def test_costs_the_same_however_many(self, api, django_assert_num_queries):
        for count in (1, 3):
            for _ in range(count):
                answered(contested(), "reversed")
            with django_assert_num_queries(5):
                assert len(api.get(DESK).json()["results"]) >= count
