"""docs/api.md and the schema: what receivers are promised is what they get."""

import json
import os
import re
import socket
import subprocess
import sys
from time import sleep

import jsonschema
import pytest

from moderation.webhooks.endpoints import send_test
from moderation.webhooks.models import Failure
from moderation.webhooks.sending import Message, send
from tests.moderation.webhooks.receiving import endpoint
from tests.moderation.webhooks.test_outbox import ROOT, SCHEMA, told

GUIDE = (ROOT / "docs" / "api.md").read_text().partition("## Être prévenu")[2]
SECRET = "whsec_" + "c2VjcmV0" * 4


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


def test_the_examples_are_of_the_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    examples = [json.loads(block) for block in blocks("json")]
    assert {e["type"] for e in examples} == {"comment.decided", "comment.reported"}
    for example in examples:
        jsonschema.validate(example, SCHEMA)


@pytest.mark.parametrize("extra", ["text", "email", "name"])
def test_the_schema_knows_no_more_than_it_says(extra):
    (example, *_rest) = [json.loads(block) for block in blocks("json")]
    example["data"]["comment"][extra] = "?"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(example, SCHEMA)


@pytest.mark.django_db
def test_a_test_is_of_the_schema_too():
    send_test(endpoint("https://example.com/"))
    assert [payload["type"] for payload in told()] == ["endpoint.test"]


def test_the_receiver_of_the_guide_receives(settings):
    """As it is printed, in a process of its own."""
    (program,) = blocks("python")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.WEBHOOK_INTRANET = [f"127.0.0.1:{port}"]
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", program],
        env=os.environ | {"WEBHOOK_SECRET": SECRET, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        url, body = f"http://127.0.0.1:{port}/", blocks("json")[0]
        for _ in range(200):
            outcome = send(Message("msg_1", url, body, (SECRET,)))
            if outcome.failure != Failure.UNREACHABLE:
                break
            sleep(0.05)
        assert outcome.status_code == 204
        assert send(Message("msg_1", url, body, (SECRET,))).status_code == 204
        other = "whsec_" + "YXV0cmUh" * 4
        assert send(Message("msg_2", url, body, (other,))).status_code == 401
        assert send(Message("msg_3", url, body, ())).status_code == 401
        assert send(Message("msg_4", url, body, (other, SECRET))).status_code == 204
    finally:
        child.terminate()
        printed, _nothing = child.communicate(timeout=30)
    assert printed.count("comment.decided") == 2  # msg_1 once, msg_4
