"""Webhook commands: how programs speak in one's room, and are told what happens there."""

from typing import Final, get_args

from hubbub.core.hook_requests import ListHooks, MakeHook, RestartHook, RevokeHook
from hubbub.core.hooks import HookTopic
from hubbub.wire.slash.meanings import NO_ROOM, Meaning, Misuse, SlashCommand

TOPICS: Final[tuple[HookTopic, ...]] = get_args(HookTopic)


def _mean_webhook(rest: str, room: str) -> Meaning | None:
    if rest.startswith("#"):
        room, _, rest = rest.partition(" ")
    word, _, more = rest.strip().partition(" ")
    more = more.strip()
    match word.lower():
        case "revoke" if more:
            return RevokeHook(more)
        case "restart" if more:
            return RestartHook(more)
        case "" | "list" | "new" | "to" if not room:
            return NO_ROOM
        case "" | "list" if not more:
            return ListHooks(room)
        case "new":
            return MakeHook(room, more)
        case "to" if more:
            return _mean_to(more, room)
        case _:
            return None


def _mean_to(rest: str, room: str) -> Meaning:
    url, *words = rest.split()
    topics: list[HookTopic] = []
    for word in words:
        near = [topic for topic in TOPICS if topic.startswith(word.lower().strip(",")) and word.strip(",")]
        if len(near) != 1:
            return Misuse(f"What is posted is one or more of: {', '.join(TOPICS)}.")
        topics += near
    return MakeHook(room, "", url, tuple(topics)) if topics else MakeHook(room, "", url)


HOOKS: Final = (
    SlashCommand(
        ("webhook", "webhooks"),
        "[new LABEL | to URL]",
        "let programs speak or hear",
        _mean_webhook,
        "rooms",
        more=(
            "/webhook: which ones this room has; a #room may stand before what follows",
            "/webhook new LABEL: make an address; what programs post there is said here",
            "/webhook to URL: post what is said here to that address",
            f"/webhook to URL messages members …: post all of these: {', '.join(TOPICS)}",
            "/webhook restart ID: post again to one that was given up",
            "/webhook revoke ID: let one be worth nothing any more",
            "Only those who look after the room may do this. docs/how-to/webhooks.md tells more.",
        ),
    ),
)
"""What one needs to join a room with programs."""
