"""Contesting the answer to a report, without an account: whose link it is, and what it shows."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client

from moderation.complaints.links import contest_key
from moderation.models import Action, Complaint, Report
from tests.factories import ReaderFactory, ReportFactory
from tests.moderation.complaining import complained, kept, replied
from tests.moderation.contesting import take

pytestmark = pytest.mark.django_db


def address(report, key=None):
    key = contest_key(report) if key is None else key
    return f"/signalements/{report.reference}/contester/?cle={key}"


def test_from_the_mail_to_the_answer(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        report = kept()
    link = re.search(r"https?://\S+/contester/\S+", mail.outbox[-1].body)[0]
    path = "/" + link.split("/", 3)[3]
    client = Client()
    page = BeautifulSoup(client.get(path).content, "lxml")
    form = page.select_one("form.report-form")
    assert report.comment.revision.text in page.text
    answer = client.post(
        form["action"], {"argument": "Il vise quelqu’un."}, follow=True
    )
    assert "Votre contestation est envoyée." in answer.content.decode()
    assert "Il vise quelqu’un." in answer.content.decode()
    complaint = Complaint.objects.get(report=report)
    replied(complaint, "hidden", reasoning="Vous aviez raison, en effet.")
    told = client.get(path).content.decode()
    assert "Vous aviez raison, en effet." in told
    assert report.comment.revision.text not in told  # hidden from everyone by now
    status = client.get(f"/signalements/{report.reference}/").content.decode()
    assert "vous donne raison" in status
    assert "en effet" not in status


def test_the_reference_alone_does_not_contest():
    """Whoever reports again with another's address is given its reference."""
    report, other = kept(), kept()
    for key in ("", "x", contest_key(other)):
        for method in ("get", "post"):
            assert getattr(Client(), method)(address(report, key)).status_code == 404
    assert not Complaint.objects.exists()
    page = Client().get(f"/signalements/{report.reference}/").content.decode()
    assert "/contester/" not in page
    assert contest_key(report) not in page


def test_an_account_needs_no_link(client):
    reader = ReaderFactory()
    report = kept(user=reader)
    client.force_login(reader)
    assert client.post(address(report, "")).status_code == 302
    assert Complaint.objects.count() == 1
    client.force_login(ReaderFactory())
    assert client.get(address(report, "")).status_code == 404


def test_who_left_no_address_has_the_reference():
    report = kept(kind="mineurs", name="", email="")
    page = Client().get(f"/signalements/{report.reference}/").content.decode()
    assert "Contester cette réponse" in page
    assert Client().post(address(report, "")).status_code == 302


def test_nothing_to_contest():
    open_report = ReportFactory()
    assert Client().get(address(open_report)).status_code == 302
    followed = ReportFactory()
    take(followed.comment, Action.HIDE)
    followed = Report.objects.get(pk=followed.pk)
    page = Client().get(address(followed)).content.decode()
    assert "rien à contester" in page
    assert followed.comment.revision.text not in page
    assert Client().post(address(followed)).status_code == 409


def test_what_cannot_be_stored_comes_back():
    answer = Client().post(address(kept()), {"argument": "y" * 2001})
    assert answer.status_code == 422
    assert "y" * 2001 in answer.content.decode()


def test_the_status_page_tells_that_it_is_contested():
    complaint = complained(argument="Un mot secret.")
    page = Client().get(f"/signalements/{complaint.report.reference}/").content.decode()
    assert "un autre modérateur la réexamine" in page
    assert "Un mot secret." not in page
