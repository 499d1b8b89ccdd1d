"""Texts compared whatever their spaces: French typography puts no-break ones."""

import re


def spaced(text: object) -> str:
    """``text`` with every run of spaces, of any width, made one plain space."""
    return re.sub(r"[ \u00a0\u202f]+", " ", str(text))
