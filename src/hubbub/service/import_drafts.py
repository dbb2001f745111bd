"""What becomes of a room and its messages when they are imported: events, each with its name in the source."""

from collections.abc import Iterable, Iterator
from typing import Final

from hubbub.core.decisions.annotating import clean_reaction
from hubbub.core.features.annotating import PINS_LIMIT, Deleted, Edited, Pinned, Reacted
from hubbub.core.features.membership import REASON_LIMIT, Joined
from hubbub.core.features.messages import Confided, Said
from hubbub.core.features.room_roles import RoleSet
from hubbub.core.features.settings import SettingsChanged
from hubbub.core.features.topics import TOPIC_LIMIT, TopicSet
from hubbub.core.house import CONSOLE
from hubbub.core.kinds import PersonId, Refused, Seq
from hubbub.core.notes import EDITS_LIMIT, REACTIONS_LIMIT, REACTORS_LIMIT
from hubbub.core.roles import RoomRole
from hubbub.core.room_settings import MOST, Change
from hubbub.core.texts import clean_line, remove_controls
from hubbub.service.import_people import ImportPeople, fit_name
from hubbub.service.imports import ImportDraft
from hubbub.wire.transfer.prose import tell_file
from hubbub.wire.transfer.things import MessageThing, Person, RoomThing, to_ms

TEXT_LIMIT: Final = 65_536
"""Longest text that is imported, in bytes of UTF-8; the rest is cut off. Four times what can be said here, and as much
as fits into a page of history."""

LINES_LIMIT: Final = 1_000
"""Most lines of a text that is imported, for the same reason."""

CUT: Final = " […]"
"""Stands where the rest of a text is missing."""

_NOWHERE: Final = Seq(0)
"""In the place of a message that the store will find by its name."""

_CONSOLE_NAME: Final = "console"


class ImportDrafts:
    """Makes drafts of one archive's things."""

    def __init__(self, people: ImportPeople) -> None:
        self._people = people

    def beginning(self, room: RoomThing, time_ms: int) -> Iterator[ImportDraft]:
        """Yield what makes a new room what it is, but for its members."""
        if room.topic is not None and (text := clean_line(room.topic.text, TOPIC_LIMIT)):
            at_ms = time_ms if room.topic.time is None else to_ms(room.topic.time)
            topic = TopicSet(CONSOLE, fit_name(room.topic.name) if room.topic.name else _CONSOLE_NAME, text)
            yield ImportDraft(name_of(room, "topic"), at_ms, topic)
        change = self._settings(room)
        if change.fields:
            yield ImportDraft(name_of(room, "settings"), time_ms, SettingsChanged(CONSOLE, _CONSOLE_NAME, change))
        for officer in room.roles:
            account = self._people.find_account(Person(officer.name, officer.id))
            if account is not None:
                role = RoleSet(CONSOLE, _CONSOLE_NAME, account, self._people.called(account), officer.role)
                yield ImportDraft(name_of(room, f"role/{account}"), time_ms, role)

    def members(self, room: RoomThing, time_ms: int) -> Iterator[ImportDraft]:
        """Yield the coming of those members who have accounts: nobody else could ever leave."""
        for person, name in self._accounts_in(room).items():
            yield ImportDraft(name_of(room, f"member/{person}"), time_ms, Joined(person, name))

    def message(self, room: RoomThing, message: MessageThing, *, can_pin: bool) -> Iterator[ImportDraft]:
        """Yield a message and what became of it; nothing for one that says nothing."""
        name, time_ms = name_of(room, message.id), to_ms(message.time)
        author, called = self._people.find(Person(message.name, message.author)), fit_name(message.name)
        text = CUT if message.deleted else fit_text(_with_files(message))
        if not text:
            return
        first, *edits = _texts(message, text)
        to = message.to or RoomRole.MEMBER
        answered = name_of(room, message.reply_to) if message.reply_to else ""
        thread = name_of(room, message.thread) if message.thread else ""
        if to is RoomRole.MEMBER:
            yield ImportDraft(name, time_ms, Said(author, called, first[0], message.manner), answered, thread)
        else:
            yield ImportDraft(name, time_ms, Confided(author, called, text, to, message.manner))
        if message.deleted is not None:
            by = message.deleted.by
            deleted = Deleted(
                author if by is None else self._people.find(by),
                called if by is None else fit_name(by.name),
                _NOWHERE,
                author,
                called,
                reason=clean_line(message.deleted.reason, REASON_LIMIT),
                to=to,
            )
            yield ImportDraft(f"{name}/deleted", time_ms, deleted, name, thread)
            return
        if to is not RoomRole.MEMBER:
            return  # nothing else becomes of it
        for number, (edit, at_ms) in enumerate(edits):
            yield ImportDraft(f"{name}/edit/{at_ms}-{number}", at_ms, Edited(author, called, _NOWHERE, edit), name)
        yield from self._reactions(name, time_ms, message)
        if message.is_pinned and can_pin:
            yield ImportDraft(f"{name}/pin", time_ms, Pinned(CONSOLE, _CONSOLE_NAME, _NOWHERE), name)

    def _reactions(self, name: str, time_ms: int, message: MessageThing) -> Iterator[ImportDraft]:
        given = 0
        for reaction, people in _fit_reactions(message):
            for person in people[: REACTORS_LIMIT - given]:
                one = self._people.find(person)
                reacted = Reacted(one, fit_name(person.name), _NOWHERE, reaction)
                yield ImportDraft(f"{name}/react/{reaction}/{one}", time_ms, reacted, name)
            given = min(given + len(people), REACTORS_LIMIT)

    def _settings(self, room: RoomThing) -> Change:
        """Return what holds in the room here: not how long anything is kept, which would erase it at once.

        An archived room can be read by those who are in, and by nobody who comes: where nobody will be in, it becomes
        one in which only few speak.
        """
        there = room.settings
        is_archived = bool(there.is_archived)
        is_read = bool(self._accounts_in(room))
        access = "announcement" if is_archived and not is_read and there.access != "private" else there.access
        return Change(
            access=access,
            is_moderated=there.is_moderated or (True if is_archived and not is_read else None),
            slow_seconds=_within(there.slow_seconds, "slow_seconds"),
            member_limit=_within(there.member_limit, "member_limit"),
            is_topic_locked=there.is_topic_locked,
            history=there.history,
            is_group=there.is_group,
            is_archived=True if is_archived and is_read else None,
            is_hidden=there.is_hidden,
            accounts_only=there.accounts_only,
            speakers_have_accounts=there.speakers_have_accounts,
            refuses_queries=there.refuses_queries,
            is_plain=there.is_plain,
        )

    def _accounts_in(self, room: RoomThing) -> dict[PersonId, str]:
        found = map(self._people.find_account, room.members)
        return {account: self._people.called(account) for account in found if account is not None}


def name_of(room: RoomThing, thing: str = "") -> str:
    """Return what a room, or a thing in it, is called among all things of its source."""
    name = f"{room.id}/{thing}" if thing else room.id
    return remove_controls(name).replace("\n", " ")


def fit_text(text: str) -> str:
    """Return the text as it can be kept: harmless on any terminal, and not too long."""
    text = remove_controls(text.replace("\r\n", "\n")).strip("\n")
    if not text or text.isspace():
        return ""
    lines = text.split("\n", LINES_LIMIT)
    if len(lines) > LINES_LIMIT:
        text = "\n".join(lines[:LINES_LIMIT]) + CUT
    data = text.encode()
    return text if len(data) <= TEXT_LIMIT else data[: TEXT_LIMIT - len(CUT.encode())].decode(errors="ignore") + CUT


def count_pins(messages: Iterable[MessageThing]) -> Iterator[tuple[MessageThing, bool]]:
    """Yield messages, each with whether it may be pinned: the first ones, up to the limit."""
    pins = 0
    for message in messages:
        pins += message.is_pinned
        yield message, pins <= PINS_LIMIT


def _texts(message: MessageThing, now: str) -> list[tuple[str, int]]:
    """Return what a message has said, the first one first, each with the time since when."""
    before = [(text, to_ms(one.time)) for one in message.versions if (text := fit_text(one.text))][-EDITS_LIMIT:]
    if not before and message.edited is not None:
        before = [(now, to_ms(message.time))]  # some sources know that it was edited, and not what it said before
    return [*before, (now, to_ms(message.edited or message.time))]


def _fit_reactions(message: MessageThing) -> Iterator[tuple[str, tuple[Person, ...]]]:
    for reaction, people in list(message.reactions.items())[:REACTIONS_LIMIT]:
        try:
            yield clean_reaction(reaction), people
        except Refused:
            continue


def _within(value: int | None, setting: str) -> int | None:
    return None if value is None else min(max(value, 0), MOST[setting])


def _with_files(message: MessageThing) -> str:
    """Return what a message says, and what its files were called: they stay where they are."""
    return "\n".join([*([message.text] if message.text else []), *(f"📎 {tell_file(file)}" for file in message.files)])
