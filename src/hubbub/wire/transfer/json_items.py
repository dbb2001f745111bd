"""The elements of a JSON array, each with its line: so that what is wrong can be found in a file of any length."""

import json
from collections.abc import Iterator
from typing import Final

from hubbub.wire.transfer.broken import WORDS_SHOWN, BrokenArchive

_decoder: Final = json.JSONDecoder()
_SPACE: Final = " \t\r\n"


def read_items(data: bytes, file: str) -> Iterator[tuple[int, object]]:
    """Yield each element with the line that it begins in; raises `BrokenArchive` where the array is none."""
    text = _decode(data, file)
    place = _skip_space(text, 0)
    if text[place : place + 1] != "[":
        raise BrokenArchive("this should be a JSON array, which begins with [.", file, 1)
    line, counted = 1, 0
    separator = "["
    while True:
        place = _skip_space(text, place + 1)
        if separator == "[" and text[place : place + 1] == "]":
            break
        line, counted = line + text.count("\n", counted, place), place
        item, place = _decode_item(text, place, file, line)
        yield line, item
        place = _skip_space(text, place)
        separator = text[place : place + 1]
        if separator == "]":
            break
        if separator != ",":
            line += text.count("\n", counted, place)
            raise BrokenArchive("here a comma or the end of the array is missing.", file, line)
    if text[place + 1 :].strip(_SPACE):
        raise BrokenArchive("something stands behind the end of the array.", file, text.count("\n", 0, place) + 1)


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenArchive(f"byte 0x{data[error.start]:02X} is not UTF-8.", file, line) from error


def _decode_item(text: str, place: int, file: str, line: int) -> tuple[object, int]:
    try:
        return _decoder.raw_decode(text, place)
    except json.JSONDecodeError as error:
        raise BrokenArchive(f"that is no JSON: {error.msg}.", file, error.lineno) from error
    except ValueError as error:  # a number of more digits than Python reads
        raise BrokenArchive(f"that is no JSON for us: {str(error)[:WORDS_SHOWN]}.", file, line) from error
    except RecursionError as error:
        raise BrokenArchive("that is nested too deeply.", file, line) from error


def _skip_space(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SPACE:
        place += 1
    return place
