"""Events and notes as JSON: how they are stored, and how native clients see them."""

import re
from typing import Final

import msgspec

from hubbub.core.catalog import AnyEvent
from hubbub.core.kinds import tag_of
from hubbub.core.notes import Note

_decoder: Final[msgspec.json.Decoder[AnyEvent]] = msgspec.json.Decoder(AnyEvent)
_note_decoder: Final = msgspec.json.Decoder(Note)
_encoder: Final = msgspec.json.Encoder()


def encode_event(event: AnyEvent) -> bytes:
    """Return the event as one JSON object whose `type` comes first; default values are left out."""
    return _encoder.encode(event)


def decode_event(data: bytes | str) -> AnyEvent:
    """Return the event that `encode_event` wrote; raises `msgspec.DecodeError` for anything else."""
    try:
        return _decoder.decode(data)
    except msgspec.ValidationError:
        return _decoder.decode(_read_old(data))


def encode_note(note: Note) -> bytes:
    """Return the note as one JSON object; default values are left out."""
    return _encoder.encode(note)


def decode_note(data: bytes | str) -> Note:
    """Return the note that `encode_note` wrote; raises `msgspec.DecodeError` for anything else."""
    return _note_decoder.decode(data)


def _read_old(data: bytes | str) -> str:
    """Return an event as it is written now. COMPAT: until 0.1 its type stood first as `"event":"TopicSet"`."""
    text = data if isinstance(data, str) else data.decode()
    found = _OLD_HEAD.match(text)
    return text if found is None else f'{{"type":"{tag_of(found[1])}"{text[found.end() :]}'


_OLD_HEAD: Final = re.compile(r'\{"event":"(\w+)"')
