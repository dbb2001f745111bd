"""Slash commands about oneself: who one is for others, and whom one lets write to one."""

from typing import Final

from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.gateways.slash.arguments import read_switch
from hubbub.gateways.slash.meanings import Meaning, SlashCommand


def _mean_about(rest: str, _room: str) -> Meaning | None:
    return Describe("" if rest == "-" else rest) if rest else None


def _mean_bot(rest: str, _room: str) -> Meaning | None:
    is_bot = read_switch(rest)
    return None if is_bot is None else MarkBot(is_bot)


PEOPLE: Final = (
    SlashCommand(("about",), "text | -", "say who you are, for /whois", _mean_about, "account"),
    SlashCommand(("bot",), "on | off", "say that you are a program", _mean_bot, "account"),
)
"""What one says of oneself."""
