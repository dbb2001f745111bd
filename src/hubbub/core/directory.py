"""The directory: who has an account, what he is called, and which names are kept for whom.

It is the state of one room whose records are the accounts' history. The store alone decides their order, so of two who
want the same name, on whatever nodes, the one whose record comes first has it: the other record changes nothing.
"""

from typing import Final, Literal

import msgspec

from hubbub.core.bans import Ban
from hubbub.core.kinds import PersonId
from hubbub.core.roles import ServerRole

RESERVED_DAYS: Final = 30
"""How long a name is kept for whoever gave it up, in days. Issue "People and rooms"."""

RESERVED_MS: Final = RESERVED_DAYS * 24 * 60 * 60 * 1_000
"""The same in milliseconds."""

FORMER_NAMES: Final = 3
"""How many names one account may have kept for it: more would let one person take all the good ones."""

DELETED: Final = "deleted account"
"""What somebody is called, wherever his words stay, whose account is gone."""

Privacy = Literal["anyone", "roommates", "nobody"]
"""Who may write to somebody alone: anyone, those who share a room with him, or nobody."""


class Account(msgspec.Struct, frozen=True, gc=False):
    """Somebody who keeps his name, and everything that is his, when he leaves."""

    name: str
    key: str
    """The name's comparison form."""
    skeleton: str
    """What the name looks like."""
    opened_ms: int
    role: ServerRole = ServerRole.MEMBER
    is_disabled: bool = False
    """Whether he may not log in."""
    privacy: Privacy = "anyone"
    former: tuple[str, ...] = ()
    """Keys of the names it had before and that are kept for it, the last one first."""
    alerts: tuple[str, ...] = ()
    """Words at which he wants to be called, as they are compared."""
    shows_last_seen: bool = False
    """Whether others may know when he was here last."""


class Holder(msgspec.Struct, frozen=True, gc=False):
    """Whose a name is."""

    account: PersonId
    until_ms: int | None = None
    """When it is free again; None while the account is called so."""

    def holds(self, now_ms: int) -> bool:
        """Return whether nobody else may take the name."""
        return self.until_ms is None or now_ms < self.until_ms


class Directory(msgspec.Struct):
    """All accounts, and their names."""

    accounts: dict[PersonId, Account] = {}
    names: dict[str, Holder] = {}
    """By comparison form: those that accounts have, and those they gave up not long ago."""
    skeletons: dict[str, PersonId] = {}
    """Who is called something that looks like this; one is enough to refuse others."""
    bans: dict[str, Ban] = {}
    """Who is kept off the server, by the target's id."""
    closed: dict[PersonId, int] = {}
    """Those whose account is gone, with the time in milliseconds; their words stay, without their name."""

    def holder(self, key: str, now_ms: int) -> PersonId | None:
        """Return whose name it is, or None where an account may be opened under it."""
        holder = self.names.get(key)
        return holder.account if holder is not None and holder.holds(now_ms) else None

    def signed(self, person: PersonId, name: str) -> str:
        """Return what somebody is called who was called `name` when he said or did something."""
        return DELETED if person in self.closed else name

    def copy(self) -> "Directory":
        """Return an independent copy; its values are immutable and shared."""
        return Directory(
            self.accounts.copy(), self.names.copy(), self.skeletons.copy(), self.bans.copy(), self.closed.copy()
        )
