"""Coral's external moderation phase."""

import hashlib
import hmac
import json

import pytest

from moderation.clients import replace_secret
from moderation.models import ApiClient
from tests.newsroom.doors.conftest import refused

pytestmark = pytest.mark.django_db
TOXIC, SPAM = (
    {"actionType": "FLAG", "reason": f"COMMENT_DETECTED_{why}"}
    for why in ("TOXIC", "SPAM")
)


def request_for(body, action="NEW"):
    return {
        "action": action,
        "comment": {"body": body, "parentID": "d1b1"},
        "author": {"id": "a1", "role": "COMMENTER"},
        "story": {"id": "s1", "url": "https://journal.example/article"},
        "site": {"id": "w1"},
        "tenantID": "t1",
        "tenantDomain": "coral.journal.example",
    }


def signature(secret, raw):
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


@pytest.fixture
def moderate(http, system):
    """Send a comment's body, or a whole request, signed with the system's secret."""

    def call(sent, *, secret=system.signing_secret, header=None, slash="/"):
        if not isinstance(sent, bytes):
            sent = json.dumps(
                sent if isinstance(sent, dict) else request_for(sent)
            ).encode()
        given = signature(secret, sent) if header is None else header
        return http.post(
            f"/api/coral/moderate/{system.prefix}{slash}",
            sent,
            content_type="application/json",
            headers={"x-coral-signature": given} if given else {},
        )

    return call


@pytest.mark.parametrize(
    ("body", "actions"),
    [
        ("<div>Merci pour cet article.</div>", None),
        ("<div>Quel <b>conn</b>ard&nbsp;!</div>", [TOXIC]),
        ("TOUT CELA EST FAUX ET VOUS LE SAVEZ TOUS", [TOXIC]),
        ("Appelez le 06 12 34 56 78", [SPAM]),
        ("Quel connard, appelez le 06 12 34 56 78", [TOXIC, SPAM]),
        ("<script>connard</script>", None),
        ("<img src=x>", None),
        ("", None),
        (None, None),
    ],
    ids=str,
)
def test_what_coral_is_told(moderate, body, actions):
    answer = moderate(body)
    assert not answer.cookies
    if actions is None:
        assert (answer.status_code, answer.content) == (204, b"")
    else:
        assert answer.status_code == 200
        assert answer.json() == {"actions": actions, "status": "PREMOD"}


def test_edits_are_judged_too_and_no_slash_is_needed(moderate):
    request = request_for("Quel connard.", action="EDIT")
    assert moderate(request, slash="").json()["status"] == "PREMOD"


@pytest.mark.parametrize("sign", ["\x00", "\ud800"], ids=ascii)
def test_strange_characters_let_no_insult_through(moderate, sign):
    """An error would: Coral takes a failing phase for one without objection."""
    assert moderate(f"Quel connard. {sign}").json()["actions"] == [TOXIC]
    assert moderate(f"Un avis.{sign}").status_code in (200, 204)


def test_comment_waits_if_the_rules_fail(moderate, monkeypatch, caplog):
    monkeypatch.setattr("newsroom.doors.coral.current_engine", lambda: None)
    answer = moderate("Un avis.")
    assert answer.json() == {"actions": [], "status": "PREMOD"}
    assert "screening for Coral failed" in caplog.text


def test_long_comment_is_judged_in_time(moderate):
    answer = moderate("<b>x</b> <a " * 100_000 + "connard")
    assert answer.json()["status"] == "PREMOD"


@pytest.mark.parametrize(
    "header", ["", "sha256=", "sha256=" + "0" * 64, "0" * 64, "x" * 5000]
)
def test_wrong_signatures(moderate, header):
    refused(moderate("Un avis.", header=header), 401, "UNAUTHENTICATED")


def test_signature_of_another_body(moderate, system):
    header = signature(system.signing_secret, b"{}")
    refused(moderate("Quel connard.", header=header), 401, "UNAUTHENTICATED")


def test_signature_is_checked_before_the_body_is_read(moderate):
    refused(moderate(b"pas du JSON", secret="autre"), 401, "UNAUTHENTICATED")
    refused(moderate(b"pas du JSON"), 400, "INVALID_ARGUMENT")


@pytest.mark.parametrize(
    "body", [{}, {"comment": []}, {"comment": {"body": 5}}, {"comment": {"body": ["x"]}}], ids=repr
)  # fmt: skip
def test_requests_without_a_comment(moderate, body):
    refused(moderate(body), 400, "INVALID_ARGUMENT")


def test_old_and_new_secret_are_both_good(moderate, system):
    new = replace_secret(system).signing_secret
    assert moderate("Un avis.").status_code == 204
    assert moderate("Un avis.", secret=new).status_code == 204
    ApiClient.objects.update(active=False)
    refused(moderate("Un avis.", secret=new), 401, "UNAUTHENTICATED")


def test_other_methods(http, system):
    refused(http.get(f"/api/coral/moderate/{system.prefix}/"), 405, "UNIMPLEMENTED")


def test_comments_over_quota_wait(moderate):
    """Refused, they would pass: a flood would open the way for what follows it."""
    ApiClient.objects.update(per_day=1)
    assert moderate("Un avis.").status_code == 204
    for text in ("Un avis.", "Quel connard"):
        answer = moderate(text)
        assert answer.status_code == 200
        assert answer.json() == {"actions": [], "status": "PREMOD"}
    refused(moderate("Un avis.", header="sha256=00"), 401, "UNAUTHENTICATED")
