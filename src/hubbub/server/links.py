"""Links: where a browser finds the server, as far as can be told from where it listens."""

from collections.abc import Sequence
from ipaddress import ip_address

from hubbub.server.addresses import WILDCARDS, outward_address
from hubbub.server.config import Settings
from hubbub.server.listen import ListenAddress, join_host_port
from hubbub.wire.links import UNKNOWN, invitation_link


def link_to(listeners: Sequence[ListenAddress]) -> str:
    """Return what links begin with: the first listener that shows pages to others, or else to this machine.

    Clear text: whoever follows it may put `https` there.
    """
    shown = [one for one in listeners if one.protocol == "auto" and one.port]
    if not shown:
        return UNKNOWN
    best = min(shown, key=lambda one: _is_own(one.host))
    return f"http://{join_host_port(_reachable(best.host), best.port)}"


def own_link_to(listeners: Sequence[ListenAddress]) -> str:
    """Return what links begin with that are for whoever sits at this machine; empty where no listener shows pages.

    This machine itself first: there, passwords may be sent without TLS (`tls.require`).
    """
    shown = [one for one in listeners if one.protocol == "auto" and one.port]
    if not shown:
        return ""
    best = min(shown, key=lambda one: not (_is_own(one.host) or one.host in WILDCARDS))
    return f"http://{join_host_port(WILDCARDS.get(best.host, best.host), best.port)}"


def link_to_invitation(settings: Settings, code: str) -> str:
    """Return the link to an invitation to a server with these settings, which may run or not."""
    return invitation_link(settings.public_url or link_to(settings.addresses()), code)


def _reachable(host: str) -> str:
    if host == "0.0.0.0":  # noqa: S104 - nothing is bound here
        return outward_address() or WILDCARDS[host]
    return WILDCARDS.get(host, host)


def _is_own(host: str) -> bool:
    """Whether only this machine itself finds a listener there; `::` tells no address that others could use."""
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_loopback or host == "::"
