"""Answers about people: what they are called, who they are, and whom they hear."""

import msgspec

from hubbub.core.kinds import Result
from hubbub.core.roles import ServerRole
from hubbub.core.room import Senders

ACCOUNTS_LISTED = 50
"""Most accounts one answer lists: of those who are not here, what is kept of each may have to be loaded."""


class Called(Result, frozen=True):
    """One is called so from now on."""

    name: str


class PersonFound(Result, frozen=True):
    """Somebody as others may see him."""

    name: str
    has_account: bool
    is_present: bool
    away: str | None
    """Why he is away, while he is here; None while he is there."""
    last_seen_ms: int | None
    """When he was here last, if he is not and lets it be known."""
    rooms: tuple[str, ...]
    """In which of the asker's channels he is, by name."""
    about: str = ""
    """Who he says he is."""
    is_bot: bool = False
    """Whether he says that he is a program."""


class AccountView(msgspec.Struct, frozen=True):
    """An account as administrators see it."""

    name: str
    role: ServerRole
    opened_ms: int
    """When it was opened, in milliseconds since 1970 UTC."""
    is_disabled: bool
    """Whether nobody may log in with it."""
    is_present: bool
    away: str | None
    """Why he is away, while he is here; None while he is there."""
    last_seen_ms: int | None
    """When he was here last, if he is not and lets it be known: administrators are told no more of that than others."""


class AccountList(Result, frozen=True):
    """Who has an account, of those who were asked for."""

    accounts: tuple[AccountView, ...]
    more: int = 0
    """How many more there are behind them."""


class BlocksChanged(Result, frozen=True):
    """Who is blocked, or no longer blocked, after a change, and who could not be found."""

    names: tuple[str, ...]
    unknown: tuple[str, ...]
    unchanged: tuple[str, ...] = ()
    """Who was blocked in that way already."""


class BlockList(Result, frozen=True):
    """Whom one blocks, by name."""

    names: tuple[str, ...]


class AcceptedChanged(Result, frozen=True):
    """Who is accepted, or no longer accepted, after a change, and who could not be found."""

    names: tuple[str, ...]
    unknown: tuple[str, ...]
    unchanged: tuple[str, ...] = ()
    """Who was accepted already."""


class AcceptedList(Result, frozen=True):
    """Who may write to one alone, and whom one has accepted, by name."""

    whom: Senders
    names: tuple[str, ...]
    shows_last_seen: bool = False
    """Whether others may know when one was here last."""


class TraitList(Result, frozen=True):
    """What programs have noted about somebody, or about a channel."""

    subject: str
    traits: dict[str, str]


class PeopleWatched(Result, frozen=True):
    """For whom one looks out from now on, of those who were named."""

    here: tuple[str, ...]
    """Who is here, as he is called."""
    absent: tuple[str, ...]
    """Who is not, or is nobody."""
    left_over: tuple[str, ...] = ()
    """For whom one does not, as it would be too many."""
