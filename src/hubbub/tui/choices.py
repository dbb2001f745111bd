"""Choices: where somebody wants to go, and as whom."""

import msgspec


class Who(msgspec.Struct, frozen=True):
    """As whom somebody wants to come in."""

    name: str = ""
    password: str = ""
    token: str = ""
    """What lets in who has an account; then no name is needed."""
    is_new: bool = False
    """Whether the account is to be opened."""
    code: str = ""
    """The invitation, where one is needed for that."""

    def __repr__(self) -> str:
        """Show nothing that is secret."""
        return f"<Who {self.name}>"


class Choice(msgspec.Struct, frozen=True):
    """Where somebody wants to go, and as whom."""

    endpoint: str
    who: Who
    fingerprint: str = ""
    """By which certificate the server is known; empty where an authority vouches for it, or it is new."""
    rooms: tuple[str, ...] = ()
    """Where a guest comes in; the lobby unless told otherwise."""
