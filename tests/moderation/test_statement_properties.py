"""Whatever moderators do: one complete statement a restriction, and no name in any."""

from django.core import mail
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments.models import Comment
from moderation.charter.catalog import LANGUAGES
from moderation.errors import AlreadyDecided, InvalidDecision
from moderation.models import Action, Decision, StatementOfReasons
from moderation.reasons import ReasonCode
from moderation.services import decide, submit_comment, undo
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory

REPORTER = ("Hortense Delamarre", "hortense@signaleurs.example", "06 11 22 33 44")
TEXTS = (
    "Un avis mesuré.",
    "Quel connard.",
    "C’est un mollasson.",
    "Voyez https://a.fr",
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just(Action.PUBLISH), st.just("")),
        st.tuples(st.just(Action.HOLD), st.just("")),
        st.tuples(st.just(Action.HIDE), st.sampled_from(ReasonCode.values)),
        st.tuples(st.just("undo"), st.just("")),
    ),
    min_size=1,
    max_size=7,
)
COMPLETE = [
    "puid",
    "measure",
    "scope",
    "reason",
    "source",
    "automated_decision",
    "ground",
    "clause",
    "category",
    "keyword",
    *(
        f"{part}_{language}"
        for part in ("clause", "facts", "message", "redress")
        for language in LANGUAGES
    ),
]


class TestAnySequence(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(text=st.sampled_from(TEXTS), steps=STEPS)
    def test_every_restriction_has_exactly_one_complete_statement(self, text, steps):
        reader, moderator = ReaderFactory(), ModeratorFactory(first_name="Zénobie")
        comment = submit_comment(
            article=ArticleFactory(), author=reader.commenter, text=text
        )
        mail.outbox.clear()
        for action, reason in steps:
            with self.captureOnCommitCallbacks(execute=True):
                _act(comment, action, reason, moderator)
            self._agrees(comment)
        hidings = Decision.objects.filter(status_after="hidden")
        silent = hidings.filter(reason=ReasonCode.SPAM_MASSIF).count()
        assert len(mail.outbox) == hidings.count() - silent
        self._names_nobody(reader, moderator)

    def _agrees(self, comment):
        comment.refresh_from_db()
        hidings = set(
            Decision.objects.filter(status_after="hidden").values_list("pk", flat=True)
        )
        statements = list(StatementOfReasons.objects.all())
        assert {s.decision_id for s in statements} == hidings
        assert len(statements) == len(hidings)
        standing = [s for s in statements if s.lifted_by_id is None]
        hidden = comment.status == Comment.Status.HIDDEN
        assert len(standing) == hidden
        latest = comment.decisions.first()
        assert not hidden or standing[0].decision == latest
        for statement in statements:
            assert all(getattr(statement, name).strip() for name in COMPLETE)
            assert statement.reason == statement.decision.reason
            later = Decision.objects.filter(
                comment=comment, pk__gt=statement.decision_id
            ).last()
            assert statement.lifted_by == later  # the very next decision

    def _names_nobody(self, reader, moderator):
        client = Client()
        client.force_login(reader)
        told = [
            str(list(StatementOfReasons.objects.values())),
            *(message.message().as_string() for message in mail.outbox),
            *(message.body for message in mail.outbox),
            client.get(reverse("my_comments")).content.decode(),
            client.get(reverse("api:own_comments")).content.decode(),
        ]
        for secret in (*REPORTER, "Zénobie", moderator.username, moderator.email):
            assert not any(secret in each for each in told), secret


def _act(comment, action, reason, moderator):
    latest = comment.decisions.first()
    try:
        if action == "undo":
            undo(latest, by=moderator)
        else:
            decide(
                comment,
                action=action,
                by=moderator,
                after=latest.pk,
                revision=comment.revision_id,
                reason=reason,
                note=f"Signalé par {', '.join(REPORTER)}",
            )
    except (AlreadyDecided, InvalidDecision):
        assert action == "undo"
