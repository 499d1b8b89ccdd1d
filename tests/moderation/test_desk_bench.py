"""The benchmark of the desk starts as `make bench-desk` starts it."""

import os
import subprocess
import sys
from pathlib import Path


def test_it_starts_without_settings():
    environment = dict(os.environ)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.desk_bench", "--help"],
        env=environment,
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "--again" in done.stdout
