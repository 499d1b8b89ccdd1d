"""Run the suite on SQLite and on PostgreSQL, and say what had to be left out.

`python -m tests.run [pytest arguments]`. With CI set, leaving anything out fails.
"""

import getpass
import os
import shutil
import subprocess
import sys

import psycopg2

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(arguments: list[str]) -> int:
    left_out: list[str] = []
    environment = dict(os.environ)
    environment.pop("DATABASE_URL", None)
    browser = find_browser() or install_browser()
    if browser:
        environment["CHROMIUM"] = browser
    else:
        left_out.append("browser tests (no Chromium here, none could be installed)")
    postgresql = find_postgresql()
    if not postgresql:
        left_out.append("PostgreSQL (no server answers; set TEST_DATABASE_URL)")
    statuses = []
    for name, url in (("SQLite", ""), ("PostgreSQL", postgresql)):
        if name == "PostgreSQL" and not url:
            continue
        say(f"== Tests on {name}")
        environment["TEST_DATABASE_URL"] = url
        command = [sys.executable, "-m", "pytest", "-n", "2", *arguments]
        if not browser:
            command += ["-m", "not browser"]
        statuses.append(subprocess.run(command, env=environment).returncode)  # noqa: S603
    for what in left_out:
        say(f"LEFT OUT: {what}")
    if left_out and os.environ.get("CI"):
        say("In CI nothing may be left out.")
        return 1
    return max(statuses)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def find_browser() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def install_browser() -> str | None:
    """Debian's package where we may install it, else Playwright's own download."""
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0:
        say("== Installing Debian's chromium")
        for words in (["update"], ["install", "--yes", "chromium"]):
            subprocess.run([apt, "--quiet", "--quiet", *words], check=False)  # noqa: S603
        if found := find_browser():
            return found
    say("== Downloading Playwright's Chromium")
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], check=False
    )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.access(path, os.X_OK) else None


def find_postgresql() -> str:
    """The URL of a server that lets us make databases, or nothing."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url
    for user in (getpass.getuser(), "postgres", "postgres:postgres"):
        server = f"postgres://{user}@127.0.0.1:5432"
        try:
            connection = psycopg2.connect(f"{server}/postgres", connect_timeout=2)
        except psycopg2.OperationalError:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles"
                " WHERE rolname = current_user"
            )
            row = cursor.fetchone()
        connection.close()
        if row and row[0]:
            return f"{server}/newsroom"
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
