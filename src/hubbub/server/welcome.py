"""What an operator reads when the server starts: how each kind of client joins."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from ipaddress import ip_address
from typing import Final

from hubbub.server.addresses import WILDCARDS
from hubbub.server.listen import ListenAddress, Protocol, join_host_port
from hubbub.server.tls import Tls

_COLUMNS: Final = 80
"""How wide a line may be: what a terminal shows that nobody has made wider."""

_OLD_CLIENTS: Final[Sequence[tuple[str, Protocol]]] = (
    ("SEND/BROADCAST chat", "text"),
    ("/whisper chat", "text"),
    ("fixed-header chat", "header-frames"),
    ("JSON-packet chat", "json-frames"),
)
"""The old programs that the one port finds out, by what their users know of them."""

_SILENT_CLIENT: Final = "text-packet chat"
"""The one that it does not: it says nothing before its user does."""

_ADD_SILENT: Final = "--listen 127.0.0.1:0=text-frames"


def describe_lan(listeners: Sequence[ListenAddress], code: Sequence[str]) -> list[str]:
    """Return the lines for the neighbours: all places where they can come in, and a code that holds a link."""
    places = [join_host_port(one.host, one.port) for one in listeners if not ip_address(one.host).is_loopback]
    return ["Your neighbours join at:", *(f"  {place}" for place in places), *code]


def describe_danger(places: Sequence[str]) -> list[str]:
    """Return a warning about places where everybody can come in; nothing, where there is none."""
    if not places:
        return []
    return [f"Warning: {', '.join(places)} may be reached by everybody on the Internet, not only by your neighbours."]


def describe_joining(
    listeners: Sequence[ListenAddress], tls: Tls | None = None, claim: Sequence[str] = (), host_key: str = ""
) -> list[str]:
    """Return the lines that say how to join and to claim, the listeners, and last of all that the server is ready.

    The last line names the first listener alone, however many there are: programs that start a server wait for exactly
    `ready on ADDRESS:PORT`.
    """
    return [
        *_ways_to_join(listeners, has_ssh=bool(host_key)),
        *_describe_tls(listeners, tls),
        *_describe_ssh(listeners, host_key),
        *claim,
        "Stop with Ctrl+C.",
        *(f"listening on {join_host_port(one.host, one.port)} ({one.protocol})" for one in listeners),
        f"ready on {join_host_port(listeners[0].host, listeners[0].port)}",
    ]


def _ways_to_join(listeners: Collection[ListenAddress], *, has_ssh: bool) -> Iterator[str]:
    spoken = {address.protocol: address for address in reversed([*listeners])}
    yield "Join with what you have:"
    yield from _ways_of_terminals(spoken, has_ssh=has_ssh)
    if (irc := spoken.get("auto") or spoken.get("irc")) is not None:
        yield _row("IRC client", f"irssi -c {WILDCARDS.get(irc.host, irc.host)} -p {irc.port}")
    if (address := spoken.get("auto")) is not None:
        yield _row("browser", f"http://{_reached_at(address)}")
        yield _row("terminal", f"hubbub chat {_reached_at(address)}")
        yield _row("shell", f"hubbub send '#lobby' hello --server {_reached_at(address)}")
        yield _row("Python, JSON, HTTP", f"http://{_reached_at(address)}/api tells programs how")
    for client, protocol in _OLD_CLIENTS:
        if (address := spoken.get(protocol) or spoken.get("auto")) is not None:
            yield _row(client, _reached_at(address))
    if (address := spoken.get("auto")) is not None:
        yield _row("page of a chat", f"ws://{_reached_at(address)}")
    if (address := spoken.get("text-frames")) is not None:
        yield _row(_SILENT_CLIENT, _reached_at(address))
    else:
        # All the listeners, for those on the command line replace every other.
        yield _row(_SILENT_CLIENT, "needs a listener of its own: start with")
        yield from _one_command([f"--listen {one}" for one in listeners] + [_ADD_SILENT])


def _ways_of_terminals(spoken: Mapping[Protocol, ListenAddress], *, has_ssh: bool) -> Iterator[str]:
    if (text := spoken.get("auto") or spoken.get("text")) is not None:
        host = WILDCARDS.get(text.host, text.host)
        yield _row("netcat", f"nc {host} {text.port}")
        yield _row("telnet", f"telnet {host} {text.port}")
    if has_ssh and (ssh := spoken.get("auto") or spoken.get("ssh")) is not None:
        yield _row("ssh", f"ssh -p {ssh.port} {WILDCARDS.get(ssh.host, ssh.host)}")


def _describe_tls(listeners: Sequence[ListenAddress], tls: Tls | None) -> list[str]:
    encrypted = next((one for one in listeners if one.protocol == "auto"), None)
    if tls is None or encrypted is None:
        return []
    own = "self-signed " if tls.is_self_signed else ""
    return [
        _row("over TLS", f"openssl s_client -quiet -connect {_reached_at(encrypted)}"),
        f"The {own}certificate's SHA-256 fingerprint, to compare:",
        *_halves(tls.certificate.fingerprint),
    ]


def _describe_ssh(listeners: Sequence[ListenAddress], host_key: str) -> list[str]:
    if not host_key or not any(one.protocol in {"auto", "ssh"} for one in listeners):
        return []
    return ["The SSH host key's fingerprint, to compare:", f"  {host_key}"]


def _row(client: str, way: str) -> str:
    return f"  {client:<20} {way}"


def _reached_at(address: ListenAddress) -> str:
    return join_host_port(WILDCARDS.get(address.host, address.host), address.port)


def _one_command(options: Sequence[str]) -> list[str]:
    """Return options as they can be copied into a shell: in one line, or in several that it takes for one."""
    line = "    " + " ".join(options)
    if len(line) <= _COLUMNS:
        return [line]
    return [f"    {option} \\" for option in options[:-1]] + [f"    {options[-1]}"]


def _halves(fingerprint: str) -> list[str]:
    """Return what would not fit into a terminal's line in two."""
    middle = len(fingerprint) // 2 + 1
    return [f"  {fingerprint[:middle]}", f"  {fingerprint[middle:]}"]
