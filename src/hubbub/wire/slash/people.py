"""Slash commands about oneself: who one is for others, and whom one lets write to one."""

from typing import Final, get_args

from hubbub.core.attention_requests import WatchPeople
from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.features.senders import Accept, LimitSenders, Unaccept
from hubbub.core.features.traits import SetTrait
from hubbub.core.queries import ListAccepted, ListTraits
from hubbub.core.room import Senders
from hubbub.wire.slash.arguments import read_switch, split_names
from hubbub.wire.slash.meanings import Meaning, SlashCommand


def _mean_about(rest: str, _room: str) -> Meaning | None:
    return Describe("" if rest == "-" else rest) if rest else None


def _mean_bot(rest: str, _room: str) -> Meaning | None:
    is_bot = read_switch(rest)
    return None if is_bot is None else MarkBot(is_bot)


def _mean_senders(rest: str, _room: str) -> Meaning | None:
    if not rest:
        return ListAccepted()
    near = [word for word in get_args(Senders) if word.startswith(rest.lower())]
    return LimitSenders(near[0]) if len(near) == 1 else None


def _mean_accept(rest: str, _room: str) -> Meaning | None:
    names = split_names(rest)
    return Accept(names) if names else None


def _mean_unaccept(rest: str, _room: str) -> Meaning | None:
    names = split_names(rest)
    return Unaccept(names) if names else None


def _mean_trait(rest: str, _room: str) -> Meaning | None:
    first, _, more = rest.partition(" ")
    subject = first if first.startswith("#") else ""
    key, _, value = (more.strip() if subject else rest).partition(" ")
    value = value.strip()
    return SetTrait(key, None if value == "-" else value, subject) if key and value else None


def _mean_traits(rest: str, _room: str) -> Meaning | None:
    return ListTraits(rest) if rest and " " not in rest else None


def _mean_watch(rest: str, _room: str) -> Meaning | None:
    names = split_names(rest)
    return WatchPeople(names) if names else None


def _mean_unwatch(rest: str, _room: str) -> Meaning | None:
    names = split_names(rest)
    return WatchPeople(names, is_watching=False) if names else None


PEOPLE: Final = (
    SlashCommand(("watch",), "NAME ...", "be told when people come and go", _mean_watch, "account"),
    SlashCommand(("unwatch",), "NAME ...", "no longer", _mean_unwatch, "account"),
    SlashCommand(("about",), "text | -", "say who you are, for /whois", _mean_about, "account"),
    SlashCommand(("bot",), "on | off", "say that you are a program", _mean_bot, "account"),
    SlashCommand(("trait",), "[#room] KEY value | -", "note something for programs", _mean_trait, "account"),
    SlashCommand(("traits",), "NAME | #room", "what is noted", _mean_traits, "account"),
    SlashCommand(
        ("senders",),
        "[whom]",
        "who may write to you alone",
        _mean_senders,
        "account",
        more=(
            "/senders everyone | accounts | accepted",
            "With accepted, only whom you /accept may, or have written to yourself; you are told who wants to.",
        ),
    ),
    SlashCommand(("accept",), "NAME…", "let them write to you", _mean_accept, "account"),
    SlashCommand(("unaccept",), "NAME…", "let them no longer", _mean_unaccept, "account"),
    SlashCommand(
        ("accepted",), "", "whom you have accepted", lambda rest, _: None if rest else ListAccepted(), "account"
    ),
)
"""What one says of oneself, and whom one lets write to one."""
