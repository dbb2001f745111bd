"""Facts: what a server tells everybody of itself, so that nobody tries at its door what it does not allow."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Final

import msgspec

from hubbub.core.access import Access, WhoMayEnter
from hubbub.core.kinds import Refused
from hubbub.service.accounts import Accounts
from hubbub.service.peers import Peer
from hubbub.service.proofs import RequireSafe

SOFTWARE: Final = f"hubbub {version('hubbub')}"
"""What a server calls itself, with its version."""


class ServerFacts(msgspec.Struct, frozen=True):
    """A server as whoever stands at its door may know it."""

    id: str
    """Which place it is, for ever."""
    software: str
    access: WhoMayEnter
    """Who may come in: anyone, people with an account, or those who opened theirs by invitation."""
    guests: bool
    """Whether a name is enough."""
    registration: bool
    """Whether accounts are opened without an invitation."""
    passwords: bool
    """Whether passwords are taken on this very connection: `tls.require`."""


class Facts:
    """Tells them as they are at the moment."""

    def __init__(self, accounts: Accounts, require_safe: RequireSafe, identity: Callable[[], str]) -> None:
        self._accounts = accounts
        self._require_safe = require_safe
        self._identity = identity

    def of(self, peer: Peer) -> ServerFacts:
        """Return what holds for whoever asks from there."""
        access = self._accounts.access
        return ServerFacts(
            self._identity(), SOFTWARE, access.who, _guests(access), _registration(access), self._is_safe(peer)
        )

    def _is_safe(self, peer: Peer) -> bool:
        try:
            self._require_safe(peer)
        except Refused:
            return False
        return True


def _guests(access: Access) -> bool:
    try:
        access.require_guest()
    except Refused:
        return False
    return True


def _registration(access: Access) -> bool:
    try:
        access.require_registration(invited=False)
    except Refused:
        return False
    return True
