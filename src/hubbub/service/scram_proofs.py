"""SCRAM proofs: how somebody shows that he knows his account's password without sending it. RFC 5802, RFC 7677.

It is worth something where others read along, too, and so it is allowed without encryption where that is wanted of
passwords: who listens cannot log in with what he hears, and has to guess, `Cost.scram_iterations` each time.
"""

import hmac
import secrets
from typing import Final

import msgspec
import structlog

from hubbub.core.decisions.accounts import require_enabled
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.names import find_key
from hubbub.service.own_secrets import STAND_INS, load_own_secret
from hubbub.service.passwords import COST, SALT_BYTES
from hubbub.service.peers import Peer
from hubbub.service.proofs import Proofs
from hubbub.service.vault import ScramVerifier, Vault
from hubbub.wire.scram import is_proof_right, sign
from hubbub.wire.scram_messages import (
    BadScram,
    ClientFirst,
    parse_client_final,
    parse_client_first,
    write_server_final,
    write_server_first,
)

NONCE_BYTES: Final = 18
"""Random bytes of the server's part of a nonce: 24 characters, as the example of RFC 7677 has."""

WRONG: Final = "That name and that password do not belong together. Check both."

log = structlog.get_logger(__name__)


class Exchange(msgspec.Struct, frozen=True):
    """A proof that was begun; whoever carries it knows of it only what to send."""

    challenge: str
    """The server's first message."""
    first: ClientFirst
    nonce: str
    account: PersonId | None
    verifier: ScramVerifier

    def __repr__(self) -> str:
        """Show nothing that is secret."""
        return f"<{type(self).__name__}>"


class ScramProofs:
    """Begins and checks them, and slows down whoever guesses, as with passwords."""

    def __init__(self, house: House, vault: Vault, proofs: Proofs, iterations: int = COST.scram_iterations) -> None:
        self._house = house
        self._vault = vault
        self._proofs = proofs
        self._iterations = iterations
        self._nobody: ScramVerifier | None = None

    async def begin(self, message: str) -> Exchange:
        """Return the challenge for a client's first message: alike, and after the same work, for whoever is not there.

        Raises `Refused` with `bad_request`, and `StoreUnavailable`.
        """
        try:
            first = parse_client_first(message)
        except BadScram as error:
            raise Refused("bad_request", str(error)) from None
        account = self._proofs.find_account(first.name)
        nobody = await self._load_nobody()
        credentials = await self._vault.load_credentials(STAND_INS if account is None else account)
        is_somebody = account is not None and credentials is not None
        verifier = credentials.scram if is_somebody and credentials is not None else self._stand_in(nobody, first.name)
        nonce = first.nonce + secrets.token_urlsafe(NONCE_BYTES)
        challenge = write_server_first(nonce, verifier.salt, verifier.iterations)
        return Exchange(challenge, first, nonce, account if is_somebody else None, verifier)

    async def finish(self, exchange: Exchange, message: str, peer: Peer) -> tuple[PersonId, str]:
        """Return whose account was proved to be his, and the server's own proof.

        Raises `Refused` with `bad_request`, `wrong_password`, `too_fast` or `disabled`.
        """
        try:
            final = parse_client_final(message)
        except BadScram as error:
            raise Refused("bad_request", str(error)) from None
        if final.nonce != exchange.nonce or final.binding != exchange.first.header.encode():
            raise Refused("bad_request", "That proof belongs to another challenge. Begin again.")
        account = exchange.account
        found = None if account is None else self._house.account_of(account)
        said = f"{exchange.first.bare},{exchange.challenge},{final.without_proof}".encode()
        with self._proofs.attempt(find_key(exchange.first.name) if found is None else found.key, peer) as attempt:
            if not is_proof_right(exchange.verifier.stored_key, said, final.proof) or account is None:
                attempt.fail()
                log.info("login.failed", name="" if account is None else exchange.first.name, peer=peer.place)
                raise Refused("wrong_password", WRONG)
            attempt.succeed()
        require_enabled(self._house, account)
        return account, write_server_final(sign(exchange.verifier.server_key, said))

    async def _load_nobody(self) -> ScramVerifier:
        """Return the server's secret for stand-ins, which has to outlast it: their salts never change."""
        if self._nobody is None:
            self._nobody = await load_own_secret(self._vault, STAND_INS, self._iterations)
        return self._nobody

    def _stand_in(self, nobody: ScramVerifier, name: str) -> ScramVerifier:
        """Return what stands for the verifier of somebody who is not there: always the same for the same name."""
        digest = hmac.digest(nobody.salt, find_key(name).encode(), "sha256")
        return ScramVerifier(digest[:SALT_BYTES], self._iterations, nobody.stored_key, nobody.server_key)
