"""Checks that need the project itself: migrations, schema, catalogues, deployment.

`python -m tests.checks` runs each and fails if one does.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "newsroom" / "locale"
MANAGE = [sys.executable, str(ROOT / "manage.py")]
TESTS = ["--settings", "tests.settings"]
PRODUCTION = {
    "DJANGO_SECRET_KEY": "a-long-key-for-this-check-only-" + "abcdefghij" * 4,
    "DJANGO_ALLOWED_HOSTS": "journal.example",
    "NEWSROOM_HTTPS": "true",
    "NEWSROOM_URL": "https://journal.example",
    "NEWSROOM_BEHIND_PROXY": "true",
}
COMMANDS: list[tuple[list[str], dict[str, str]]] = [
    (["makemigrations", "--check", "--dry-run", *TESTS], {}),
    (["check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    (["spectacular", "--validate", "--fail-on-warn", "--file", os.devnull, *TESTS], {}),
]


def main() -> int:
    failed = False
    for arguments, environment in COMMANDS:
        sys.stdout.write(f"manage.py {' '.join(arguments)}\n")
        sys.stdout.flush()
        done = subprocess.run(  # noqa: S603
            [*MANAGE, *arguments], env={**os.environ, **environment}, cwd=ROOT
        )
        failed |= done.returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
