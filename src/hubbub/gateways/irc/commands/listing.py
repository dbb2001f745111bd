"""LIST: which channels there are.

https://modern.ircdocs.horse/#list-message
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hubbub.core.patterns import PATTERN_LIMIT, matches
from hubbub.core.room import Room
from hubbub.gateways.irc import costs
from hubbub.gateways.irc.entry import Entry
from hubbub.gateways.irc.talk import Step, Talk, as_parameter, room_key
from hubbub.wire.irc.elist import ListConditions, Range, parse_list_conditions
from hubbub.wire.irc.message import IrcMessage
from hubbub.wire.irc.numerics import Numeric

LISTED: Final = 1_000
"""Most channels that one answer lists, the largest of them. With the longest topics they are half of what may wait for
a reader, so that nobody is sent away for asking: `SAFELIST`."""

MINUTE_MS: Final = 60_000

ANY: Final = Range()


def list_(talk: Talk, message: IrcMessage) -> Iterator[Step]:
    """List the channels that are asked for, or all of them; what the client may not know of is not there."""
    wanted = parse_list_conditions(message.params[:2])
    now_ms = talk.settings.clock.time_ms()
    there = talk.settings.list_rooms(talk.require_person())
    yield from costs.of(len(there) * (1 + len(wanted.names) + len(wanted.other_names)))
    names, other_names = _prepare(wanted.names), _prepare(wanted.other_names)
    rooms = [
        room
        for room in there
        if _is_of(room, wanted, now_ms)
        and (not names or any(_is_named(room, *one) for one in names))
        and not any(_is_named(room, *one) for one in other_names)
    ]
    yield talk.numeric(Numeric.RPL_LISTSTART, "Channel", text="Users  Name")
    for room in rooms[:LISTED]:
        topic = "" if room.topic is None else room.topic.text
        yield talk.numeric(Numeric.RPL_LIST, room.name, str(len(room.members)), text=topic)
    for condition in wanted.misread:
        yield talk.fail("LIST", "INVALID_PARAMS", as_parameter(condition), text="Nobody knows what that asks for")
    if len(rooms) > LISTED:
        yield talk.notice(f"There are {len(rooms) - LISTED} more. Ask for some of them: LIST #a*, or LIST >10")
    yield talk.numeric(Numeric.RPL_LISTEND, text="End of the list")


def _is_of(room: Room, wanted: ListConditions, now_ms: int) -> bool:
    """Return whether a channel is as large and as old as it is to be."""
    if len(room.members) not in wanted.size:
        return False
    topic_ms = 0 if room.topic is None else room.topic.time_ms
    ages = ((wanted.age_minutes, room.founded_ms), (wanted.topic_age_minutes, topic_ms))
    # Of what has never been, or nobody knows when it was, nothing can be said.
    return all(span == ANY or (then_ms and (now_ms - then_ms) // MINUTE_MS in span) for span, then_ms in ages)


def _prepare(masks: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pattern and the key that each mask is, once for all channels."""
    return [(mask[:PATTERN_LIMIT].casefold(), room_key(mask)) for mask in masks]


def _is_named(room: Room, pattern: str, key: str) -> bool:
    return room.key == key or matches(pattern, room.key)


COMMANDS: Final[Mapping[str, Entry]] = {"LIST": Entry(list_, is_dear=True)}
