"""Webhooks: the parts that programs speak by, are told by, and are managed with, joined."""

from hubbub.core.answers import Answer
from hubbub.core.hook_requests import AnyHookRequest
from hubbub.core.house import House
from hubbub.core.limits import Limits
from hubbub.service.consulting import Consulting
from hubbub.service.hook_desk import HookDesk
from hubbub.service.hook_speaking import HookSpeaking, Perform
from hubbub.service.hook_store import HookStore
from hubbub.service.incoming_hooks import IncomingHooks
from hubbub.service.outgoing_hooks import MakePoster, OutgoingHooks
from hubbub.service.ports import Clock, Store
from hubbub.service.proofs import RequireSafe
from hubbub.service.rooms import Rooms
from hubbub.service.sessions import Asker


class Webhooks:
    """All that a node has of them."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        hooks: HookStore,
        store: Store,
        rooms: Rooms,
        house: House,
        consulting: Consulting,
        perform: Perform,
        clock: Clock,
        limits: Limits,
        require_safe: RequireSafe,
        make_poster: MakePoster,
    ) -> None:
        speaking = HookSpeaking(rooms, consulting, perform)
        self.incoming = IncomingHooks(hooks, speaking, limits, clock)
        self.outgoing = OutgoingHooks(hooks, store, rooms, house, speaking, clock, make_poster)
        self._desk = HookDesk(house, rooms, hooks, self.outgoing, speaking, perform, clock, require_safe)

    def use(self, limits: Limits, public_url: str) -> None:
        """Go on with other limits, and with what is known of how the server is reached."""
        self.incoming.limits = limits
        self._desk.public_url = public_url

    async def serve(self, asker: Asker, asked: AnyHookRequest) -> Answer:
        """Answer what is asked about them. Raises `Refused` and `StoreUnavailable`."""
        return await self._desk.serve(asker, asked)
