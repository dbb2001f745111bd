"""Where webhooks are kept, beside the records: who may speak by which secret, and what was posted where."""

from typing import NewType, Protocol

import msgspec

from hubbub.core.hooks import HookTopic
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.service.vault import Secret

HookId = NewType("HookId", str)
"""Which webhook: made by the service, may be shown, and says nothing about its secret."""


class IncomingHook(Secret, frozen=True):
    """An address at which programs speak in a channel."""

    id: HookId
    room: RoomId
    person: PersonId
    """Who speaks by it: itself."""
    label: str
    created_by: PersonId
    created_ms: int
    secret_hash: bytes
    """SHA-256 of the secret: see `vault.Token.secret_hash`."""
    used_ms: int | None = None
    """When something was last said by it, about; None before the first time."""


class Progress(msgspec.Struct, frozen=True):
    """How far posting has come."""

    seq: Seq
    """The last record that was posted, or that need not be."""
    failures: int = 0
    """How often the next one was tried in vain."""
    retry_ms: int = 0
    """When it is tried again, in milliseconds since 1970 UTC; 0 for at once."""
    is_given_up: bool = False
    """Whether nothing is posted before somebody restarts it."""


class OutgoingHook(Secret, frozen=True):
    """An address that is told what happens in a channel."""

    id: HookId
    room: RoomId
    person: PersonId
    """Who says what it answers: itself."""
    label: str
    created_by: PersonId
    created_ms: int
    url: str
    signing_secret: str
    """As it was shown: whoever signs has to know it, so no hash will do. `docs/decisions/webhooks.md`."""
    topics: tuple[HookTopic, ...]
    progress: Progress


AnyHook = IncomingHook | OutgoingHook


class HookStore(Protocol):
    """Keeps webhooks. It is open while the store that it was made with is.

    Every method may raise `StoreUnavailable`, as the vault's do. What one node has changed, all others see when the
    method returns.
    """

    async def add(self, hook: AnyHook) -> None:
        """Keep a new webhook, whose id and secret no other has."""

    async def find(self, hook: HookId) -> AnyHook | None:
        """Return the webhook of that id, or None."""

    async def find_secret(self, secret_hash: bytes) -> IncomingHook | None:
        """Return the webhook with that secret, or None."""

    async def list_room(self, room: RoomId) -> list[AnyHook]:
        """Return a channel's webhooks, the oldest first."""

    async def list_outgoing(self) -> list[OutgoingHook]:
        """Return all webhooks that are posted to, of all channels, the oldest first."""

    async def count_made_by(self, account: PersonId) -> int:
        """Return how many webhooks of somebody's there are."""

    async def note_use(self, hook: HookId, time_ms: int) -> None:
        """Remember when something was said by a webhook, unless a later time is known; see `Vault.note_token_use`."""

    async def save_progress(self, hook: HookId, progress: Progress) -> None:
        """Keep how far posting has come; nothing happens where the webhook is gone."""

    async def delete(self, hook: HookId) -> bool:
        """Forget a webhook, and return whether there was one."""
