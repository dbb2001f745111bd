"""Attention: answers what people ask about what they have read, begun to write and look out for."""

from typing import assert_never

from hubbub.core.answers import Answer
from hubbub.core.attention_answers import Following, Marked
from hubbub.core.attention_requests import (
    AnyAttentionRequest,
    FindDraft,
    FindLevel,
    FindMark,
    FollowThread,
    ListDrafts,
    ListLevels,
    ListUnread,
    MarkMessage,
    MarkRead,
    SaveDraft,
    SetLevel,
    ShowTyping,
    WatchAudit,
    WatchPeople,
)
from hubbub.core.conversations import CONVERSATION
from hubbub.core.decisions.speaking import how_refused, require_voice
from hubbub.core.features.membership import require_member
from hubbub.core.house import House, Person
from hubbub.core.kinds import Refused
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Done
from hubbub.core.people_answers import PeopleWatched
from hubbub.core.permissions import require_visible
from hubbub.core.revising import thread_of
from hubbub.core.room import direct_people
from hubbub.core.scene import DONE, Scene
from hubbub.core.signals import Drafting, Levelling, Marking
from hubbub.core.unread import NO_THREAD
from hubbub.service.audit_watch import AuditWatch
from hubbub.service.consulting import Consulting
from hubbub.service.drafts import Drafts
from hubbub.service.levels import Levels
from hubbub.service.notebook import Notebook, Place
from hubbub.service.ports import Clock
from hubbub.service.sessions import Asker, Session, Sessions
from hubbub.service.typing import TypingNotices
from hubbub.service.unread import Unread
from hubbub.service.whereabouts import Whereabouts


class Attention:
    """Serves one request at a time; what changes is told to the person's other connections."""

    def __init__(  # noqa: PLR0913 - the parts it joins, and nothing else
        self,
        house: House,
        sessions: Sessions,
        notebook: Notebook,
        whereabouts: Whereabouts,
        unread: Unread,
        drafts: Drafts,
        levels: Levels,
        typing: TypingNotices,
        consulting: Consulting,
        audit_watch: AuditWatch,
        clock: Clock,
        limits: Limits,
    ) -> None:
        self._house = house
        self._sessions = sessions
        self._notebook = notebook
        self._whereabouts = whereabouts
        self._unread = unread
        self._drafts = drafts
        self._levels = levels
        self._typing = typing
        self._consulting = consulting
        self._audit_watch = audit_watch
        self._clock = clock
        self.limits = limits

    async def serve(self, asker: Asker, asked: AnyAttentionRequest) -> Answer:  # noqa: C901 - a table
        """Return the answer. Raises `Refused` and `StoreUnavailable`."""
        person = asker.person
        if isinstance(asked, ShowTyping):
            return self._show_typing(person, asked)
        if isinstance(asked, WatchPeople):
            return self._watch(asker, asked)
        if not _is_for_guests(asked):
            self._require_account(person)
        match asked:
            case MarkRead() | MarkMessage():
                marked = await self._mark(person, asked)
                self._sessions.notice_others(asker, Marking(marked.room, marked.thread, marked.seq))
                return marked
            case FindMark():
                return await self._unread.find_mark(person, asked.room)
            case ListUnread():
                return await self._unread.find(person.id)
            case SaveDraft():
                draft = await self._drafts.save(person, asked, self.limits)
                self._sessions.notice_others(asker, Drafting(draft.room, draft.text))
                return draft
            case FindDraft():
                return await self._drafts.find(person, asked)
            case ListDrafts():
                return await self._drafts.find_all(person)
            case SetLevel():
                found = await self._levels.set(person, asked)
                self._sessions.notice_others(asker, Levelling(found.room, found.level, found.id))
                return found
            case FindLevel():
                return await self._levels.find(person, asked)
            case ListLevels():
                return await self._levels.find_all(person)
            case FollowThread():
                return await self._follow(person, asked)
            case WatchAudit():
                self._audit_watch.watch(self._scene(person), asker, is_watching=asked.is_watching)
                return DONE
            case _:
                assert_never(asked)

    def _scene(self, person: Person) -> Scene:
        return Scene(self._house, person, self.limits, self._clock.time_ms())

    def _require_account(self, person: Person) -> None:
        """Raise `Refused` with `not_registered`: what a guest notes is nobody's once he leaves."""
        if self._house.account_of(person.id) is None:
            raise Refused(
                "not_registered",
                "Only for people with an account is kept what they have read. Open one with /register.",
            )

    async def _mark(self, person: Person, asked: MarkRead | MarkMessage) -> Marked:
        if isinstance(asked, MarkRead):
            return await self._unread.mark(person, asked)
        live, message = await self._consulting.read(person, asked.message)
        spot = self._whereabouts.spot_at(person.id, live)
        thread, seq = (thread_of(message), None) if asked.is_thread else (NO_THREAD, message.seq)
        return await self._unread.mark_at(person, spot, thread, seq)

    async def _follow(self, person: Person, asked: FollowThread) -> Following:
        live, message = await self._consulting.read(person, asked.message)
        thread = thread_of(message)
        await self._notebook.save_follow(person.id, Place(live.id, thread), is_following=asked.is_following)
        name = await self._whereabouts.name(person.id, live.id)
        return Following(name, thread, asked.is_following)

    def _watch(self, asker: Asker, asked: WatchPeople) -> PeopleWatched:
        if not isinstance(asker, Session):
            raise Refused("not_allowed", "That can only be asked on a connection.")
        lookout = self._sessions.lookout
        if asked.is_watching:
            return lookout.watch(self._house, asker, asked.names, closely=asked.closely)
        lookout.stop(asker, asked.names)
        return PeopleWatched((), ())

    def _show_typing(self, person: Person, asked: ShowTyping) -> Done:
        scene = self._scene(person)
        if asked.room.startswith("#"):
            room = require_visible(self._house, asked.room, person.id)
            require_member(room, person.id)
            require_voice(scene, room)
            self._typing.show(person, asked.state, room.id, room.name, room.members)
            return DONE
        other = self._house.find_named(asked.room.removeprefix(CONVERSATION))
        conversation = None if other is None else self._house.direct_room(person.id, other.id)
        # Whoever has never been spoken to, or does not hear the asker, sees nothing.
        if other is not None and conversation is not None and not how_refused(self._house, person, other, scene.now_ms):
            people = direct_people(conversation.kind, conversation.key)
            self._typing.show(person, asked.state, conversation.id, CONVERSATION + person.name, people)
        return DONE


def _is_for_guests(asked: AnyAttentionRequest) -> bool:
    """Return whether that can be remembered of a guest while he is here: for each room, and not for threads."""
    match asked:
        case FindMark() | SetLevel() | FindLevel() | ListLevels():
            return True
        case MarkRead():
            return asked.thread == NO_THREAD
        case MarkMessage():
            return not asked.is_thread
        case _:
            return False
