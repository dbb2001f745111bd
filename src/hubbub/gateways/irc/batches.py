"""Batches: lines that belong together. IRCv3 batch."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from hubbub.wire.irc.batch import TAG

if TYPE_CHECKING:
    from hubbub.gateways.irc.talk import Talk

_TAG: Final = f"{TAG}=".encode()


def batch(talk: "Talk", kind: str, lines: Iterable[bytes], *params: str) -> Iterator[bytes]:
    """Yield the lines in a batch of that kind."""
    reference = talk.next_batch()
    yield talk.line("BATCH", f"+{reference}", kind, *params)
    for line in lines:
        yield in_batch(line, reference)
    yield talk.line("BATCH", f"-{reference}")


def in_batch(line: bytes, reference: str) -> bytes:
    """Return the line as part of a batch; what is part of one already stays so: that is itself part of this one."""
    return line if _is_in_batch(line) else with_tag(line, f"{TAG}={reference}")


def is_one_batch(lines: Sequence[bytes]) -> bool:
    """Return whether the lines begin and end the same batch, and so are one."""
    opened, closed = _reference(lines[0]), _reference(lines[-1])
    return opened[:1] == b"+" and closed[:1] == b"-" and opened[1:] == closed[1:]


def _reference(line: bytes) -> bytes:
    """Return the first parameter of a BATCH; empty for any other line."""
    words = [word for word in line.split(b" ", 4) if word[:1] not in {b"@", b":"}]
    return words[1].strip() if words[0] == b"BATCH" and len(words) > 1 else b""


def _is_in_batch(line: bytes) -> bool:
    if not line.startswith(b"@"):
        return False
    tags, _, _ = line[1:].partition(b" ")
    return any(tag.startswith(_TAG) for tag in tags.split(b";"))


def with_tag(line: bytes, tag: str) -> bytes:
    """Return the line with one more tag."""
    if line.startswith(b"@"):
        return b"@" + tag.encode() + b";" + line[1:]
    return b"@" + tag.encode() + b" " + line
