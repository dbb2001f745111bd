"""What an operator reads when the server starts: how each kind of client joins."""

from collections.abc import Collection, Mapping, Sequence
from ipaddress import ip_address
from typing import Final

from hubbub.server.listen import ListenAddress, Protocol, join_host_port
from hubbub.server.tls import Tls

_ANY: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing is bound here, it is only shown
"""Addresses that mean all of a machine's, and one under which it can be reached."""


def describe_lan(listeners: Sequence[ListenAddress], code: Sequence[str]) -> list[str]:
    """Return the lines for the neighbours: the link, a code that holds it, and all places where they can come in."""
    places = [join_host_port(one.host, one.port) for one in listeners if not ip_address(one.host).is_loopback]
    return ["Your neighbours join at:", *(f"  {place}" for place in places), *code]


def describe_danger(places: Sequence[str]) -> list[str]:
    """Return a warning about places where everybody can come in; nothing, where there is none."""
    if not places:
        return []
    return [f"Warning: {', '.join(places)} may be reached by everybody on the Internet, not only by your neighbours."]


def link_to(address: ListenAddress, path: str = "") -> str:
    """Return the link under which browsers and telephones reach a listener."""
    return f"http://{join_host_port(address.host, address.port)}/{path}"


def describe_joining(listeners: Sequence[ListenAddress], tls: Tls | None = None) -> list[str]:
    """Return the lines that say how to join, the listeners, and last of all that the server is ready."""
    lines = []
    spoken = {address.protocol: address for address in reversed(listeners)}
    if (text := spoken.get("auto") or spoken.get("text")) is not None:
        host = _ANY.get(text.host, text.host)
        lines += [
            "Join with what you have:",
            f"  netcat               nc {host} {text.port}",
            f"  telnet               telnet {host} {text.port}",
        ]
    for protocol, client in _OLD_CLIENTS.items():
        address = spoken.get(protocol) or (spoken.get("auto") if protocol in _DETECTED else None)
        if address is not None:
            host = _ANY.get(address.host, address.host)
            lines.append(f"  {client:<20} {join_host_port(host, address.port)}")
    if "text-frames" not in spoken:
        lines.append(
            f"  {_OLD_CLIENTS['text-frames']:<20} needs a listener of its own: --listen 127.0.0.1:0=text-frames"
        )
    if tls is not None and (encrypted := spoken.get("auto")) is not None:
        place = join_host_port(_ANY.get(encrypted.host, encrypted.host), encrypted.port)
        lines += [
            f"  over TLS             openssl s_client -quiet -connect {place}",
            f"The {'self-signed ' if tls.is_self_signed else ''}certificate's SHA-256 fingerprint, to compare:",
            f"  {tls.certificate.fingerprint}",
        ]
    lines.append("Stop with Ctrl+C.")
    lines += [f"listening on {join_host_port(one.host, one.port)} ({one.protocol})" for one in listeners]
    lines.append(f"ready on {join_host_port(listeners[0].host, listeners[0].port)}")
    return lines


_OLD_CLIENTS: Final[Mapping[Protocol, str]] = {
    "header-frames": "fixed-header chat",
    "json-frames": "JSON-packet chat",
    "text-frames": "text-packet chat",
}
_DETECTED: Final[Collection[Protocol]] = {"header-frames", "json-frames"}
"""Those whose first bytes give them away; the others need a listener of their own."""
