"""Numbering: short names for messages, for those who type. They hold until the next list is shown."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from hubbub.core.catalog import Record
from hubbub.core.kinds import Refused
from hubbub.core.notes import MessageRef, parse_ref

_NUMBER: Final = re.compile("#([0-9]{1,4})")
_ID: Final = re.compile("[0-9]+-[0-9]+")


class Numbered:
    """The messages of the list that was shown last."""

    __slots__ = ("_messages",)

    def __init__(self) -> None:
        self._messages: Sequence[MessageRef] = ()

    def show(self, records: Iterable[Record]) -> None:
        """Let these be #1, #2 …, whatever rooms they are in; what was called so before is not any more."""
        self._messages = [MessageRef(record.room, record.seq) for record in records]

    def find(self, word: str) -> MessageRef | None:
        """Return the message that is called so, by number or by id, or None."""
        found = _NUMBER.fullmatch(word)
        if found is None:
            return parse_ref(word) if _is_id(word) else None
        number = int(found[1])
        return self._messages[number - 1] if 0 < number <= len(self._messages) else None


def is_name(word: str) -> bool:
    """Return whether a word can only be meant as the name of a message."""
    return _NUMBER.fullmatch(word) is not None or _ID.fullmatch(word) is not None


def _is_id(word: str) -> bool:
    try:
        parse_ref(word)
    except Refused:
        return False
    return True
