import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections

from moderation.webhooks.delivery import deliver_due, purge

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks at what is due
PAUSE_AFTER_A_FAULT = 10.0  # seconds
PURGE_EVERY = 600.0  # seconds


class Command(BaseCommand):
    help = (
        "Send what happened to comments to the systems that asked for it (webhooks). "
        "To be run every minute by a scheduler, or without end with --loop. Several may "
        "run at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--loop",
            action="store_true",
            help="go on until told to stop (SIGTERM), looking every second",
        )

    def handle(self, *, loop: bool, **options: Any) -> None:
        with _stop_signals() as stop:
            if loop:
                self._go_on(stop)
            else:
                self._once(stop)

    def _once(self, stop: Event) -> None:
        purge()
        total, failed = self._deliver(stop)
        if failed:
            raise CommandError(f"{failed} of {total} attempts failed")

    def _go_on(self, stop: Event) -> None:
        purged = 0.0
        while not stop.is_set():
            close_old_connections()
            pause = PAUSE
            try:
                self._deliver(stop)
                if not purged or monotonic() - purged > PURGE_EVERY:
                    purge()
                    purged = monotonic()
            except DatabaseError:  # it comes back, or a moderator notices first
                logger.exception("webhooks wait for the database")
                pause = PAUSE_AFTER_A_FAULT
            stop.wait(pause)

    def _deliver(self, stop: Event) -> tuple[int, int]:
        """How many attempts there were, and how many of them failed."""
        total = failed = 0
        for delivery, outcome in deliver_due(stopping=stop.is_set):
            total += 1
            self.stdout.write(
                f"[{total}] {delivery.event.uid}, endpoint {delivery.endpoint_id}: "
                f"{outcome.failure or 'ok'} {outcome.status_code or '-'} "
                f"{outcome.duration} ms"
            )
            failed += outcome.failure is not None
        return total, failed


@contextmanager
def _stop_signals() -> Iterator[Event]:
    """An event that SIGTERM and SIGINT set: what is on its way arrives and is noted."""
    stop = Event()
    former = {
        number: signal.signal(number, lambda *_args: stop.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stop
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
