"""Texts: what is said from the shell, cut into messages as long as the server takes them."""

import re
import sys
from collections.abc import Iterator
from typing import Final

import click

from hubbub.core.kinds import Refused
from hubbub.core.notes import parse_ref
from hubbub.wire.splitting import split_text

STDIN: Final = "-"

INPUT_BYTES: Final = 262_144
"""Most that is read from a pipe: sixteen of the longest messages. What is longer is better sent as a file."""

_FENCE: Final = "```"

_FENCES: Final = re.compile(r"^ {0,3}(`{3,})", re.MULTILINE)


def read_text(text: str | None) -> str:
    """Return what is to be said: as it was given, or from standard input. Ends the process where there is nothing."""
    if text is None and sys.stdin.isatty():
        raise click.UsageError("Say what: as the last argument, or through a pipe.")
    if text is None or text == STDIN:
        data = sys.stdin.buffer.read(INPUT_BYTES + 1)
        if len(data) > INPUT_BYTES:
            raise click.UsageError(f"That is more than {INPUT_BYTES // 1024} KiB. Send it as a file, with --file -.")
        # What compilers and tests colour their output with is no text.
        text = click.unstyle(data.decode(errors="replace").replace("\r\n", "\n"))
    if not text.strip():
        raise click.UsageError("There is nothing to say in an empty message.")
    return text.strip("\n")


def cut(text: str, limit_bytes: int, limit_lines: int, *, is_code: bool) -> list[str]:
    """Return the text in parts that are short enough, between lines where that is possible; 0 means no limit.

    Code is put between fences, each part for itself.
    """
    fence = _fence_for(text)
    around_bytes, around_lines = (2 * len(fence) + 2, 2) if is_code else (0, 0)
    parts: list[str] = []
    lines: list[str] = []
    size = 0
    for line in _short_lines(text, limit_bytes - around_bytes if limit_bytes else 0):
        line_bytes = len(line.encode()) + 1
        is_full = limit_bytes and size + line_bytes > limit_bytes - around_bytes
        if lines and (is_full or (limit_lines and len(lines) >= limit_lines - around_lines)):
            parts.append("\n".join(lines))
            lines, size = [], 0
        lines.append(line)
        size += line_bytes
    parts.append("\n".join(lines))
    spoken = [part for part in parts if part.strip()]
    return [f"{fence}\n{part}\n{fence}" for part in spoken] if is_code else spoken


def _short_lines(text: str, limit_bytes: int) -> Iterator[str]:
    for line in text.split("\n"):
        if limit_bytes and len(line.encode()) >= limit_bytes:
            yield from split_text(line, limit_bytes - 1)
        else:
            yield line


def _fence_for(text: str) -> str:
    """Return a fence that nothing in the text closes. CommonMark section 4.5."""
    longest = max((len(found[1]) for found in _FENCES.finditer(text)), default=0)
    return "`" * max(len(_FENCE), longest + 1)


def check_id(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Return what was given as the id of a message, if it can be one. A callback of click's options."""
    del context, parameter
    if value is not None:
        try:
            parse_ref(value)
        except Refused:
            raise click.BadParameter(
                f"'{value}' is no id; they look like 4-8, and hubbub history shows them."
            ) from None
    return value
