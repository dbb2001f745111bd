"""Devices: how somebody who is logged in logs in with another device, without typing his password there.

He has a code made, which the other device reads as a picture. It can be used once, within minutes, and only the last
one that he had made: docs/decisions/devices.md.
"""

from typing import Final

import msgspec
import structlog

from hubbub.core.codes import hash_code
from hubbub.core.decisions.accounts import require_enabled
from hubbub.core.house import House, Person
from hubbub.core.kinds import PersonId, Refused
from hubbub.service.peers import Peer
from hubbub.service.ports import Clock
from hubbub.service.proofs import Proofs, RequireSafe
from hubbub.service.recognising import Recognising
from hubbub.service.secret_codes import make_code, make_id
from hubbub.service.vault import Code, CodeId, Vault

DEVICE_MS: Final = 3 * 60 * 1_000
"""How long a code is good, in milliseconds: long enough to fetch a telephone, too short to be found later."""

LABEL: Final = "logs a device in"

log = structlog.get_logger(__name__)


class DeviceCode(msgspec.Struct, frozen=True):
    """A code that logs one device in."""

    code: str
    expires_ms: int

    def __repr__(self) -> str:
        """Show nothing that is secret."""
        return f"<{type(self).__name__}>"


class Devices:
    """Makes such codes, and takes them."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        house: House,
        vault: Vault,
        proofs: Proofs,
        recognising: Recognising,
        clock: Clock,
        require_safe: RequireSafe,
    ) -> None:
        self._house = house
        self._vault = vault
        self._proofs = proofs
        self._recognising = recognising
        self._clock = clock
        self._require_safe = require_safe

    async def offer(self, person: Person, peer: Peer) -> DeviceCode:
        """Return a new code for somebody with an account; those he had made before are worth nothing any more.

        Raises `Refused` and `StoreUnavailable`.
        """
        if self._house.account_of(person.id) is None:
            raise Refused("not_registered", "That needs an account: a guest is one only where he came in.")
        self._require_safe(peer)
        await self._withdraw(person.id)
        secret, now_ms = make_code(), self._clock.time_ms()
        hashed = hash_code(secret)
        if hashed is None:
            raise AssertionError("a code that was just made is none")
        code = Code(CodeId(make_id()), hashed, "device", person.id, LABEL, now_ms, now_ms + DEVICE_MS, 1)
        await self._vault.add_code(code)
        log.info("device.offered", name=person.name, peer=peer.place)
        return DeviceCode(secret, now_ms + DEVICE_MS)

    async def accept(self, text: str, peer: Peer) -> tuple[PersonId, str]:
        """Return whose code that was, and what the device is to show from now on; the code is used up.

        Raises `Refused` and `StoreUnavailable`; whoever guesses has to wait.
        """
        self._require_safe(peer)
        hashed = hash_code(text)
        # As with invitations: codes are guessed by addresses, not at anybody.
        with self._proofs.attempt("", peer) as attempt:
            code = None if hashed is None else await self._vault.redeem_code(hashed, self._clock.time_ms())
            if code is None or code.role != "device" or code.created_by is None:
                if code is not None:
                    await self._vault.give_back_code(code.secret_hash)
                attempt.fail()
                raise Refused(
                    "bad_code",
                    "That link logs nobody in any more: it can be used once, for three minutes. Have another shown.",
                )
        await self._vault.delete_code(code.id)
        require_enabled(self._house, code.created_by)
        return code.created_by, await self._recognising.admit(code.created_by, peer)

    async def _withdraw(self, account: PersonId) -> None:
        now_ms = self._clock.time_ms()
        for code in await self._vault.list_codes():
            if code.role == "device" and (code.created_by == account or not code.is_good(now_ms)):
                await self._vault.delete_code(code.id)
