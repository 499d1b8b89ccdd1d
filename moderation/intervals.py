"""How far a share found on few cases may be from the true one."""

from math import sqrt

_Z = 1.959964  # 95 % of a normal law lie within


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share, from 0 to 1. ``trials`` is at least 1.

    Wilson's score interval, which holds for few cases and for shares near 0 or 1:
    https://doi.org/10.1080/01621459.1927.10502953
    """
    share = successes / trials
    spread = _Z * sqrt(share * (1 - share) / trials + _Z**2 / (4 * trials**2))
    centre = share + _Z**2 / (2 * trials)
    scale = 1 + _Z**2 / trials
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
