"""Signals: what is true for a moment, told to those whom it concerns and never kept."""

from hubbub.core.kinds import Signal


class Idling(Signal, frozen=True):
    """Someone in a shared room is away."""

    name: str
    message: str


class Returning(Signal, frozen=True):
    """Someone in a shared room is back."""

    name: str


class Refusing(Signal, frozen=True):
    """The person called `name` takes messages from you no longer."""

    name: str


class Accepting(Signal, frozen=True):
    """The person called `name`, who refused your messages and told you so, takes them again."""

    name: str


class Hiding(Signal, frozen=True):
    """These people do not see what you say in this room; told once a room."""

    room: str
    """The channel's name, or empty for what you say to everyone."""
    names: tuple[str, ...]


class Appearing(Signal, frozen=True):
    """Some of those who stay in a shared room have come, and some have gone; told at most once a second."""

    arrived: tuple[str, ...]
    gone: tuple[str, ...]


class Telling(Signal, frozen=True):
    """One has told somebody something oneself, on another connection."""

    names: tuple[str, ...]
    text: str


AnySignal = Idling | Returning | Refusing | Accepting | Hiding | Appearing | Telling
"""Every signal there is."""
