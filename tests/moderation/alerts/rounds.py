"""How tests of alerts move the clock, go round and read what was sent."""

from datetime import UTC, datetime, timedelta

from django.core import mail
from django.core.management import CommandError, call_command

from moderation.models import EscalationStep

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def go_round(command="send_alerts"):
    """What one round sends, oldest first."""
    before = len(mail.outbox)
    call_command(command, verbosity=0)
    return mail.outbox[before:]


def round_that_fails(command="send_alerts"):
    try:
        call_command(command, verbosity=0)
    except CommandError as error:
        return str(error)
    raise AssertionError("nothing failed")


def told(mails):
    """Whom the mails went to, in order."""
    return [address for message in mails for address in message.to]


def step(name, *, position=1, members=(), addresses="", **hours):
    made = EscalationStep.objects.create(
        name=name, position=position, addresses=addresses, **hours
    )
    made.members.set(members)
    return made
