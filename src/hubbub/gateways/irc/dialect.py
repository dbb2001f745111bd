"""The dialect: records as lines of IRC, in as many variants as capabilities make a difference."""

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Final

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Announced, Said
from hubbub.core.features.moderation import Kicked
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.house import House
from hubbub.core.kinds import PersonId
from hubbub.core.room import Room, RoomKind, direct_people
from hubbub.gateways.file_phrases import NO_LINKS, FileLinks
from hubbub.gateways.irc.capabilities import HEARD_DIFFERENTLY, Capabilities, Capability
from hubbub.gateways.irc.names import Names
from hubbub.wire.irc.message import encode_line
from hubbub.wire.irc.timestamps import format_time

UNKNOWN_ACCOUNT: Final = "*"
"""Stands for the account of somebody who has none. IRCv3 extended-join."""

ANYBODY: Final = "*"
"""The target of what is said to everyone."""

ECHOED: Final[frozenset[type[AnyEvent]]] = frozenset({TopicSet})
"""What a client hears even where it comes from itself: IRC answers such commands by what comes of them."""


class IrcDialect:
    """How clients with certain capabilities hear a room."""

    folds = True
    keeps_state = True

    def __init__(self, house: House, names: Names, capabilities: Capabilities, links: FileLinks = NO_LINKS) -> None:
        self._house = house
        self._names = names
        self._links = links
        self._tells_time = Capability.SERVER_TIME in capabilities
        self._tells_ids = Capability.MESSAGE_TAGS in capabilities
        self._tells_accounts = Capability.ACCOUNT_TAG in capabilities
        self._joins_at_length = Capability.EXTENDED_JOIN in capabilities
        self._has_tags = self._tells_time or self._tells_ids or self._tells_accounts
        self.hears_itself = Capability.ECHO_MESSAGE in capabilities
        self.echoes: Collection[type[AnyEvent]] = ECHOED | {Said, Announced} if self.hears_itself else ECHOED

    def encode(self, room: Room, record: Record) -> bytes:
        """Return whole lines, or nothing where IRC has no word for it."""
        event = record.event
        if type(event) is Said:
            return self._said(room, record, event)
        return b"".join(self._happened(room, record, event))

    def _said(self, room: Room, record: Record, said: Said) -> bytes:
        """Return a message: a line for each of its lines."""
        source = self._names.author(said)
        target = room.name if room.kind is RoomKind.CHANNEL else self._addressee(room, said.author)
        command = "NOTICE" if said.manner == "notice" else "PRIVMSG"
        line = partial(encode_line, command, target, source=source, tags=self._tags(record, said))
        text = self._links.text_of(said)
        return b"".join([line(text=_as_spoken(said, one)) for one in text.split("\n")])

    def _happened(self, room: Room, record: Record, event: AnyEvent) -> Iterator[bytes]:  # noqa: C901 - a table
        line = partial(encode_line, source=self._names.author(event), tags=self._tags(record, event))
        match event:
            case Announced():
                for one in event.text.split("\n"):
                    yield line("NOTICE", ANYBODY, text=one)
            case Joined() if self._joins_at_length:
                account = self._names.account(event.author) or UNKNOWN_ACCOUNT
                yield line("JOIN", room.name, account, text=event.name)
            case Joined():
                yield line("JOIN", room.name)
            case Left() if event.quitting:
                yield line("QUIT", text=event.reason)
            case Left():
                yield line("PART", room.name, text=event.reason)
            case Kicked():
                yield line("KICK", room.name, event.person_name, text=event.reason or event.name)
            case TopicSet():
                yield line("TOPIC", room.name, text=event.text)
            case Renamed():
                yield line("NICK", event.new_name)
            case _:
                pass

    def _tags(self, record: Record, event: AnyEvent) -> dict[str, str] | None:
        if not self._has_tags:
            return None
        tags = {}
        if self._tells_time:
            tags["time"] = format_time(record.time_ms)
        if self._tells_ids:
            tags["msgid"] = record.id
        if self._tells_accounts and (account := self._names.account(event.author)):
            tags["account"] = account
        return tags

    def _addressee(self, room: Room, author: PersonId) -> str:
        """Return what the other in a conversation of two is called now."""
        others = [one for one in direct_people(room.kind, room.key) if one != author] or [author]
        other = self._house.find_by_id(others[0])
        return ANYBODY if other is None else other.name


class Dialects:
    """All variants that are heard: who hears the same way has the same one."""

    def __init__(self, house: House, names: Names, links: FileLinks) -> None:
        self._house = house
        self._names = names
        self._links = links
        self._variants: dict[Capabilities, IrcDialect] = {}

    def variant(self, capabilities: Iterable[Capability]) -> IrcDialect:
        """Return how a client with these capabilities hears."""
        heard = HEARD_DIFFERENTLY.intersection(capabilities)
        if heard not in self._variants:
            self._variants[heard] = IrcDialect(self._house, self._names, heard, self._links)
        return self._variants[heard]


def _as_spoken(said: Said, text: str) -> str:
    return f"\x01ACTION {text}\x01" if said.manner == "action" else text
