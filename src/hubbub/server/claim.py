"""The claim: a code that makes its user the owner of a server that has none yet."""

from typing import Final

import msgspec

from hubbub.core.codes import hash_code
from hubbub.core.directory import Directory
from hubbub.core.roles import ServerRole
from hubbub.server.config import Settings
from hubbub.server.lan import Reach
from hubbub.service.keys import new_code
from hubbub.service.ports import Clock
from hubbub.service.secret_codes import make_code, make_id
from hubbub.service.vault import Code, CodeId, Vault
from hubbub.wire.links import claim_link

CLAIM_LABEL: Final = "claims the server"

LAN_USES: Final = 50
"""How many neighbours can open an account with one invitation: a large class."""

LAN_MS: Final = 24 * 60 * 60 * 1_000
"""How long it can be used, in milliseconds: a day; the next start makes another."""


class Codes(msgspec.Struct, frozen=True):
    """What a start tells its operator, and nobody else."""

    claim: str | None = None
    invitation: str | None = None
    """For the neighbours."""


async def make_claim(directory: Directory, vault: Vault, clock: Clock) -> str | None:
    """Return a new code that can be used once, or None where the server has an owner.

    Only its hash is kept, so each start makes another and the one before is worth nothing any more. Raises
    `StoreUnavailable`.
    """
    await vault.delete_codes("owner")
    if any(account.role is ServerRole.OWNER for account in directory.accounts.values()):
        return None
    secret = make_code()
    hashed = hash_code(secret)
    if hashed is None:
        raise AssertionError("a code that was just made is none")
    await vault.add_code(Code(CodeId(make_id()), hashed, "owner", None, CLAIM_LABEL, clock.time_ms(), None, 1))
    return secret


async def make_lan_invitation(settings: Settings, reach: Reach, vault: Vault, clock: Clock) -> str | None:
    """Return a code that invites the neighbours, where only who is invited may come in. Raises `StoreUnavailable`."""
    if reach == "listed" or settings.people.access != "invited":
        return None
    secret, code = new_code(LAN_USES, LAN_MS, "for the neighbours", clock.time_ms(), None)
    await vault.add_code(code)
    return secret


def describe_claim(code: str | None, server: str = "") -> list[str]:
    """Return what the operator is told about the code, if there is one; `server` begins links, where a browser can."""
    if code is None:
        return []
    link = [f"  {claim_link(server, code)}", "or do, in any client:"] if server else []
    how = "opens this link first will:" if server else "does this first will:"
    return [f"Nobody owns this server yet. Whoever {how}", *link, f"  /register PASSWORD, then /claim {code}"]


def describe_lan_invitation(code: str | None, link: str) -> list[str]:
    """Return what the operator is told about the neighbours' code, if there is one."""
    if code is None:
        return []
    return [f"They open accounts with this link ({LAN_USES} people, until tomorrow):", f"  {link}"]
