"""Listening sockets: opened before anything else, so that a taken port is known at once."""

import errno
import resource
import socket
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final

from hubbub.server.errors import StartError
from hubbub.server.listen import ListenAddress, join_host_port

BACKLOG: Final = 4_096
"""Connections the system keeps waiting for us; it takes the lesser of this and `net.core.somaxconn`."""


def allow_many_sockets() -> None:
    """Take all the descriptors that this process may have: what a shell gives, often 1 024, is soon used up."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # Some systems say that there is no limit, and refuse to be taken at their word.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def open_listeners(addresses: Iterable[ListenAddress]) -> list[tuple[ListenAddress, socket.socket]]:
    """Return a listening socket for each address, with the port it really has.

    Raises `StartError` for an address that cannot be had; then none is left open.
    """
    opened: list[tuple[ListenAddress, socket.socket]] = []
    for address in addresses:
        try:
            listener = _open(address)
        except OSError as error:
            for _, other in opened:
                other.close()
            raise StartError(_explain(address, error)) from error
        port = listener.getsockname()[1]
        opened.append((ListenAddress(address.host, port, address.protocol), listener))
    return opened


def require_free(address: ListenAddress) -> None:
    """Raise `StartError` where nobody could listen there now; nobody does, not even for a moment."""
    try:
        _bind(address).close()
    except OSError as error:
        raise StartError(_explain(address, error)) from error


def bound_addresses(listeners: Sequence[tuple[ListenAddress, socket.socket]]) -> list[ListenAddress]:
    """Return where they listen, host names resolved."""
    return [ListenAddress(listener.getsockname()[0], address.port, address.protocol) for address, listener in listeners]


def _open(address: ListenAddress) -> socket.socket:
    listener = _bind(address)
    try:
        listener.listen(BACKLOG)
        listener.settimeout(0)
    except OSError:
        listener.close()
        raise
    return listener


def _bind(address: ListenAddress) -> socket.socket:
    family, kind, protocol, _, place = socket.getaddrinfo(
        address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        # A server that restarts must not wait for the system to forget its predecessor's connections.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            # Only IPv6, so that 0.0.0.0 and [::] can both be listened on, on every system.
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind(place)
    except OSError:
        listener.close()
        raise
    return listener


def _explain(address: ListenAddress, error: OSError) -> str:
    place = join_host_port(address.host, address.port)
    if isinstance(error, socket.gaierror):
        return (
            f"No address is known for {address.host}. Correct the name, or write an address of this machine, "
            "such as 127.0.0.1."
        )
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"{place} is in use, perhaps by another hubbub. Stop that one, or choose another port: "
                f"--listen {join_host_port(address.host, 0)} takes a free one."
            )
        case errno.EACCES:
            return (
                f"{place} may not be listened on by this user. Ports below 1024 need privileges: choose a higher one."
            )
        case errno.EADDRNOTAVAIL:
            return (
                f"{address.host} is not an address of this machine. Listen on 127.0.0.1 to serve this machine alone, "
                "or on 0.0.0.0 to serve all that reach it."
            )
        case _:
            return f"{place} cannot be listened on: {error.strerror}. Choose another place: --listen ADDRESS:PORT"
