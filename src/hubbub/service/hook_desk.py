"""The desk of webhooks: where those who look after a room make, list and revoke them."""

import secrets
from typing import Final, assert_never

import structlog

from hubbub.core.answers import Answer
from hubbub.core.decisions.governing import require_governed
from hubbub.core.features.hooks import GovernAct, GovernHook
from hubbub.core.hook_answers import HookList, HookMade, HookState, HookView
from hubbub.core.hook_requests import AnyHookRequest, ListHooks, MakeHook, RestartHook, RevokeHook
from hubbub.core.hooks import HOOK_PREFIX
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, Refused
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Done
from hubbub.core.names import parse_room_name
from hubbub.core.permissions import Act
from hubbub.core.room import Room, RoomKind
from hubbub.core.scene import Scene
from hubbub.core.texts import clean_line
from hubbub.service.hook_speaking import HookSpeaking, Perform
from hubbub.service.hook_store import AnyHook, HookId, HookStore, IncomingHook, OutgoingHook, Progress
from hubbub.service.outgoing_hooks import OutgoingHooks
from hubbub.service.ports import Clock
from hubbub.service.posting import Unreachable
from hubbub.service.proofs import RequireSafe
from hubbub.service.rooms import Rooms
from hubbub.service.secret_codes import hash_token, make_id, make_token
from hubbub.service.sessions import Asker
from hubbub.wire.hook_targets import UnfitTarget, parse_target
from hubbub.wire.hooks import HookMessage
from hubbub.wire.links import hook_link
from hubbub.wire.standard_webhooks import SECRET_BYTES, write_secret

LABEL_LIMIT: Final = 64
"""Longest label, in characters; the rest is cut off."""

HOOKS_PER_ROOM: Final = 20
"""Most webhooks of one channel: each that is posted to costs a request for everything that is said there."""

HOOKS_PER_ACCOUNT: Final = 100
"""Most webhooks of one account, in all its channels."""

log = structlog.get_logger(__name__)


class HookDesk:
    """Answers what is asked about webhooks."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        house: House,
        rooms: Rooms,
        hooks: HookStore,
        outgoing: OutgoingHooks,
        speaking: HookSpeaking,
        perform: Perform,
        clock: Clock,
        require_safe: RequireSafe,
    ) -> None:
        self._house = house
        self._rooms = rooms
        self._hooks = hooks
        self._outgoing = outgoing
        self._speaking = speaking
        self._perform = perform
        self._clock = clock
        self._require_safe = require_safe
        self.public_url = ""
        """How others reach this server; empty where that is not known. May be replaced at any time."""

    async def serve(self, asker: Asker, asked: AnyHookRequest) -> Answer:
        """Return the answer. Raises `Refused` and `StoreUnavailable`."""
        match asked:
            case MakeHook():
                return await self._make(asker, asked)
            case ListHooks():
                return await self._list(asker, asked)
            case RevokeHook():
                return await self._revoke(asker, asked)
            case RestartHook():
                return await self._restart(asker, asked)
            case _:
                assert_never(asked)

    async def _make(self, asker: Asker, asked: MakeHook) -> Answer:
        if self._house.account_of(asker.person.id) is None:
            raise Refused("not_registered", "That needs an account. Open one with /register PASSWORD.")
        self._require_safe(asker.peer)
        room = await self._find_governed(asker, asked.room)
        if asked.url:
            await self._require_target(asked)
        label = clean_line(asked.label or (parse_target(asked.url).host if asked.url else ""), LABEL_LIMIT)
        await self._require_few(asker, room)
        hook_id, person = HookId(make_id()), PersonId(HOOK_PREFIX + secrets.token_hex(8))
        # First of all: there is no webhook of which nobody can know who made it.
        await self._govern(asker, room, "add webhook", hook_id, label)
        now_ms, maker = self._clock.time_ms(), asker.person.id
        if asked.url:
            # After everything that was said before it was there.
            progress = Progress(self._require_settled(room).seq)
            secret, topics = write_secret(secrets.token_bytes(SECRET_BYTES)), tuple(dict.fromkeys(asked.topics))
            hook = OutgoingHook(hook_id, room.id, person, label, maker, now_ms, asked.url, secret, topics, progress)
            await self._hooks.add(hook)
            self._outgoing.add(hook)
            await self._announce(hook)
            return HookMade(hook_id, room.name, signing_secret=secret)
        token = make_token()
        hashed = hash_token(token)
        if hashed is None:
            raise AssertionError("a token that was just made is none")
        await self._hooks.add(IncomingHook(hook_id, room.id, person, label, maker, now_ms, hashed))
        return HookMade(hook_id, room.name, hook_link(self.public_url, token))

    async def _list(self, asker: Asker, asked: ListHooks) -> Answer:
        room = await self._find_governed(asker, asked.room)
        return HookList(room.name, tuple(map(self._view, await self._hooks.list_room(room.id))))

    async def _revoke(self, asker: Asker, asked: RevokeHook) -> Answer:
        hook, room = await self._find(asker, asked.hook)
        await self._govern(asker, room, "remove webhook", hook.id, hook.label)
        await self._hooks.delete(hook.id)
        if isinstance(hook, OutgoingHook):
            await self._outgoing.remove(hook)
        return Done()

    async def _restart(self, asker: Asker, asked: RestartHook) -> Answer:
        hook, room = await self._find(asker, asked.hook)
        if not isinstance(hook, OutgoingHook):
            raise Refused("not_allowed", "Nothing is posted to that webhook: programs speak by it.")
        await self._govern(asker, room, "restart webhook", hook.id, hook.label)
        progress = Progress(self._outgoing.progress_of(hook).seq)
        await self._hooks.save_progress(hook.id, progress)
        self._outgoing.restart(hook, progress)
        return Done()

    async def _find(self, asker: Asker, text: str) -> tuple[AnyHook, Room]:
        """Return a webhook and its room; nobody else learns whether it exists."""
        hook = await self._hooks.find(HookId(text.upper()))
        live = None if hook is None else await self._rooms.open_by_id(hook.room)
        try:
            if hook is not None and live is not None:
                return hook, require_governed(self._scene(asker), live.ahead.name, Act.HAVE_HOOKS)
        except Refused:
            pass
        raise Refused("bad_code", f"There is no webhook {clean_line(text, LABEL_LIMIT)} that you may change.")

    async def _find_governed(self, asker: Asker, name: str) -> Room:
        await self._rooms.open_existing(RoomKind.CHANNEL, parse_room_name(name).key)
        return require_governed(self._scene(asker), name, Act.HAVE_HOOKS)

    def _scene(self, asker: Asker) -> Scene:
        return Scene(self._house, asker.person, Limits(), self._clock.time_ms())

    def _require_settled(self, room: Room) -> Room:
        live = self._rooms.get(room.id)
        if live is None:
            raise LookupError(room.id)
        return live.settled

    async def _require_target(self, asked: MakeHook) -> None:
        if not asked.topics:
            raise Refused(
                "bad_setting", "Say what is to be posted: messages, edits, deletions, reactions, members, topic."
            )
        try:
            parse_target(asked.url)
            await self._outgoing.require_allowed(asked.url)
        except (UnfitTarget, Unreachable) as error:
            raise Refused("bad_setting", str(error)) from None

    async def _require_few(self, asker: Asker, room: Room) -> None:
        if len(await self._hooks.list_room(room.id)) >= HOOKS_PER_ROOM:
            raise Refused("list_full", f"{room.name} has {HOOKS_PER_ROOM} webhooks, the most. Revoke one first.")
        if await self._hooks.count_made_by(asker.person.id) >= HOOKS_PER_ACCOUNT:
            raise Refused("list_full", f"You have {HOOKS_PER_ACCOUNT} webhooks, the most. Revoke one first.")

    async def _govern(self, asker: Asker, room: Room, act: GovernAct, hook: HookId, label: str) -> None:
        target = f"{hook} ({label})" if label else hook
        await self._perform(asker, GovernHook(room.name, act, target), None)
        log.info("hook.governed", act=act, which=hook, name=asker.person.name)

    async def _announce(self, hook: OutgoingHook) -> None:
        """Tell everybody in the room that others hear them from now on."""
        told = ", ".join(hook.topics)
        sentence = f"From now on, what happens here ({told}) is also posted to {parse_target(hook.url).shown_host}."
        await self._speaking.say(hook, HookMessage(sentence, manner="notice"))

    def _view(self, hook: AnyHook) -> HookView:
        account = self._house.account_of(hook.created_by)
        maker = "" if account is None else account.name
        match hook:
            case IncomingHook():
                return HookView(hook.id, "incoming", hook.label, maker, hook.created_ms, hook.used_ms)
            case OutgoingHook():
                progress = self._outgoing.progress_of(hook)
                return HookView(
                    hook.id,
                    "outgoing",
                    hook.label,
                    maker,
                    hook.created_ms,
                    host=parse_target(hook.url).shown_host,
                    topics=hook.topics,
                    state=_state(progress),
                )
            case _:
                assert_never(hook)


def _state(progress: Progress) -> HookState:
    if progress.is_given_up:
        return "given_up"
    return "failing" if progress.failures else "working"
