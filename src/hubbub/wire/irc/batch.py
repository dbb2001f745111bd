"""Batches: lines that belong together, by a reference that each of them has. IRCv3 batch, and client-batch."""

import re
from typing import Final

import msgspec

TAG: Final = "batch"
"""The tag of a line that is part of one."""

_REFERENCE: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
"""Letters, digits and hyphens; nobody needs more of them."""


class BatchStart(msgspec.Struct, frozen=True):
    """A batch begins."""

    reference: str
    kind: str
    """Its type, such as `draft/multiline`."""
    params: tuple[str, ...] = ()


class BatchEnd(msgspec.Struct, frozen=True):
    """A batch is complete."""

    reference: str


def parse_batch(params: tuple[str, ...]) -> BatchStart | BatchEnd | None:
    """Return what the parameters of a BATCH say, or None where they are nonsense."""
    sign, reference = (params[0][:1], params[0][1:]) if params else ("", "")
    if not _REFERENCE.fullmatch(reference):
        return None
    if sign == "-":
        return BatchEnd(reference)
    return BatchStart(reference, params[1], params[2:]) if sign == "+" and len(params) > 1 else None
