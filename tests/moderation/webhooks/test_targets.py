"""Addresses we do not call, whoever asks (TRUST S-16): a canary hears nothing."""

import socket
from ipaddress import ip_address

import pytest

from moderation.webhooks.models import Failure
from moderation.webhooks.sending import Message, send
from moderation.webhooks.targets import (
    ForbiddenTarget,
    UnknownHost,
    find_target,
    is_public,
)
from tests.moderation.webhooks.receiving import code, listening, receiving

SECRETS = ("whsec_" + "c2VjcmV0" * 4,)
HOSTS = """
127.0.0.1 127.1 127.0.1 127.255.255.254 0.0.0.0 0 2130706433 0x7f000001 0x7F.0.0.1
0x7f.1 0177.0.0.1 017700000001 0177.1 127.0.0.1. localhost localhost. LOCALHOST
localhost.localdomain ip6-localhost
10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.1 169.254.169.254
169.254.0.1 2852039166 0xa9fea9fe 100.64.0.1 100.100.100.200 192.0.0.192 192.0.2.1
192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255
[::] [::1] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:169.254.169.254]
[::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::7f00:1] [fe80::1]
[fe80::1%25eth0] [fc00::1] [fd00:ec2::254] [fec0::1] [ff02::1] [2001:db8::1]
[2002:7f00:1::] [2001:0:7f00:1::] [2001::1] [3fff::1] [100::1] [5f00::1]
metadata.google.internal metadata intérieur.example ①②⑦.⓪.⓪.① １２７.0.0.1
inside.example mapped.example both.example
""".split()  # noqa: SIM905 (read as lines)
ODD = (
    "http://{public}:{port}/",
    "HTTP://{public}:{port}/",
    "file:///etc/passwd",
    "gopher://{public}:{port}/_x",
    "ftp://{public}:{port}/",
    "dict://{public}:{port}/",
    "//{public}:{port}/",
    "{public}:{port}",
    "",
    "https://",
    "https:///x",
    "https://:{port}/",
    "https://user@{public}:{port}/",
    "https://user:word@{public}:{port}/",
    "https://{public}:{port}@127.0.0.1:{port}/",
    "https://127.0.0.1:{port}\\@{public}/",
    "https://{public}:{port}#@127.0.0.1/",
    "https://{public}:22/",
    "https://{public}:80/",
    "https://{public}:0/",
    "https://{public}:65536/",
    "https://{public}:-1/",
    "https://{public}:{port}/ x",
    "https://{public}:{port}/\r\nX-Forged: 1",
    "https://127.0.0.1\t:{port}/",
    "https://[::1/",
    "https://-a.example:{port}/",
    "https://a..example:{port}/",
    "https://" + "a" * 64 + ".example:{port}/",
    "https://a_b.example:{port}/",
    "https://public.example%00.local:{port}/",
)
NAMES = {
    "public.example": ["93.184.216.34"],
    "inside.example": ["10.0.0.8"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "both.example": ["93.184.216.34", "127.0.0.1"],
    "localhost": ["127.0.0.1"],
    "localhost.localdomain": ["127.0.0.1"],
}


@pytest.fixture
def names(monkeypatch):
    """{name: addresses} of a resolver of the tests' own. It reads numbers as glibc does."""
    known = {name: list(found) for name, found in NAMES.items()}
    asked = []

    def getaddrinfo(host, port, *args, **kwargs):
        asked.append(host)
        if host == "rebinding.example":  # public when it is asked first
            found = ["93.184.216.34"] if asked.count(host) == 1 else ["127.0.0.1"]
        else:
            found = known.get(host, [])
        if not found:
            try:
                found = [socket.inet_ntoa(socket.inet_aton(host))]
            except OSError:
                raise socket.gaierror(socket.EAI_NONAME, "no such name") from None
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in found]

    # Not the module's function everywhere: create_connection needs the true one
    class Resolver:
        SOCK_STREAM = socket.SOCK_STREAM

    Resolver.getaddrinfo = staticmethod(getaddrinfo)
    monkeypatch.setattr("moderation.webhooks.targets.socket", Resolver)
    return known


@pytest.fixture
def connections(monkeypatch):
    """Where a connection was sought; none is made, but to this machine."""
    sought = []
    connect = socket.create_connection

    def create_connection(where, *args, **kwargs):
        sought.append(where[0])
        if not where[0].startswith("127."):
            raise TimeoutError
        return connect(where, *args, **kwargs)

    monkeypatch.setattr(
        "moderation.webhooks.sending.socket.create_connection", create_connection
    )
    return sought


def attempt(url):
    return send(Message("msg_1", url, "{}", SECRETS))


@pytest.mark.usefixtures("names")
def test_none_of_these_is_called(settings, connections):
    with listening() as (port, called):
        settings.WEBHOOK_PORTS = [443, port]
        urls = [f"https://{host}:{port}/" for host in HOSTS]
        urls += [url.format(public="public.example", port=port) for url in ODD]
        assert len(urls) > 90
        for url in urls:
            with pytest.raises(ForbiddenTarget):
                find_target(url)
            assert attempt(url).failure in (Failure.FORBIDDEN, Failure.UNREACHABLE), url
        assert connections == []
        assert not called()
        # The canary would have heard: this is the address it listens on
        socket.create_connection(("127.0.0.1", port)).close()
        assert called()


@pytest.mark.usefixtures("names")
def test_a_name_is_asked_for_once_and_its_address_kept(settings, connections):
    with listening() as (port, called):
        settings.WEBHOOK_PORTS = [port]
        first = attempt(f"https://rebinding.example:{port}/")
        assert connections == ["93.184.216.34"]
        assert first.failure == Failure.TIMEOUT
        assert (
            attempt(f"https://rebinding.example:{port}/").failure == Failure.FORBIDDEN
        )
        assert connections == ["93.184.216.34"]
        assert not called()


@pytest.mark.parametrize("where", ["http://127.0.0.1:{}/", "//127.0.0.1:{}", "/inside"])
def test_no_redirection_is_followed(settings, where):
    with listening() as (port, called), receiving() as receiver:
        settings.WEBHOOK_INTRANET = [f"127.0.0.1:{receiver.port}"]
        for number in (301, 302, 303, 307, 308):
            receiver.answer = code(number, Location=where.format(port))
            outcome = attempt(receiver.url)
            assert (outcome.failure, outcome.status_code) == (Failure.REDIRECT, number)
        assert not called()
        assert len(receiver.requests) == 5


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize(
    ("url", "port", "path", "authority"),
    [
        ("https://public.example", 443, "/", "public.example"),
        ("https://PUBLIC.example/a/b?c=d&e", 443, "/a/b?c=d&e", "public.example"),
        ("https://public.example:8443/x", 8443, "/x", "public.example:8443"),
        ("https://93.184.216.34/", 443, "/", "93.184.216.34"),
        ("https://[2606:2800:220:1::1]/", 443, "/", "[2606:2800:220:1::1]"),
    ],
)
def test_these_are(settings, url, port, path, authority):
    settings.WEBHOOK_PORTS = [443, 8443]
    target = find_target(url)
    assert (target.port, target.path, target.authority) == (port, path, authority)
    assert target.scheme == "https"


def test_machines_of_the_intranet_are_named_with_their_port(settings, names):
    names["crm.intranet"] = ["10.0.0.8"]
    settings.WEBHOOK_INTRANET = ["crm.intranet:8080"]
    assert find_target("http://crm.intranet:8080/x").addresses[0] == ip_address(
        "10.0.0.8"
    )
    for url in (
        "http://crm.intranet/",
        "https://crm.intranet/",
        "http://10.0.0.8:8080/",
    ):
        with pytest.raises(ForbiddenTarget):
            find_target(url)


def test_a_name_without_address_may_have_one_later(names):
    with pytest.raises(UnknownHost):
        find_target("https://absent.example/")
    assert attempt("https://absent.example/").failure == Failure.UNREACHABLE
    names["absent.example"] = ["93.184.216.34"]
    assert find_target("https://absent.example/").host == "absent.example"


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4007::1"]
)
def test_public_addresses_are_public(address):
    assert is_public(ip_address(address))
