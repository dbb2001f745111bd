"""The slash command that hands out what was said in a room."""

from collections.abc import Mapping
from typing import Final

from hubbub.core.queries import ExportFormat, FindExport
from hubbub.gateways.slash.meanings import NO_ROOM, Meaning, SlashCommand

_FORMATS: Final[Mapping[str, ExportFormat]] = {
    "jsonl": "jsonl",
    "json": "jsonl",
    "markdown": "markdown",
    "md": "markdown",
    "html": "html",
}
"""How the formats may be written; the first of each is its name."""


def _mean_export(rest: str, room: str) -> Meaning | None:
    words = rest.lower().split()
    if words and words[0].startswith(("#", "@")):
        room, words = rest.split(maxsplit=1)[0], words[1:]
    if len(words) > 1 or (words and words[0] not in _FORMATS):
        return None
    if not room:
        return NO_ROOM
    return FindExport(room, _FORMATS[words[0]] if words else "jsonl")


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
            "As many of the last messages as fit; hubbub export takes all.",
        ),
    ),
)
"""What one takes with oneself."""
