"""The digest that a moderator asks for: when it comes, what it tells, how it ends."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.alerts.digest import (
    choose_digest,
    digest_of,
    last_due,
    next_due,
    note_digests,
    stop_digest,
)
from moderation.alerts.digest_mail import account_of, stop_token
from moderation.models import Action, DeskMail, DigestPreference
from moderation.services import submit_comment, undo
from tests.factories import (
    ArticleFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.alerts.rounds import HOUR, MONDAY, go_round, told
from tests.moderation.complaining import complained
from tests.moderation.contesting import contested
from tests.moderation.deciding import decided
from tests.spaces import spaced

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DAILY = {"frequency": "daily", "hour": 7, "weekday": 0, "language": "fr"}


@pytest.fixture
def clock():
    """Monday, eleven o'clock in Beirut."""
    with time_machine.travel(MONDAY, tick=False) as moved:
        yield moved


@pytest.fixture
def marie():
    return ModeratorFactory(email="marie@journal.example")


def digests():
    return go_round("send_digest")


def asked(user, **chosen):
    return choose_digest(user, **DAILY | chosen)


class TestWhen:
    def test_nobody_asked(self, clock, marie):
        clock.shift(3 * DAY)
        assert digests() == []

    def test_each_day_at_its_hour(self, clock, marie):
        asked(marie)
        assert digests() == []  # today's hour had come before he asked
        for _ in range(3):
            clock.move_to(_at(7) + DAY - timedelta(seconds=1))
            assert digests() == []
            clock.shift(timedelta(seconds=1))
            assert told(digests()) == ["marie@journal.example"]
            assert digests() == []

    def test_each_week_on_its_day(self, clock, marie):
        asked(marie, frequency="weekly", weekday=3, hour=17)
        sent = []
        for _ in range(14 * 12):
            clock.shift(2 * HOUR)
            if digests():
                sent.append(timezone.localtime())
        assert [(d.date(), d.hour) for d in sent] == [
            (date(2026, 11, 26), 17),
            (date(2026, 12, 3), 17),
        ]

    def test_of_days_that_were_missed_only_the_last(self, clock, marie):
        asked(marie)
        clock.shift(3 * DAY)
        assert len(digests()) == 1
        assert DeskMail.objects.get().period == date(2026, 11, 26)
        assert digests() == []

    def test_another_hour_is_not_another_digest(self, clock, marie):
        asked(marie)
        clock.shift(DAY)
        assert len(digests()) == 1
        asked(marie, hour=15)
        clock.shift(10 * HOUR)
        assert digests() == []
        clock.shift(DAY)
        assert len(digests()) == 1

    @pytest.mark.parametrize(
        "change",
        [
            {"email": ""},
            {"is_active": False},
            {"groups": []},
        ],
        ids=str,
    )
    def test_not_to_who_may_or_can_no_longer(self, clock, marie, change):
        asked(marie)
        clock.shift(DAY)
        groups = change.pop("groups", None)
        if groups is not None:
            marie.groups.set(groups)
        for name, value in change.items():
            setattr(marie, name, value)
        marie.save()
        assert digests() == []

    def test_not_to_who_ended_it_before_it_left(self, clock, marie):
        asked(marie)
        clock.shift(DAY)
        assert note_digests() == 1
        stop_digest(marie.pk)
        assert digests() == []
        assert DeskMail.objects.get().state == "moot"


def _at(hour):
    """Today at ``hour`` by the newspaper's clocks."""
    return timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)


class TestClocksThatChange:
    @pytest.mark.parametrize(
        ("zone", "start", "hour", "moments"),
        [
            # Beirut leaves out midnight to one, on 29 March 2026
            ("Asia/Beirut", "2026-03-28", 0, ["03-27T22", "03-28T22", "03-29T21"]),
            # and shows 23 to midnight twice, on 24 October
            ("Asia/Beirut", "2026-10-24", 23, ["10-24T20", "10-25T21", "10-26T21"]),
            ("Asia/Beirut", "2026-10-24", 7, ["10-24T04", "10-25T05", "10-26T05"]),
            # Paris leaves out two to three, and later shows it twice
            ("Europe/Paris", "2026-03-28", 2, ["03-28T01", "03-29T01", "03-30T00"]),
            ("Europe/Paris", "2026-10-24", 2, ["10-24T00", "10-25T00", "10-26T01"]),
        ],
    )
    def test_one_each_day(self, settings, marie, zone, start, hour, moments):
        settings.TIME_ZONE = zone
        first = datetime.fromisoformat(f"{start}T00:00+00:00") - 12 * HOUR
        with time_machine.travel(first, tick=False) as clock:
            asked(marie, hour=hour)
            sent, end = [], datetime.fromisoformat(f"2026-{moments[-1]}:59+00:00")
            while timezone.now() < end:
                if digests():
                    sent.append(timezone.now().strftime("%m-%dT%H"))
                clock.shift(HOUR)
        assert [moment for moment in sent if moment >= moments[0]] == moments
        mails = DeskMail.objects.count()
        assert mails == DeskMail.objects.values("period").distinct().count()

    def test_set_back_they_bring_none_twice(self, clock, marie):
        asked(marie)
        clock.move_to(_at(7) + DAY)
        assert len(digests()) == 1
        for shift in (-1, 1, 1, -1):
            clock.shift(shift * HOUR)
            assert digests() == []

    def test_a_leap_day_is_a_day(self, marie):
        with time_machine.travel("2028-02-28T12:00Z", tick=False) as clock:
            asked(marie)
            for _ in range(3):
                clock.shift(DAY)
                digests()
        days = DeskMail.objects.order_by("pk").values_list("period", flat=True)
        assert [str(day) for day in days] == ["2028-02-29", "2028-03-01", "2028-03-02"]


@settings(deadline=None)
@given(
    hours=st.integers(0, 10 * 366 * 24),
    hour=st.integers(0, 23),
    weekday=st.integers(0, 6),
    frequency=st.sampled_from(["daily", "weekly"]),
    zone=st.sampled_from(["Asia/Beirut", "Europe/Paris"]),
)
def test_the_last_one_is_past_and_the_next_to_come(
    hours, hour, weekday, frequency, zone
):
    now = datetime(2020, 1, 1, 0, 10, tzinfo=UTC) + hours * HOUR
    chosen = DigestPreference(frequency=frequency, hour=hour, weekday=weekday)
    longest = (7 if frequency == "weekly" else 1) * DAY + HOUR
    with timezone.override(zone):
        day, moment = last_due(chosen, now)
        coming = next_due(chosen, now)
        assert moment <= now < coming <= moment + longest
        assert frequency == "daily" or day.weekday() == weekday
        assert last_due(chosen, coming)[1] == coming
        assert (timezone.localtime(moment).hour - hour) % 24 in (0, 1)


class TestWhatItTells:
    def test_numbers_and_where_to_read_more(self, clock, marie):
        asked(marie)
        article = ArticleFactory(title="Un\ntitre", comment_policy="a_priori")
        author = ReaderFactory(commenter="Nadia Abou Rjeily").commenter
        old, other = (
            submit_comment(article=article, author=author, text=text)
            for text in ("Quel connard, ce ministre.", "Un avis.")
        )
        decided(other, Action.HIDE)
        decided(submit_comment(article=article, author=author, text="Oui."), "publish")
        undone = submit_comment(article=article, author=author, text="Non.")
        undo(decided(undone, Action.HIDE), by=marie)
        contested()
        for kind in ("menace", "injure"):
            ReportFactory(kind=kind, name="Rita", explanation="Il ment.")
        clock.shift(23 * HOUR)
        (message,) = digests()
        text = spaced(message.body)
        assert spaced(message.subject) == "Le Journal : la modération aujourd’hui"
        site = "http://127.0.0.1:8000/moderation"
        for line in (
            "- 2 commentaires à modérer, le plus ancien depuis 23 heures\n"
            f" {site}/?etat=attente\n",
            f"- 2 commentaires signalés par des lecteurs\n {site}/?lecteurs=oui\n",
            f"(signalement ou menace)\n {site}/?retard=oui\n",
            f"- 1 contestation à traiter\n {site}/contestations/\n",
            "- 4 décisions de modérateurs, dont 3 masquages\n"
            f" {site}/tableau/?du=2026-11-23&au=2026-11-23\n",
            "- Un titre\n 4 commentaires retenus ou signalés, contre 0 auparavant\n"
            f" {site}/?article={article.pk}\n",
        ):
            assert line in text, line
        for word in ("connard", "Nadia", "Rita", "ment"):
            assert not re.search(rf"\b{word}\b", text)
        assert digest_of(date(2026, 11, 24), 1).oldest == old.received_at

    def test_what_readers_contest_is_among_it(self, clock, marie):
        asked(marie)
        contested()
        clock.shift(48 * HOUR)
        digests()
        complained()
        clock.shift(24 * HOUR)
        (message,) = digests()
        assert "- 2 contestations à traiter, dont 1 en retard\n" in spaced(message.body)
        clock.shift(48 * HOUR)
        *_earlier, message = digests()
        assert "- 2 contestations à traiter, dont 2 en retard\n" in spaced(message.body)

    def test_a_quiet_week(self, clock, marie):
        asked(marie, frequency="weekly", weekday=1)
        clock.shift(DAY)
        (message,) = digests()
        assert spaced(message.subject) == "Le Journal : la modération cette semaine"
        text = spaced(message.body)
        assert "- 0 commentaire à modérer\n" in text
        assert "retard" not in text
        assert "échauffent" not in text
        assert "Ces sept derniers jours" in text
        assert "- 0 décision de modérateur\n" in text
        assert "/tableau/?du=2026-11-17&au=2026-11-23" in text

    def test_figures_are_read_once_for_all(self, clock, django_assert_max_num_queries):
        counts = []
        for _ in range(3):
            asked(ModeratorFactory())
            clock.shift(DAY)
            with django_assert_max_num_queries(80) as ran:
                digests()
            counts.append(len(ran))
        assert counts[2] - counts[1] == counts[1] - counts[0] < 9

    def test_in_english(self, clock, marie):
        asked(marie, language="en")
        ReportFactory()
        clock.shift(DAY)
        (message,) = digests()
        assert spaced(message.subject) == "Le Journal: moderation today"
        assert "1 comment reported by readers" in message.body
        assert "Yesterday" in message.body
        assert "signal" not in message.body


class TestHowItEnds:
    @pytest.fixture
    def message(self, clock, marie):
        asked(marie)
        clock.shift(DAY)
        return digests()[0]

    def test_by_the_mail_program_itself(self, clock, message):
        headers = message.message()
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        url = headers["List-Unsubscribe"].strip("<>")
        assert url in message.body
        path = url.removeprefix("http://127.0.0.1:8000")
        stranger = Client(enforce_csrf_checks=True)
        answer = stranger.post(path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200  # no redirect: RFC 8058
        assert not answer.cookies
        assert DigestPreference.objects.get().frequency == "never"
        clock.shift(3 * DAY)
        assert digests() == []

    def test_by_hand(self, client, message):
        path = re.search(r"/moderation/resume/arreter/\S+", message.body)[0]
        page = BeautifulSoup(client.get(path).content, "lxml")
        assert (
            DigestPreference.objects.get().frequency == "daily"
        )  # a look ends nothing
        assert page.select_one("main form button").text == "Ne plus le recevoir"
        assert "C’est fait" in client.post(path).content.decode()
        assert DigestPreference.objects.get().frequency == "never"

    def test_only_with_a_token_of_ours(self, client, message, marie):
        token = stop_token(marie.pk)
        assert account_of(token) == marie
        other = ModeratorFactory()
        for forged in (
            f"{other.pk}:{token.split(':')[1]}",
            token[:-1],
            token + "x",
            "1",
            "x:y",
        ):
            assert account_of(forged) is None
            url = reverse("moderation:digest_stop", args=[forged])
            assert client.post(url).status_code == 404
        assert DigestPreference.objects.get().frequency == "daily"

    def test_for_an_account_that_is_gone(self, client):
        assert account_of(stop_token(999_999)) is None


class TestChoosing:
    URL = "/moderation/resume/"

    def test_then_told_when_it_comes(self, client, clock, marie):
        client.force_login(marie)
        assert "Vous n’en recevez pas." in client.get(self.URL).content.decode()
        form = {"frequency": "weekly", "hour": "8", "weekday": "4"}
        answer = client.post(self.URL, form, follow=True)
        shown = answer.content.decode()
        assert "Votre choix est enregistré." in shown
        assert "Le prochain part à 08 h 00, le 27 novembre 2026." in shown
        page = BeautifulSoup(shown, "lxml")
        assert page.select_one("[name=frequency][checked]")["value"] == "weekly"
        assert page.select_one("#id_weekday [selected]").text == "Vendredi"
        form["frequency"] = "never"
        client.post(self.URL, form)
        assert "Vous n’en recevez pas." in client.get(self.URL).content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [{"hour": "24"}, {"weekday": "-1"}, {"frequency": "hourly"}, {"hour": "x"}],
        ids=str,
    )
    def test_nothing_else(self, client, marie, wrong):
        client.force_login(marie)
        form = {"frequency": "daily", "hour": "7", "weekday": "0", **wrong}
        answer = client.post(self.URL, form)
        assert answer.status_code == 422
        assert 'class="errorlist"' in answer.content.decode()
        assert not DigestPreference.objects.exists()

    def test_needs_an_address(self, client):
        client.force_login(EditorFactory(email=""))
        form = {"frequency": "daily", "hour": "7", "weekday": "0"}
        answer = client.post(self.URL, form)
        assert "Votre compte n’a pas d’adresse" in answer.content.decode()
        assert not DigestPreference.objects.exists()
