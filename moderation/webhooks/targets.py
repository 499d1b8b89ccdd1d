"""Which addresses on the network we may call: a guard against being led inside.

Whoever may name an address must not reach through us what only we can reach (SSRF, TRUST
S-16). A name is resolved once, every address it has is judged, and the connection goes to
one of those, never to the name again: an answer that changes meanwhile changes nothing.
"""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

Address = IPv4Address | IPv6Address

_UNPRINTED = re.compile(r"[^!-~]")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label begins with a letter: « 127.1 », « 0x7f.1 », « 2130706433 » are no names,
# though resolvers read them as addresses (WHATWG URL, « ends in a number »)
_NAME = re.compile(rf"(?=.{{1,253}}$)(?:{_LABEL}\.)+(?=[a-z]){_LABEL}")
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_LEFT_OUT = (
    # The standard library's lists differ from one version of Python to another
    IPv4Network("192.0.0.0/24"),  # protocols' own; a cloud's metadata too (RFC 6890)
    IPv4Network("192.88.99.0/24"),  # 6to4 relays (RFC 7526)
    IPv6Network("2001::/23"),  # Teredo and other protocols' own (RFC 2928)
    IPv6Network("2002::/16"),  # 6to4: an IPv4 address is inside (RFC 3056)
    IPv6Network("3fff::/20"),  # documentation (RFC 9637)
)


class ForbiddenTarget(Exception):
    """An address that is not called; the message is for whoever typed it."""


class UnknownHost(ForbiddenTarget):
    """A name that has no address now; it may have one later."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: ``address`` is connected to, ``host`` is asked for."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[Address, ...]

    @property
    def authority(self) -> str:
        """The Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == (443 if self.scheme == "https" else 80)
        return host if usual else f"{host}:{self.port}"


def find_target(url: str) -> Target:
    """Where ``url`` leads, its host resolved now.

    Raises ForbiddenTarget, UnknownHost. Hosts of WEBHOOK_INTRANET (`host:port`) may be
    called over http and have any address; all others https, on WEBHOOK_PORTS, at
    addresses of the public Internet alone.
    """
    parts = _split(url)
    host = parts.hostname or ""
    port = _port(parts)
    trusted = f"{host}:{port}" in settings.WEBHOOK_INTRANET
    if not trusted:
        _check_form(parts, host, port)
    found = _resolve(host, port)
    if not trusted and not all(map(is_public, found)):
        raise ForbiddenTarget(
            _("Ce serveur est sur un réseau privé ou réservé : nous ne l’appelons pas.")
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, found)


def is_public(address: Address) -> bool:
    """Whether ``address`` is a single machine of the public Internet.

    IPv6 is taken from the block of global unicast alone: what maps, translates or tunnels
    IPv4 (::ffff:0:0/96, 64:ff9b::/96, 64:ff9b:1::/48, 2002::/16, Teredo) lies outside or
    is left out, as are local, multicast and documentation addresses.
    """
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    if any(address in network for network in _LEFT_OUT):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _split(url: str) -> SplitResult:
    """Raises ForbiddenTarget for what two programs could read differently."""
    if _UNPRINTED.search(url) or "\\" in url:
        raise ForbiddenTarget(
            _("Écrivez cette adresse sans espace ni accent (un nom accentué : xn--…).")
        )
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise ForbiddenTarget(_("Cette adresse n’est pas valide.")) from error
    if parts.scheme not in ("https", "http"):
        raise ForbiddenTarget(_("Cette adresse doit commencer par https://."))
    if "@" in parts.netloc:
        raise ForbiddenTarget(
            _("Ôtez le nom et le mot de passe : l’envoi est signé, ils sont inutiles.")
        )
    if parts.fragment:
        raise ForbiddenTarget(_("Ôtez ce qui suit le signe # : il ne s’envoie pas."))
    return parts


def _port(parts: SplitResult) -> int:
    try:
        given = parts.port
    except ValueError as error:
        raise ForbiddenTarget(_("Ce numéro de port n’est pas valide.")) from error
    if given is not None:
        return given
    return 443 if parts.scheme == "https" else 80


def _check_form(parts: SplitResult, host: str, port: int) -> None:
    if parts.scheme != "https":
        raise ForbiddenTarget(_("Cette adresse doit commencer par https://."))
    if port not in settings.WEBHOOK_PORTS:
        raise ForbiddenTarget(_("Ce port n’est pas permis."))
    if not _NAME.fullmatch(host) and _literal(host) is None:
        raise ForbiddenTarget(_("Ce nom de serveur n’est pas valide."))


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _resolve(host: str, port: int) -> tuple[Address, ...]:
    if literal := _literal(host):
        return (literal,)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownHost(_("Ce nom de serveur ne mène à aucune machine.")) from error
    # A zone (fe80::1%eth0) belongs to no public address
    names = dict.fromkeys(str(info[4][0]).partition("%")[0] for info in found)
    if not names:
        raise UnknownHost(_("Ce nom de serveur ne mène à aucune machine."))
    return tuple(ip_address(name) for name in names)
