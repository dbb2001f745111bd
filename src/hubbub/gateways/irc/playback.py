"""Playback: what was said before, as lines: in a batch for clients that know batches. IRCv3 chathistory."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from hubbub.core.catalog import SPOKEN_EVENTS, Record
from hubbub.core.features.messages import Announced, Confided, Said
from hubbub.core.room import Room
from hubbub.gateways.irc.batches import batch, with_tag
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.talk import Talk
from hubbub.phrasing.stamps import Stamper
from hubbub.wire.irc.timestamps import format_time

HISTORY_BATCH: Final = "chathistory"


def play(
    talk: Talk, target: str, room: Room | None, records: Iterable[Record], kind: str = HISTORY_BATCH
) -> Iterator[bytes]:
    """Tell what was said, and what happened, in a room; without one, nothing was."""
    lines = [] if room is None else [line for record in records for line in lines_of(talk, room, record)]
    if talk.has(Capability.BATCH):
        yield from batch(talk, kind, lines, target)
    else:
        yield from lines


def lines_of(talk: Talk, room: Room, record: Record) -> list[bytes]:
    """Return the lines of one record, as far as the client takes such from the past."""
    if not talk.has(Capability.EVENT_PLAYBACK) and not isinstance(record.event, SPOKEN_EVENTS):
        return []
    dialect = talk.settings.dialects.variant(talk.capabilities)
    if dialect.is_momentary(record.event):
        return []
    if not talk.has(Capability.SERVER_TIME):
        return dialect.lines(room, _stamped(talk, record))
    # What follows from a record has no tags of its own when it happens; in the past it needs its time.
    time = f"time={format_time(record.time_ms)}"
    return [line if line.startswith(b"@") else with_tag(line, time) for line in dialect.lines(room, record)]


def _stamped(talk: Talk, record: Record) -> Record:
    """Return a message that says when it was said, for clients that are not told so in another way."""
    event = record.event
    if not isinstance(event, Said | Confided | Announced):
        return record
    stamp = Stamper().full_stamp(record.time_ms, talk.settings.clock.time_ms())
    return replace(record, event=replace(event, text=stamp + event.text))
