"""`--lan`: where to listen so that the neighbours can join, and nobody else."""

from collections.abc import Iterable, Sequence
from ipaddress import ip_address
from typing import Final, Literal

from hubbub.server.addresses import WILDCARDS, Address, is_lan, is_public
from hubbub.server.errors import StartError
from hubbub.server.listen import ListenAddress, join_host_port

Reach = Literal["listed", "lan", "public"]
"""Who is to be let in: those whom the settings name, all neighbours as well, or everybody."""

_VERSIONS: Final = {"0.0.0.0": 4, "::": 6}  # noqa: S104 - nothing is bound here


def require_lan(listened: Iterable[ListenAddress], machine: Iterable[Address]) -> None:
    """Raise `StartError` where `--lan` would let in more than the neighbours."""
    public = public_places(listened, machine)
    if public:
        raise StartError(
            f"--lan lets in your neighbours, and {_list(public)} can be reached by others. "
            "Listen elsewhere, or add --public if everybody may come."
        )


def widen(bound: Sequence[ListenAddress], machine: Sequence[Address], reach: Reach) -> list[ListenAddress]:
    """Return where to listen as well, on the port of the first listener that finds out who comes.

    Addresses that are listened on already are left out. Raises `StartError` when that would let nobody in.
    """
    port = next((one.port for one in bound if one.protocol == "auto"), bound[0].port)
    wanted = [one for one in machine if one.is_loopback or is_lan(one) or (reach == "public" and is_public(one))]
    if not any(is_lan(one) or is_public(one) for one in wanted):
        raise StartError(_explain_nobody(machine))
    taken = {one.host for one in bound if one.port == port}
    taken |= {str(one) for host in taken & WILDCARDS.keys() for one in _all(machine, host)}
    return [ListenAddress(str(one), port) for one in wanted if str(one) not in taken]


def public_places(listened: Iterable[ListenAddress], machine: Iterable[Address]) -> list[str]:
    """Return where others than this machine and its neighbours may come in."""
    own = list(machine)
    return [
        join_host_port(str(address), one.port)
        for one in listened
        for address in (_all(own, one.host) if one.host in WILDCARDS else [ip_address(one.host)])
        if is_public(address)
    ]


def _all(machine: Iterable[Address], wildcard: str) -> list[Address]:
    return [address for address in machine if address.version == _VERSIONS[wildcard]]


def _explain_nobody(machine: Iterable[Address]) -> str:
    public = [str(one) for one in machine if is_public(one)]
    if public:
        return (
            f"This machine has no address that only neighbours can reach, only {_list(public)}. "
            "Add --public if everybody may come."
        )
    return "This machine is in no network: --lan would let nobody in."


def _list(places: Sequence[str]) -> str:
    return ", ".join(places)
