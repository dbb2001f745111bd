"""SSH keys: whose private halves log in to an account. They are public: who reads them learns nothing."""

from typing import Final

import structlog

from hubbub.core.account_answers import SshKeyAdded, SshKeyList, SshKeyView
from hubbub.core.account_requests import AddSshKey, RemoveSshKey
from hubbub.core.answers import Answer
from hubbub.core.decisions.accounts import require_enabled
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.message_answers import Done
from hubbub.core.texts import clean_line
from hubbub.service.ports import Clock
from hubbub.service.proofs import RequireSafe
from hubbub.service.revoking import Revoking
from hubbub.service.sessions import Asker
from hubbub.service.vault import SshKey, Vault
from hubbub.wire.ssh_keys import NAME_LIMIT, BadSshKeyError, fingerprint_of, parse_ssh_key, show_fingerprint

KEYS_PER_ACCOUNT: Final = 50
"""Most keys of one account: more than one person's machines."""

USE_MS: Final = 60_000
"""How exactly it is known when a key was last used, in milliseconds, as for tokens."""

log = structlog.get_logger(__name__)


class SshKeys:
    """Adds, lists and removes them, and knows whose they are."""

    def __init__(self, house: House, vault: Vault, revoking: Revoking, clock: Clock, require_safe: RequireSafe) -> None:
        self._house = house
        self._vault = vault
        self._revoking = revoking
        self._clock = clock
        self._require_safe = require_safe

    async def add(self, asker: Asker, asked: AddSshKey) -> Answer:
        """Let the holder of a key log in as whoever asks. Raises `Refused` and `StoreUnavailable`."""
        account = self._require_account(asker)
        # Who changes what is sent on the way would put a key of his own in its place.
        self._require_safe(asker.peer)
        try:
            parsed = parse_ssh_key(asked.key)
        except BadSshKeyError as error:
            raise Refused("bad_code", str(error)) from error
        own = await self._vault.list_ssh_keys(account)
        if len(own) >= KEYS_PER_ACCOUNT:
            raise Refused(
                "not_allowed", f"You have {KEYS_PER_ACCOUNT} keys, and that is the most. /ssh-key remove one first."
            )
        name = _find_free(parsed.comment or "key", {key.name for key in own})
        key = SshKey(parsed.fingerprint, account, name, parsed.kind, self._clock.time_ms())
        if not await self._vault.add_ssh_key(key):
            raise Refused("not_allowed", "That key lets somebody in already. A key belongs to one account.")
        log.info(
            "ssh_key.added", name=asker.person.name, which=show_fingerprint(key.fingerprint), peer=asker.peer.place
        )
        return SshKeyAdded(_view(key))

    async def list_all(self, asker: Asker) -> Answer:
        """Return an account's keys."""
        return SshKeyList(tuple(map(_view, await self._vault.list_ssh_keys(self._require_account(asker)))))

    async def remove(self, asker: Asker, asked: RemoveSshKey) -> Answer:
        """Let a key let nobody in any more, and end the connections that came by it."""
        account, name = self._require_account(asker), clean_line(asked.name, NAME_LIMIT)
        if not await self._revoking.remove_ssh_key(account, name, asker):
            raise Refused("bad_code", f"You have no key {name}. /ssh-key list shows them.")
        log.info("ssh_key.removed", name=asker.person.name)
        return Done()

    async def knows(self, data: bytes) -> bool:
        """Return whether a key lets somebody in, if its holder proves that he has it. Raises `StoreUnavailable`."""
        return await self._vault.find_ssh_key(fingerprint_of(data)) is not None

    async def recognise(self, data: bytes) -> SshKey:
        """Return the key by which somebody comes in, who has proved that it is his.

        Raises `Refused` where it lets nobody in any more, and `StoreUnavailable`. Nobody guesses keys, so nobody waits.
        """
        key = await self._vault.find_ssh_key(fingerprint_of(data))
        if key is None:
            raise Refused("wrong_password", "That key lets nobody in, or nobody any more.")
        require_enabled(self._house, key.account)
        now_ms = self._clock.time_ms()
        if key.used_ms is None or now_ms - key.used_ms >= USE_MS:
            await self._vault.note_ssh_key_use(key.fingerprint, now_ms)
        return key

    def _require_account(self, asker: Asker) -> PersonId:
        if self._house.account_of(asker.person.id) is None:
            raise Refused("not_registered", "That needs an account. Open one with /register PASSWORD.")
        return asker.person.id


def _find_free(wanted: str, taken: set[str]) -> str:
    """Return a name for a key that no other one of the account has."""
    names = (wanted, *(f"{wanted[: NAME_LIMIT - 3]}-{number}" for number in range(2, KEYS_PER_ACCOUNT + 2)))
    return next(name for name in names if name not in taken)


def _view(key: SshKey) -> SshKeyView:
    return SshKeyView(key.name, key.kind, show_fingerprint(key.fingerprint), key.created_ms, key.used_ms)
