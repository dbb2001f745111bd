"""Rows: what they stand for, whichever statement brought them."""

from typing import Any

from hubbub.core.catalog import Record
from hubbub.core.revising import shown
from hubbub.wire.records import decode_event, decode_note


def shown_record(row: tuple[Any, ...]) -> Record:
    """Return the message in a row of place, time, body and note, as it looks now."""
    room, seq, time_ms, body, note = row
    return shown(Record(room, seq, time_ms, decode_event(body)), None if note is None else decode_note(note))
