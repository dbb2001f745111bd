"""Events and notes as JSON: how they are stored, and how native clients see them."""

from typing import Final

import msgspec

from hubbub.core.catalog import AnyEvent
from hubbub.core.notes import Note

_decoder: Final[msgspec.json.Decoder[AnyEvent]] = msgspec.json.Decoder(AnyEvent)
_note_decoder: Final = msgspec.json.Decoder(Note)
_encoder: Final = msgspec.json.Encoder()


def encode_event(event: AnyEvent) -> bytes:
    """Return the event as one JSON object whose `event` field names its type; default values are left out."""
    return _encoder.encode(event)


def decode_event(data: bytes | str) -> AnyEvent:
    """Return the event that `encode_event` wrote; raises `msgspec.DecodeError` for anything else."""
    return _decoder.decode(data)


def event_name(event: AnyEvent) -> str:
    """Return the type's name as it stands in the `event` field."""
    return type(event).__name__


def encode_note(note: Note) -> bytes:
    """Return the note as one JSON object; default values are left out."""
    return _encoder.encode(note)


def decode_note(data: bytes | str) -> Note:
    """Return the note that `encode_note` wrote; raises `msgspec.DecodeError` for anything else."""
    return _note_decoder.decode(data)
