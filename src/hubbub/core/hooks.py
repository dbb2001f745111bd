"""Webhooks: what lets programs speak in a room, and hear what happens there, without anybody's account.

A hook is somebody of its own: it has an id as people have, and what it says is signed with a name that no person can
have, because no person's name may hold a bracket.
"""

from collections.abc import Mapping
from typing import Final, Literal

from hubbub.core.catalog import AnyEvent, addressed
from hubbub.core.features.annotating import Deleted, Edited, Reacted, Unreacted
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Said
from hubbub.core.features.moderation import Kicked
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.topics import TopicSet
from hubbub.core.kinds import PersonId
from hubbub.core.names import NAME_LIMIT, suggest_name
from hubbub.core.roles import RoomRole

HOOK_PREFIX: Final = "hook:"
"""Begins the id of every hook, and of nobody else."""

SIGNED: Final = "(webhook)"
"""Ends the name of every hook. In one word with what stands before it: protocols divide lines at spaces."""

HookTopic = Literal["messages", "edits", "deletions", "reactions", "members", "topic"]
"""What a hook may hear of."""

_TOPICS: Final[Mapping[type, HookTopic]] = {
    Said: "messages",
    Edited: "edits",
    Deleted: "deletions",
    Reacted: "reactions",
    Unreacted: "reactions",
    Joined: "members",
    Left: "members",
    Kicked: "members",
    Renamed: "members",
    TopicSet: "topic",
}
"""Under what a hook hears of an event; it hears of no others."""

_NAMELESS: Final = "program"
"""What a hook is called of whose names nothing can be kept."""

_NOTHING_KEPT: Final = suggest_name("", lambda _: True)
"""What is suggested to somebody of whose wish nothing can be kept."""


def is_hook(person: PersonId) -> bool:
    """Return whether somebody is a hook."""
    return person.startswith(HOOK_PREFIX)


def topic_of(event: AnyEvent) -> HookTopic | None:
    """Return under what an event is heard of; None where no hook is told.

    What hooks say is heard by none: two that answer each other would never stop. And none is told what
    is said to some of a room only: nobody knows who reads what a hook is told.
    """
    is_told = not is_hook(event.author) and addressed(event) is RoomRole.MEMBER
    return _TOPICS.get(type(event)) if is_told else None


def signature(wanted: str, label: str) -> str:
    """Return what a hook is called that wants to be called so, or else like its label: never like a person."""
    own = next(filter(None, map(_keep, (wanted, label))), _NAMELESS)
    return own[: NAME_LIMIT - len(SIGNED)] + SIGNED


def _keep(text: str) -> str:
    """Return what a name can keep of a text; empty where that is nothing."""
    kept = suggest_name(text, lambda _: True)
    return "" if kept == _NOTHING_KEPT else kept
