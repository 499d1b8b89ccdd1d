"""docker-compose.yml, Dockerfile and .env.example, held to the settings they serve.

No engine is needed: the files are read as one would read them, and the site's own
check is run in the environment that they describe.
"""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = {
    "DJANGO_SECRET_KEY": "a-long-key-for-this-test-only-" + "abcdefghij" * 4,
    "DJANGO_ALLOWED_HOSTS": "journal.example",
    "NEWSROOM_URL": "https://journal.example",
    "POSTGRES_PASSWORD": "only-for-tests",
}
"""What .env must give docker-compose.yml."""
OF_COMPOSE = {"POSTGRES_PASSWORD"}
NOT_IN_CONTAINERS = {
    "DJANGO_DEBUG",  # never there
    "NEWSROOM_HTTPS",  # always, behind the proxy
    "NEWSROOM_MEDIA_ROOT",  # where the volume is
}
UNTOUCHED = {
    "PATH": os.environ["PATH"],
    "NEWSROOM_HTTPS": "true",  # a developer's own .env may say otherwise
    "DJANGO_DEBUG": "false",
}
SECRET = re.compile(r"SECRET|PASSWORD")
VARIABLE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")


class Unset(Exception):
    """A variable that docker-compose.yml asks for is not set."""


def settings_variables() -> set[str]:
    """Each name that settings.py reads from the environment."""
    tree = ast.parse((ROOT / "newsroom" / "settings.py").read_text())
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def example() -> dict[str, str]:
    """{name: value} of .env.example, whether its line is commented out or not."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    found = (re.fullmatch(r"(?:# )?([A-Z_]+)=(.*)", line) for line in lines)
    return {match[1]: match[2] for match in found if match}


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return read


def site_environment(given: dict[str, str]) -> dict[str, str]:
    """What the container of the site sees where .env holds ``given``. Raises Unset."""
    seen = {}
    for name, value in compose()["services"]["site"]["environment"].items():
        if value is not None:
            seen[name] = substituted(str(value), given)
        elif name in given:
            seen[name] = given[name]
    return seen


def substituted(text: str, given: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        name, kind, rest = match.groups()
        if given.get(name):
            return given[name]
        if kind == "?":
            raise Unset(name)
        return rest or ""

    return VARIABLE.sub(value, text)


def instructions(keyword: str) -> list[str]:
    """The arguments of each ``keyword`` line of the Dockerfile's last stage."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    stage = text[text.rindex("\nFROM ") + 1 :]
    return re.findall(rf"^{keyword}\s+(.+)$", stage, re.MULTILINE)


class TestVariables:
    def test_the_example_names_each_one_and_no_other(self) -> None:
        assert len(settings_variables()) > 20
        assert set(example()) == settings_variables() | OF_COMPOSE

    def test_containers_get_each_one_and_no_other(self) -> None:
        given = set(compose()["services"]["site"]["environment"])
        assert given == settings_variables() - NOT_IN_CONTAINERS

    def test_what_the_file_says_reaches_the_container(self) -> None:
        seen = site_environment({**REQUIRED, "NEWSROOM_NAME": "La Feuille"})
        assert seen["NEWSROOM_NAME"] == "La Feuille"
        assert "NEWSROOM_NAME" not in site_environment(REQUIRED)  # settings' default

    def test_the_site_passes_its_own_check_there(self) -> None:
        done = subprocess.run(
            [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"],
            env={**UNTOUCHED, **site_environment(REQUIRED)},
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr


class TestSecrets:
    @pytest.mark.parametrize("name", REQUIRED)
    def test_without_one_nothing_starts(self, name: str) -> None:
        given = {key: value for key, value in REQUIRED.items() if key != name}
        with pytest.raises(Unset, match=name):
            site_environment(given)

    def test_none_is_in_the_example(self) -> None:
        for name, value in example().items():
            assert not (SECRET.search(name) and value), name

    def test_none_has_a_default(self) -> None:
        text = (ROOT / "docker-compose.yml").read_text()
        asked = [match for match in VARIABLE.finditer(text) if SECRET.search(match[1])]
        assert len(asked) >= 3
        assert {match[2] for match in asked} == {"?"}

    def test_none_stays_in_the_image(self) -> None:
        for kept in (*instructions("ENV"), *instructions("ARG"), *instructions("COPY")):
            assert not SECRET.search(kept), kept
            assert ".env" not in kept, kept


class TestServices:
    def test_each_one_that_runs_on_has_a_health_check(self) -> None:
        for name, service in compose()["services"].items():
            if service["restart"] == "no":
                continue
            own = "test" in service.get("healthcheck", {})
            assert own or ("build" in service and instructions("HEALTHCHECK")), name

    def test_the_image_asks_an_address_that_answers(self, client: Any) -> None:
        text = (ROOT / "Dockerfile").read_text()
        (path,) = re.findall(r"http://127\.0\.0\.1:8000(/\S*?)'", text)
        assert client.get(path).status_code == 200
        assert "127.0.0.1" in site_environment(REQUIRED)["DJANGO_ALLOWED_HOSTS"]

    def test_the_site_waits_for_what_it_needs(self) -> None:
        services = compose()["services"]
        assert services["prepare"]["command"][-2:] == ["manage.py", "prepare"]
        assert services["prepare"]["depends_on"]["database"] == {
            "condition": "service_healthy"
        }
        assert services["site"]["depends_on"] == {
            "prepare": {"condition": "service_completed_successfully"},
            "cache": {"condition": "service_healthy"},
        }

    def test_data_outlives_the_containers(self) -> None:
        declared = set(compose()["volumes"])
        mounted = {
            name: dict(volume.split(":") for volume in service.get("volumes", []))
            for name, service in compose()["services"].items()
        }
        assert mounted["site"] == {"media": f"{instructions('WORKDIR')[0]}/var/media"}
        assert mounted["database"] == {"database": "/var/lib/postgresql/data"}
        assert declared == {"media", "database"}

    def test_only_the_proxy_beside_it_reaches_the_site(self) -> None:
        services = compose()["services"]
        ports = {name: one.get("ports", []) for name, one in services.items()}
        assert ports.pop("site") == ["127.0.0.1:8000:8000"]
        assert not any(ports.values())


class TestImage:
    def test_runs_as_nobody_in_particular(self) -> None:
        (user,) = instructions("USER")
        assert user not in ("root", "0")
        assert any(
            "useradd --system --uid 10001" in run and run.endswith(user)
            for run in instructions("RUN")
        )

    def test_holds_every_application_and_nothing_else(self) -> None:
        own = {
            config.name.split(".")[0]
            for config in apps.get_app_configs()
            if Path(config.path).is_relative_to(ROOT) and ".venv" not in config.path
        }
        copied = {line.split()[-2] for line in instructions("COPY")}
        assert own <= copied
        ignored = (ROOT / ".dockerignore").read_text().splitlines()
        assert ignored[0] == "*"
        sent = {line[1:] for line in ignored if line.startswith("!")}
        assert sent == {*copied, "requirements"} - {"/venv"}

    def test_collects_the_static_files(self) -> None:
        (run,) = [run for run in instructions("RUN") if "collectstatic" in run]
        assert "chown -R newsroom var" in run
