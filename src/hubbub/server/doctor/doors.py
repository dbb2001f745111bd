"""The port: whether it is free or already ours, and who can reach it."""

import errno
import socket
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from typing import Final

from hubbub.server.addresses import WILDCARDS, Address, is_lan
from hubbub.server.doctor.findings import Finding, ok, problem, warning
from hubbub.server.errors import StartError
from hubbub.server.lan import public_places
from hubbub.server.listen import ListenAddress, join_host_port
from hubbub.server.sockets import require_free

PATIENCE_SECONDS: Final = 5.0
"""How long an answer is waited for."""

_QUESTION: Final = b"GET / HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n"

_NAME: Final = b"hubbub"
"""Stands in what a hubbub answers to that."""

_ANSWER_BYTES: Final = 65_536


def look_at_doors(listen: Sequence[ListenAddress], machine: Sequence[Address], owner: str) -> Iterator[Finding]:
    """Look at each place where the server listens; `owner` is the process that has the data, if any."""
    for address in listen:
        yield _look_at(address, owner)
    found = resolve(listen)
    yield _judge_reach(found, machine)
    if public := public_places(found, machine):
        yield warning(
            "port",
            f"{', '.join(public)} may be reached by everybody on the Internet.",
            "If that is not meant, listen on 127.0.0.1, or with --lan.",
        )


def resolve(listen: Sequence[ListenAddress]) -> list[ListenAddress]:
    """Return the same with addresses for names; a name without any is left out."""
    found = []
    for address in listen:
        try:
            infos = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        except OSError:
            continue
        found.append(ListenAddress(str(infos[0][4][0]), address.port, address.protocol))
    return found


def _look_at(address: ListenAddress, owner: str) -> Finding:
    if not address.port:
        return ok("port", f"{address}: the system chooses a free port at the start.")
    place = join_host_port(address.host, address.port)
    try:
        require_free(address)
    except StartError as error:
        if not (isinstance(error.__cause__, OSError) and error.__cause__.errno == errno.EADDRINUSE):
            return problem("port", error.sentence)
        if not _answers(address):
            return problem("port", error.sentence, f"Who it is: ss -ltnp 'sport = :{address.port}'")
        if not owner:
            return problem(
                "port",
                f"At {place} another hubbub answers, which does not use this data folder.",
                "Stop it, or choose another port: --listen ADDRESS:PORT",
            )
        return ok("port", f"{place} answers, and process {owner} uses the data.")
    if owner:
        return warning(
            "port",
            f"Process {owner} uses the data, and nobody answers at {place}.",
            "Name the places with which the server was started: --listen, --config or HUBBUB_LISTEN.",
        )
    return ok("port", f"{place} is free.")


def _answers(address: ListenAddress) -> bool:
    """Return whether it is a hubbub that listens there, as far as can be found out."""
    host = WILDCARDS.get(address.host, address.host)
    try:
        with socket.create_connection((host, address.port), PATIENCE_SECONDS) as connection:
            if address.protocol != "auto":
                return True
            connection.sendall(_QUESTION)
            heard = b""
            while _NAME not in heard and len(heard) < _ANSWER_BYTES and (data := connection.recv(4_096)):
                heard += data
            return _NAME in heard
    except OSError:
        return False


def _judge_reach(listen: Sequence[ListenAddress], machine: Sequence[Address]) -> Finding:
    """Say who can come: this machine alone, or which addresses the neighbours can try."""
    places = [
        join_host_port(str(one), address.port)
        for address in listen
        for one in (machine if address.host in WILDCARDS else [ip_address(address.host)])
        if is_lan(one)
        and one in machine
        and (address.host not in WILDCARDS or ip_address(address.host).version == one.version)
    ]
    if places:
        return ok(
            "port", f"Neighbours can join at {', '.join(dict.fromkeys(places))}, unless a firewall keeps them out."
        )
    return ok("port", "Neighbours cannot join; hubbub serve --lan would let them in.")
