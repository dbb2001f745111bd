"""What those who look after a room ask about its webhooks. What they are told may hold secrets, shown once."""

import msgspec

from hubbub.core.hooks import HookTopic
from hubbub.core.kinds import tag_of


class HookRequest(msgspec.Struct, frozen=True, tag_field="type", tag=tag_of):
    """Something asked about a channel's webhooks."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class MakeHook(HookRequest, frozen=True):
    """Make a webhook: an address at which programs speak in a channel, or one that is told what happens there."""

    room: str
    label: str = ""
    """What it is called; empty for nothing in particular, or for where it posts to."""
    url: str = ""
    """Where what happens is posted; empty for a webhook at which programs speak."""
    topics: tuple[HookTopic, ...] = ("messages",)
    """What is posted."""


class ListHooks(HookRequest, frozen=True):
    """Which webhooks does this channel have?"""

    room: str


class RevokeHook(HookRequest, frozen=True):
    """Let a webhook be worth nothing any more."""

    hook: str
    """Its id, not its secret."""


class RestartHook(HookRequest, frozen=True):
    """Post to an address again that was given up, from where it stopped."""

    hook: str


AnyHookRequest = MakeHook | ListHooks | RevokeHook | RestartHook
"""Everything that can be asked about webhooks."""
