"""Answers to what is asked about webhooks."""

from typing import Literal

import msgspec

from hubbub.core.hooks import HookTopic
from hubbub.core.kinds import Result

HookState = Literal["working", "failing", "given_up"]
"""How posting goes: as it should, it is tried again later, or not before it is restarted."""


class HookMade(Result, frozen=True):
    """A webhook; what is secret of it is shown this once."""

    id: str
    room: str
    link: str = ""
    """Where programs speak: a URL, or only its path where the server does not know how it is reached."""
    signing_secret: str = ""
    """With what everything that is posted is signed: Standard Webhooks' symmetric secret, `whsec_…`."""

    def __repr__(self) -> str:
        """Write it without its secrets."""
        return f"HookMade(id={self.id!r})"


class HookView(msgspec.Struct, frozen=True):
    """A webhook as those who look after its room may see it."""

    id: str
    kind: Literal["incoming", "outgoing"]
    label: str
    maker: str
    """What whoever made it is called."""
    created_ms: int
    used_ms: int | None = None
    """When something was last said there; of those at which programs speak."""
    host: str = ""
    """To whom it posts; without the path, which may be a secret."""
    topics: tuple[HookTopic, ...] = ()
    state: HookState = "working"


class HookList(Result, frozen=True):
    """A channel's webhooks, the oldest first."""

    room: str
    hooks: tuple[HookView, ...]
