"""The claim: a code that makes its user the owner of a server that has none yet."""

from hubbub.core.directory import Directory
from hubbub.core.roles import ServerRole
from hubbub.service.ports import Clock
from hubbub.service.secret_codes import hash_code, make_code, make_id
from hubbub.service.vault import Code, CodeId, Vault

CLAIM_LABEL = "claims the server"


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


def describe_claim(code: str | None) -> list[str]:
    """Return what the operator is told about the code, if there is one."""
    return [] if code is None else [f"Nobody owns this server yet. Join, then: /register PASSWORD and /claim {code}"]
