"""The elements of a JSON array, each with its line: so that what is wrong can be found in a file of any length."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Final

from hubbub.wire.transfer.broken import WORDS_SHOWN, BrokenArchive

_decoder: Final = json.JSONDecoder()
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
"""Half a character as JSON may write it. Texts that some program has cut off end in one, and UTF-8 cannot carry it."""

_SPACE: Final = " \t\r\n"


def read_items(data: bytes, file: str) -> Iterator[tuple[int, object]]:
    """Yield each element with the line that it begins in; raises `BrokenArchive` where the array is none."""
    text = _decode(data, file)
    place = _skip_space(text, 0)
    if text[place : place + 1] != "[":
        raise BrokenArchive("this should be a JSON array, which begins with [.", file, 1)
    mend = _mend if _SURROGATE.search(text) else _keep
    line, counted = 1, 0
    separator = "["
    while True:
        place = _skip_space(text, place + 1)
        if separator == "[" and text[place : place + 1] == "]":
            break
        line, counted = line + text.count("\n", counted, place), place
        item, place = _decode_item(text, place, file, line, mend)
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


def _decode_item(text: str, place: int, file: str, line: int, mend: Callable[[object], object]) -> tuple[object, int]:
    try:
        item, end = _decoder.raw_decode(text, place)
        return mend(item), end
    except json.JSONDecodeError as error:
        raise BrokenArchive(f"that is no JSON: {error.msg}.", file, error.lineno) from error
    except ValueError as error:  # a number of more digits than Python reads
        raise BrokenArchive(f"that is no JSON for us: {str(error)[:WORDS_SHOWN]}.", file, line) from error
    except RecursionError as error:
        raise BrokenArchive("that is nested too deeply.", file, line) from error


def _keep(item: object) -> object:
    return item


def _mend(item: object) -> object:
    """Return the same with whole characters only."""
    match item:
        case str():
            return item.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [_mend(one) for one in item]
        case dict():
            return {_mend(key): _mend(value) for key, value in item.items()}
        case _:
            return item


def _skip_space(text: str, place: int) -> int:
    while place < len(text) and text[place] in _SPACE:
        place += 1
    return place
