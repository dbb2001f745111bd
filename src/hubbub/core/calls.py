"""Calls: whom the messages of a room call, as its records tell."""

from hubbub.core.features.messages import Said
from hubbub.core.kinds import PersonId
from hubbub.core.unread import EVERYBODY


def calls_of(event: Said) -> tuple[PersonId, ...]:
    """Return whom something that is said calls, each once, `EVERYBODY` first."""
    if not event.mentions and not event.calls_all:
        return ()
    return tuple(dict.fromkeys((*((EVERYBODY,) if event.calls_all else ()), *event.mentions)))
