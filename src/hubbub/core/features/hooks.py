"""Webhooks as commands: what they say, and what is done with them. The service performs them; nobody asks for them."""

from typing import Literal

from hubbub.core.kinds import Command, Manner, PersonId, RoomId

GovernAct = Literal["add webhook", "remove webhook", "restart webhook"]
"""What is done with a hook; so it stands in the audit."""


class Post(Command, frozen=True):
    """Say something in a channel as one of its hooks."""

    room: RoomId
    maker: PersonId
    """Who made the hook."""
    text: str
    manner: Manner = "text"
    reply_to: str = ""
    """The id of the message that it answers; empty for none."""
    nonce: str = ""
    """See `nonces`."""


class GovernHook(Command, frozen=True):
    """Do something with a hook of a channel; who may is asked, and that it was done is written down."""

    room: str
    act: GovernAct
    target: str
    """What the hook is called, for the audit."""
