"""The dialect: records as lines of IRC, in as many variants as capabilities make a difference."""

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Final

from hubbub.core.catalog import AnnotatingEvent, AnyEvent, ModerationEvent, Record
from hubbub.core.features.inviting import Invited
from hubbub.core.features.membership import HOUSE_REASONS, Joined, Left
from hubbub.core.features.messages import Announced, Confided, Said
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.settings import RoomRenamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.house import House
from hubbub.core.room import Room
from hubbub.core.texts import in_brackets
from hubbub.gateways.irc import channel_modes, governing
from hubbub.gateways.irc.capabilities import HEARD_DIFFERENTLY, Capabilities, Capability
from hubbub.gateways.irc.echoing import WORDS
from hubbub.gateways.irc.governing import Line
from hubbub.gateways.irc.names import Names
from hubbub.gateways.irc.remarks import remark
from hubbub.gateways.irc.speech import Speech
from hubbub.gateways.irc.tagging import Tagging
from hubbub.phrasing.file_phrases import NO_LINKS, FileLinks
from hubbub.wire.irc.message import encode_line

UNKNOWN_ACCOUNT: Final = "*"
"""Stands for the account of somebody who has none. IRCv3 extended-join."""


class IrcDialect:
    """How clients with certain capabilities hear a room."""

    folds = True
    keeps_state = True

    def __init__(self, house: House, names: Names, capabilities: Capabilities, links: FileLinks = NO_LINKS) -> None:
        self._names = names
        self._tagging = Tagging(names, capabilities)
        self._speech = Speech(house, names, capabilities, links)
        self._house = house
        self._tells_away = Capability.AWAY_NOTIFY in capabilities
        self._joins_at_length = Capability.EXTENDED_JOIN in capabilities
        self._tells_invitations = Capability.INVITE_NOTIFY in capabilities
        self._tells_new_names = Capability.CHANNEL_RENAME in capabilities
        self.hears_itself = Capability.ECHO_MESSAGE in capabilities
        # Where answers are labelled, the answer is the echo: the label stands before that.
        echoes = governing.ECHOED | WORDS if self.hears_itself else governing.ECHOED
        self.echoes: Collection[type[AnyEvent]] = () if Capability.LABELED_RESPONSE in capabilities else echoes

    def encode(self, room: Room, record: Record) -> bytes:
        """Return whole lines, or nothing where IRC has no word for it."""
        lines = self.lines(room, record)
        return lines[0] if len(lines) == 1 else b"".join(lines)

    def lines(self, room: Room, record: Record) -> list[bytes]:
        """Return the same, each line by itself."""
        event = record.event
        if type(event) is Said:
            return self._speech.said(room, record, event)
        if isinstance(event, Confided):
            return self._speech.confided(room, record, event)
        if isinstance(event, Announced):
            return self._speech.announced(record, event)
        if isinstance(event, AnnotatingEvent):
            return self._speech.annotated(room, record, event)
        return list(self._happened(room, record, event))

    def is_momentary(self, event: AnyEvent) -> bool:
        """Return whether it is told when it happens, and never again: that of a message which these cannot name."""
        return self._speech.tells_in_words(event)

    def _happened(self, room: Room, record: Record, event: AnyEvent) -> Iterator[bytes]:
        line = partial(encode_line, source=self._names.author(event), tags=self._tagging.of(record, event))
        match event:
            case Joined():
                yield self._joined(room, event, line)
                yield from self._announced(room, event, line)
            case Left() if event.quitting:
                yield line("QUIT", text=_why_gone(event))
            case Left():
                yield line("PART", room.name, text=event.reason)
            case _ if isinstance(event, ModerationEvent):
                yield from self._governed(room, event, line)
            case TopicSet():
                yield line("TOPIC", room.name, text=event.text)
            case Renamed():
                yield line("NICK", event.new_name)
            case _:
                if sentence := remark(room, record):
                    tags = self._tagging.of(record, event)
                    yield encode_line("NOTICE", room.name, text=sentence, source=self._names.server, tags=tags)

    def _joined(self, room: Room, event: Joined, line: Line) -> bytes:
        if not self._joins_at_length:
            return line("JOIN", room.name)
        person = self._house.people.get(event.author)
        real_name = person.about if person is not None and person.about else event.name
        return line("JOIN", room.name, self._names.account(event.author) or UNKNOWN_ACCOUNT, text=real_name)

    def _announced(self, room: Room, event: Joined, line: Line) -> Iterator[bytes]:
        """Tell what somebody who came in is there already, and whether he is away: IRCv3 away-notify."""
        if (role := room.roles.get(event.author)) is not None:
            given = channel_modes.ranked(role, event.name)
            yield from governing.modes(room.name, (given,), partial(encode_line, source=self._names.server))
        person = self._house.people.get(event.author) if self._tells_away else None
        if person is not None and person.away is not None:
            yield line("AWAY", text=person.away or "away")

    def _governed(self, room: Room, event: ModerationEvent, line: Line) -> Iterator[bytes]:
        match event:
            case Invited() if self._tells_invitations:
                yield line("INVITE", event.person_name, room.name)
            case RoomRenamed() if self._tells_new_names:
                yield line("RENAME", event.old_name, event.new_name, text=event.reason)
            case _:
                yield from governing.told(room, event, line)


def _why_gone(event: Left) -> str:
    """Return why somebody has left the server; what he says of it himself is marked as that, and who sent him off it.

    https://modern.ircdocs.horse/#quit-message and #kill-message
    """
    if event.by:
        return f"Killed ({event.by}{in_brackets(event.reason)})"
    return f"Quit: {event.reason}" if event.reason and event.reason not in HOUSE_REASONS else event.reason


class Dialects:
    """All variants that are heard: who hears the same way has the same one."""

    def __init__(self, house: House, names: Names, links: FileLinks) -> None:
        self._house = house
        self._names = names
        self.links = links
        """What files are shown as, and found by."""
        self._variants: dict[Capabilities, IrcDialect] = {}

    def variant(self, capabilities: Iterable[Capability]) -> IrcDialect:
        """Return how a client with these capabilities hears."""
        heard = HEARD_DIFFERENTLY.intersection(capabilities)
        if Capability.MULTILINE in heard and Capability.BATCH not in capabilities:
            # IRCv3 multiline: that of batches "MUST be negotiated to use multiline messages".
            heard -= {Capability.MULTILINE}
        if heard not in self._variants:
            self._variants[heard] = IrcDialect(self._house, self._names, heard, self.links)
        return self._variants[heard]
