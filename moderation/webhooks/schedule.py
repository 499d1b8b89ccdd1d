"""When a delivery is tried again, and when an endpoint is left in peace."""

import random
from datetime import timedelta

DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""After the first attempt, the second, and so on: Standard Webhooks' example."""
ATTEMPTS_MAX = len(DELAYS) + 1
JITTER = 0.2
"""Each delay is drawn this share around its length: what failed together must not come
back together."""
REST_MAX = timedelta(minutes=5)
DISABLED_AFTER = timedelta(days=5)
"""An endpoint that received nothing for so long is taken out of service."""
KEPT = timedelta(days=30)


def delay_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed ``attempts``; None to give up."""
    if attempts >= ATTEMPTS_MAX:
        return None
    spread = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 (no secret)
    return DELAYS[attempts - 1] * spread


def rest_after(failures: int) -> timedelta:
    """How long an endpoint that does not answer is left in peace, ``failures`` in a row.

    So it costs one attempt now and then, not one for each event that waits for it.
    """
    doubled: timedelta = DELAYS[0] * 2 ** min(failures - 1, 10)
    return min(doubled, REST_MAX)
