"""A broken archive: what is wrong, and where."""

from typing import Final

import msgspec

WORDS_SHOWN: Final = 200
"""Longest reason shown, in characters: it may quote what stands in the file."""


class BrokenArchive(Exception):  # noqa: N818 - named by what is wrong
    """What was to be imported cannot be understood; nothing was imported."""

    def __init__(self, what: str, file: str, line: int = 0) -> None:
        """Say it of a line, the first being 1, or of a file as a whole."""
        super().__init__(f"{say_where(file, line)}: {what}")
        self.file = file
        self.line = line


def say_where(file: str, line: int) -> str:
    """Return a place for a sentence, harmless on any terminal."""
    shown = file if file.isprintable() else ascii(file)
    return f"{shown}, line {line}" if line else shown


def explain(error: msgspec.DecodeError) -> str:
    """Return what msgspec finds wrong, as the end of a sentence."""
    reason = str(error)[:WORDS_SHOWN]
    if isinstance(error, msgspec.ValidationError):
        return f"that is not what should stand here: {reason}."
    return f"that is no JSON: {reason}."
