"""hubbub's own format: JSON Lines, a header first, then one object for each thing, and an end."""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from hubbub.wire.transfer.broken import BrokenArchive, explain
from hubbub.wire.transfer.things import VERSION, EndThing, Header, Thing

LINE_LIMIT: Final = 16 * 1_024 * 1_024
"""Longest line that is read, in bytes: a room with a hundred thousand members fits."""

_encoder: Final = msgspec.json.Encoder()
_header_decoder: Final = msgspec.json.Decoder(Header)
_decoder: Final[msgspec.json.Decoder[Thing]] = msgspec.json.Decoder(Thing)


def encode_line(thing: Header | Thing) -> bytes:
    """Return a line with its end; defaults are left out."""
    return _encoder.encode(thing) + b"\n"


def decode_header(line: bytes, file: str) -> Header:
    """Return the header; raises `BrokenArchive` for anything else, and for a version that nobody knows here."""
    try:
        header = _header_decoder.decode(line)
    except msgspec.DecodeError as error:
        raise BrokenArchive(f"this is no export of hubbub: {explain(error)}", file, 1) from error
    if header.hubbub_export != VERSION:
        raise BrokenArchive(
            f"this was written by another hubbub: its format is {header.hubbub_export}, and this one reads {VERSION}.",
            file,
            1,
        )
    return header


def decode_things(lines: Iterable[bytes], file: str) -> Iterator[tuple[int, Thing]]:
    """Yield what follows the header, each with its line's number, up to the end, which is checked.

    Raises `BrokenArchive` at the first line that cannot be understood, and where the end is missing.
    """
    number, messages = 1, 0
    for number, line in enumerate(lines, 2):
        thing = _decode(line, file, number)
        if isinstance(thing, EndThing):
            if thing.messages != messages:
                raise BrokenArchive(
                    f"here {messages} messages end, and there should be {thing.messages}.", file, number
                )
            return
        messages += thing.__struct_config__.tag == "message"
        yield number, thing
    raise BrokenArchive("the end is missing: the file was cut off.", file, number)


def _decode(line: bytes, file: str, number: int) -> Thing:
    if len(line) > LINE_LIMIT:
        raise BrokenArchive(f"this line is longer than {LINE_LIMIT} bytes.", file, number)
    try:
        line.decode()
        return _decoder.decode(line)
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise BrokenArchive(f"byte 0x{byte:02X} at position {error.start} is not UTF-8.", file, number) from error
    except msgspec.DecodeError as error:
        raise BrokenArchive(explain(error), file, number) from error
