"""Completing: what may stand where somebody is writing: names, rooms, commands, emoji, paths. Pure, but for paths."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final

import msgspec

from hubbub.tui.visible import make_visible

MOST: Final = 50
"""Most candidates: nobody tries more of them one by one."""

Find = Callable[[str], Iterable[str]]
"""Returns what begins so, as somebody would want it offered."""


class Words(msgspec.Struct, frozen=True):
    """What may be completed to."""

    names: Sequence[str] = ()
    """Those who are there, who spoke last first."""
    rooms: Sequence[str] = ()
    commands: Sequence[str] = ()
    """Without the slash."""
    find_paths: Find | None = None


class Completion(msgspec.Struct, frozen=True):
    """What could stand in the place of what is written."""

    start: int
    """Where in the text that begins which is replaced."""
    candidates: tuple[str, ...]
    labels: tuple[str, ...]
    """How each is shown where one chooses."""


def complete(before: str, words: Words) -> Completion | None:
    """Return what the last word before the cursor may become; None where nothing begins so."""
    for take in (_take_command, _take_path, _take_emoji, _take_room, _take_name):
        completion = take(before, words)
        if completion is not None:
            return completion if completion.candidates else None
    return None


def _take_command(before: str, words: Words) -> Completion | None:
    if not before.startswith("/") or re.search(r"\s", before) or before.startswith("//"):
        return None
    found = _beginning(before[1:], words.commands)
    return _completion(0, [f"/{word} " for word in found], [f"/{word}" for word in found])


def _take_path(before: str, words: Words) -> Completion | None:
    found = _UPLOAD.match(before)
    if found is None or words.find_paths is None:
        return None
    paths = list(words.find_paths(found[1]))[:MOST]
    return _completion(found.start(1), paths, [_last_part(path) for path in paths])


def _take_emoji(before: str, _words: Words) -> Completion | None:
    found = _EMOJI.search(before)
    if found is None:
        return None
    prefix = found[1].lower()
    names = sorted((name for name in emoji() if name.startswith(prefix)), key=lambda name: (len(name), name))[:MOST]
    return _completion(
        found.start(1) - 1, [emoji()[name] for name in names], [f"{emoji()[name]} {name}" for name in names]
    )


def _take_room(before: str, words: Words) -> Completion | None:
    found = _ROOM.search(before)
    if found is None:
        return None
    rooms = _beginning(found[0], words.rooms)
    return _completion(found.start(), [f"{room} " for room in rooms], rooms)


def _take_name(before: str, words: Words) -> Completion | None:
    found = _NAME.search(before)
    if found is None:
        return None
    names = _beginning(found[0].removeprefix("@"), words.names)
    # At the beginning of a command names are arguments, and a list of them goes on behind a comma.
    at = "" if before.startswith("/") and not found[0].startswith("@") else "@"
    return _completion(found.start(), [f"{at}{name} " for name in names], names)


_UPLOAD: Final = re.compile(r"/upload\s+(.*)", re.DOTALL)
_EMOJI: Final = re.compile(r"(?<![\w:]):([a-z0-9_+-]{2,})$", re.IGNORECASE)
_ROOM: Final = re.compile(r"(?<![\w#])#[\w.\-]*$")
_NAME: Final = re.compile(r"(?<![\w@])@?[\w][\w.^{}\-]*$|(?<![\w@])@$")


def _beginning(prefix: str, words: Iterable[str]) -> list[str]:
    folded = prefix.casefold()
    return [word for word in words if word.casefold().startswith(folded) and is_writable(word)][:MOST]


def is_writable(word: str) -> bool:
    """Return whether a word may stand where somebody writes, which shows it as it is: no honest server has others."""
    return word.isprintable() and make_visible(word) == word


def _completion(start: int, candidates: Sequence[str], labels: Sequence[str]) -> Completion:
    return Completion(start, tuple(candidates), tuple(labels))


def _last_part(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2] + ("/" if path.endswith("/") else "")


@cache
def emoji() -> dict[str, str]:
    """Return emoji by their short names."""
    # Rich keeps them where it says that nobody is to look, and offers no other way to list them.
    from rich._emoji_codes import EMOJI  # noqa: PLC0415 - 3 600 of them, and most never need one

    return {name: character for name, character in EMOJI.items() if " " not in name}
