"""The server's own secrets: random, made once, and kept among the passwords, each under an id that is nobody's."""

import secrets
from typing import Final

from hubbub.core.kinds import PersonId
from hubbub.service.passwords import COST
from hubbub.service.vault import Credentials, ScramVerifier, Vault

STAND_INS: Final = PersonId("scram")
"""What stands for the keys of those who are not there, when somebody wants to prove that he is one of them."""

CLOAKS: Final = PersonId("cloaks")
"""With what the hosts are made that people see of each other: see `core.cloaks`."""

OWN: Final = frozenset({STAND_INS, CLOAKS})
"""All of them: rows among the passwords that are nobody's."""

SECRET_BYTES: Final = 32
"""Random bytes of each: as many as SHA-256 makes, for all are keys to its HMAC. RFC 2104 section 3."""


async def load_own_secret(vault: Vault, which: PersonId, iterations: int = COST.scram_iterations) -> ScramVerifier:
    """Return one of them, which is made where there is none yet: always the same, on every node and after every start.

    Raises `StoreUnavailable`.
    """
    kept = await vault.load_credentials(which)
    if kept is None:
        keys = [secrets.token_bytes(SECRET_BYTES) for _ in range(3)]
        kept = Credentials("", ScramVerifier(keys[0], iterations, keys[1], keys[2]))
        await vault.save_credentials(which, kept)
        # Another node may have been about it, too.
        kept = await vault.load_credentials(which) or kept
    return kept.scram
