"""Doors: the listeners of a server, and what its operator reads about them at its start."""

import socket
from collections.abc import Sequence
from ipaddress import ip_address
from typing import TextIO

from hubbub.server.addresses import WILDCARDS, machine_addresses, outward_address
from hubbub.server.claim import Codes, describe_claim, describe_lan_invitation
from hubbub.server.errors import StartError
from hubbub.server.lan import Reach, public_places, require_lan, widen
from hubbub.server.links import link_to
from hubbub.server.listen import ListenAddress
from hubbub.server.qr import draw_for
from hubbub.server.sockets import bound_addresses, open_listeners
from hubbub.server.tls import Tls
from hubbub.server.welcome import describe_danger, describe_joining, describe_lan
from hubbub.wire.links import invitation_link

Doors = list[tuple[ListenAddress, socket.socket]]
"""Where the server listens, as the settings or `--lan` say it, and the sockets."""


def open_doors(listen: Sequence[ListenAddress], reach: Reach) -> Doors:
    """Open the listeners that are wanted. Raises `StartError`; then none is left open."""
    doors = open_listeners(listen)
    if reach == "listed":
        return doors
    try:
        # Those for the neighbours first: whoever is shown one address is shown one that most can reach.
        return open_listeners(_neighbourly(bound_addresses(doors), reach)) + doors
    except StartError:
        for _, listener in doors:
            listener.close()
        raise


def _neighbourly(bound: Sequence[ListenAddress], reach: Reach) -> list[ListenAddress]:
    machine = machine_addresses()
    if reach == "lan":
        require_lan(bound, machine)
    outward = outward_address()
    return sorted(widen(bound, machine, reach), key=lambda one: (one.host != outward, ip_address(one.host).is_loopback))


def describe_start(  # noqa: PLR0913 - what there is to tell
    doors: Doors, tls: Tls, codes: Codes, reach: Reach, output: TextIO, own_link: str, host_key: str = ""
) -> list[str]:
    """Return what to print on this output: who may come in, and how; last of all that the server is ready.

    `own_link` begins links for a browser of the operator's; empty where no browser can do anything. `host_key` is the
    fingerprint for clients of SSH; empty where nobody speaks it.
    """
    listeners, bound = [address for address, _ in doors], bound_addresses(doors)
    machine = machine_addresses() if any(one.host in WILDCARDS for one in bound) else []
    lines = describe_danger(public_places(bound, machine))
    if reach != "listed":
        lines += _describe_neighbours(bound, codes.invitation, output)
    return lines + describe_joining(listeners, tls, describe_claim(codes.claim, own_link), host_key)


def _describe_neighbours(bound: Sequence[ListenAddress], invitation: str | None, output: TextIO) -> list[str]:
    server = link_to(bound)
    link = server if invitation is None else invitation_link(server, invitation)
    return describe_lan(bound, draw_for(output, link)) + describe_lan_invitation(invitation, link)
