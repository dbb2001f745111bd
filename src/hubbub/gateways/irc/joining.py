"""Joining: what a client is told when it comes into a channel, goes out of one, or is called something else."""

from collections.abc import Iterator
from functools import partial

from hubbub.core.answers import Answer
from hubbub.core.attention_requests import FindMark
from hubbub.core.bans import USER
from hubbub.core.room import Room, RoomKind, Topic
from hubbub.core.signals import AnySignal, Identifying, Retitling
from hubbub.gateways.irc import channel_modes, governing, metadata, reading
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.dialect import UNKNOWN_ACCOUNT
from hubbub.gateways.irc.talk import Question, Step, Talk, room_key
from hubbub.gateways.irc.telling import own_line
from hubbub.wire.irc.message import LINE_LIMIT, encode_line
from hubbub.wire.irc.numerics import Numeric

PUBLIC = "="
HIDDEN = "@"
"""Of which kind a channel is. 353, https://modern.ircdocs.horse/#rplnamreply-353"""


def joined(talk: Talk, room: Room) -> Iterator[bytes]:
    """Tell that the client is in a channel, what it is about, and who is there."""
    if talk.has(Capability.EXTENDED_JOIN):
        person = talk.require_person()
        account = talk.settings.names.account(person.id) or UNKNOWN_ACCOUNT
        yield own_line(talk, "JOIN", room.name, account, text=person.about or talk.nick)
    else:
        yield own_line(talk, "JOIN", room.name)
    if room.topic is not None:
        yield from topic(talk, room.name, room.topic)
    if talk.has(Capability.NO_IMPLICIT_NAMES):
        yield from _own_rank(talk, room)
    elif not talk.has(Capability.READ_MARKER):
        yield from names(talk, room)
    yield from metadata.sync_joined(talk, room)


def marked(talk: Talk, room: Room) -> Iterator[Step]:
    """Tell how far the client's user has read a channel that he is in, and who is there.

    The mark comes before 366. https://ircv3.net/specs/extensions/read-marker
    """
    if talk.has(Capability.READ_MARKER):
        yield Question(FindMark(room.name), partial(_marked, talk, room))


def _marked(talk: Talk, room: Room, answer: Answer) -> Iterator[Step]:
    if room.id not in talk.rooms:
        return
    yield reading.mark(talk, room.name, answer)
    if not talk.has(Capability.NO_IMPLICIT_NAMES):
        yield from names(talk, room)


def _own_rank(talk: Talk, room: Room) -> Iterator[bytes]:
    """Tell what the client is in a channel; others learn it from the list of names."""
    role = room.roles.get(talk.require_person().id)
    if role is not None:
        yield from governing.modes(room.name, (channel_modes.ranked(role, talk.nick),), talk.line)


def retitled(talk: Talk, signal: Retitling) -> Iterator[Step]:
    """Tell that a channel is called something else; who does not know that this can be, goes from one to the other.

    https://ircv3.net/specs/extensions/channel-rename
    """
    old_name, new_name = signal.old_name, signal.new_name
    room = talk.find_room(new_name)
    # "This fallback SHOULD NOT be used if the rename only changes the case of the channel name, as defined by the
    # casemapping": that is of ASCII letters, for all that such clients know.
    is_new = not old_name.isascii() or old_name.lower() != new_name.lower()
    if room is not None and is_new and not talk.has(Capability.CHANNEL_RENAME):
        yield own_line(talk, "PART", old_name, text=signal.reason or f"It is called {new_name} now")
        yield from joined(talk, room)
        yield from marked(talk, room)


def topic(talk: Talk, channel: str, topic: Topic | None) -> Iterator[bytes]:
    """Tell what a channel is about, and who said so when."""
    if topic is None:
        yield talk.numeric(Numeric.RPL_NOTOPIC, channel, text="No topic is set")
        return
    yield talk.numeric(Numeric.RPL_TOPIC, channel, text=topic.text)
    # In full, as other servers do: clients show what stands behind the `!` as well. A mere name where he is not known.
    setter = talk.settings.names.named(topic.name)
    yield talk.numeric(Numeric.RPL_TOPICWHOTIME, channel, setter, str(topic.time_ms // 1_000))


def names(talk: Talk, room: Room) -> Iterator[bytes]:
    """List who is in a channel."""
    # One for those who are invited is no other kind: clients take `@` for the mode `s`, and show that.
    kind = HIDDEN if room.settings.is_hidden else PUBLIC
    limit_bytes = LINE_LIMIT - len(talk.numeric(Numeric.RPL_NAMREPLY, kind, room.name, text=""))
    with_hosts = talk.has(Capability.USERHOST_IN_NAMES)
    for line in talk.settings.rosters.lines(room, limit_bytes, with_hosts=with_hosts):
        yield talk.numeric(Numeric.RPL_NAMREPLY, kind, room.name, text=line)
    yield end_of_names(talk, room.name)


def end_of_names(talk: Talk, channel: str) -> bytes:
    """Tell that this was the list; where one is not in, it is all that one is told."""
    return talk.numeric(Numeric.RPL_ENDOFNAMES, channel, text="End of the list")


def departed(talk: Talk, name: str) -> Iterator[bytes]:
    """Tell that the client is in a channel no longer, unless it knows."""
    if talk.departing.pop(name, None) is not None:
        yield own_line(talk, "PART", name)


def parted(talk: Talk, name: str, reason: str) -> Iterator[bytes]:
    """Tell that the client goes out of a channel as it wanted, before or after it has."""
    key = room_key(name)
    shown = next((shown for shown, room in talk.departing.items() if room.key == key), "")
    if shown:
        del talk.departing[shown]
    else:
        talk.parted.add(key)
    yield own_line(talk, "PART", shown or name, text=reason)


def renamed_elsewhere(talk: Talk, signal: AnySignal) -> Iterator[bytes]:
    """Tell what the client is called now because another client of the same account says so.

    Where it is in a channel it has heard that there, and takes it for its own name already.
    """
    if isinstance(signal, Identifying) and talk.is_renamed:
        if any(room.kind is RoomKind.CHANNEL for room in talk.rooms.values()):
            talk.told_name = talk.require_person().name
        else:
            yield from renamed(talk)


def renamed(talk: Talk) -> Iterator[bytes]:
    """Tell what the client is called now, if it thinks otherwise."""
    if talk.is_renamed:
        yield from _rehosted(talk)
        name = talk.require_person().name
        line = own_line(talk, "NICK", name)
        talk.told_name = name
        yield line


def _rehosted(talk: Talk) -> Iterator[bytes]:
    """Tell at which host the client is seen who has become somebody else. IRCv3 chghost."""
    former, talk.former_host = talk.former_host, ""
    host = talk.settings.names.host(talk.require_person().id)
    if former and former != host and talk.has(Capability.CHGHOST):
        yield encode_line("CHGHOST", USER, host, source=f"{talk.told_name}!{USER}@{former}")
