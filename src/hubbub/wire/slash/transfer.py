"""The slash command that hands out what was said in a room."""

from collections.abc import Mapping
from typing import Final

from hubbub.core.kinds import Seq
from hubbub.core.queries import ExportFormat, FindExport
from hubbub.wire.slash.arguments import parse_number
from hubbub.wire.slash.meanings import NO_ROOM, Meaning, SlashCommand

_FORMATS: Final[Mapping[str, ExportFormat]] = {
    "jsonl": "jsonl",
    "json": "jsonl",
    "markdown": "markdown",
    "md": "markdown",
    "html": "html",
}
"""How the formats may be written; the first of each is its name."""


_BEFORE: Final = "before"
"""The word before the message before which one wants to have the others."""


def _mean_export(rest: str, room: str) -> Meaning | None:
    words = rest.lower().split()
    if words and words[0].startswith(("#", "@")):
        room, words = rest.split(maxsplit=1)[0], words[1:]
    before = parse_number(words[-1]) if words[-2:-1] == [_BEFORE] else None
    if before:
        words = words[:-2]
    if len(words) > 1 or (words and words[0] not in _FORMATS):
        return None
    if not room:
        return NO_ROOM
    return FindExport(room, _FORMATS[words[0]] if words else "jsonl", Seq(before) if before else None)


TRANSFER: Final = (
    SlashCommand(
        ("export",),
        "[ROOM] [format]",
        "print what was said, to be kept",
        _mean_export,
        "messages",
        more=(
            "ROOM is a #room, or @NAME for what you two have told each other.",
            "The format is jsonl, markdown or html: lines to be put into a file.",
            "As many of the last messages as fit; before 17 at the end prints those before the one with that id.",
        ),
    ),
)
"""What one takes with oneself."""
