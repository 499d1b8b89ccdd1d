"""Answers that are asked for again and again: who knows one is not sent it."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from django.utils.http import parse_etags


def etag_of(answer: Mapping[str, Any]) -> str:
    """The strong ETag of ``answer``, written as JSON."""
    return f'"{sha256(json.dumps(answer).encode()).hexdigest()[:32]}"'


def is_known(etag: str, request: HttpRequest) -> bool:
    """Whether the asker says that he has the answer of ``etag``."""
    return etag in parse_etags(request.headers.get("If-None-Match", ""))
