"""Meanings: what a slash command comes to, and what a row of the tables is."""

from collections.abc import Callable
from typing import Final, Literal

import msgspec

from hubbub.core.account_requests import AnyAccountRequest
from hubbub.core.attention_requests import AnyAttentionRequest
from hubbub.core.catalog import AnyCommand
from hubbub.core.hook_requests import AnyHookRequest
from hubbub.core.notes import MessageRef
from hubbub.core.queries import AnyQuery

Area = Literal["everyday", "messages", "reading", "account", "rooms", "moderation", "server"]
"""Where `/help` lists a command: `/help` alone lists what one needs every day, `/help rooms` what concerns rooms …"""


class Help(msgspec.Struct, frozen=True):
    """The client wants an explanation: of one command, of an area, or (empty) of what one needs every day."""

    topic: str


class Ping(msgspec.Struct, frozen=True):
    """The client wants an answer that proves that everything before it is done."""

    token: str


class Quit(msgspec.Struct, frozen=True):
    """The client takes its leave."""

    reason: str


class SearchOn(msgspec.Struct, frozen=True):
    """The client wants more of what it looked for last."""


class Misuse(msgspec.Struct, frozen=True):
    """The command cannot mean that; a sentence says how it is used."""

    sentence: str


class Prompt(msgspec.Struct, frozen=True):
    """A question whose answer is secret: it is not shown where that can be helped, and never taken for a message."""

    question: str
    then: "Callable[[str], AnyAccountRequest | Prompt]"
    """What the answer comes to."""


class OnMessage(msgspec.Struct, frozen=True):
    """Something about a message that is named as only this client names it."""

    word: str
    """Its number, or its id."""
    then: "Callable[[MessageRef], AnyCommand | AnyQuery | AnyAttentionRequest]"
    """What is asked about it."""


class GatherAndSay(msgspec.Struct, frozen=True):
    """The client wants some people in a conversation, and to say something there."""

    names: tuple[str, ...]
    text: str


class Unknown(msgspec.Struct, frozen=True):
    """There is no such command."""

    word: str
    nearest: str | None


Meaning = (
    AnyCommand
    | AnyQuery
    | AnyAccountRequest
    | AnyAttentionRequest
    | AnyHookRequest
    | Prompt
    | OnMessage
    | GatherAndSay
    | Help
    | Ping
    | Quit
    | SearchOn
    | Misuse
    | Unknown
)
"""What a slash command comes to."""

NO_ROOM: Final = Misuse("You are in no room. Join one first: /join #lobby")


class SlashCommand(msgspec.Struct, frozen=True):
    """One row of a table."""

    words: tuple[str, ...]
    """Its name and the other words for it."""
    usage: str
    """What may follow it."""
    help: str
    mean: Callable[[str, str], Meaning | None]
    """Given the rest of the line and the current room, says what is meant; None where the rest does not fit."""
    area: Area = "everyday"
    is_listed: bool = True
    """Whether `/help` lists it; what only programs need would be in people's way."""
    more: tuple[str, ...] = ()
    """What `/help COMMAND` says besides."""

    @property
    def form(self) -> str:
        """How it is written."""
        return f"/{self.words[0]} {self.usage}".rstrip()
