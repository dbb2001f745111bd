"""Registration: what a client has said of itself before it is in."""

from hubbub.service.entrance import Proven


class Registration:
    """Collects it; in whatever order it comes."""

    __slots__ = (
        "away",
        "is_negotiating",
        "is_pending",
        "nick",
        "password",
        "proven",
        "realname",
        "traits",
        "user",
        "version",
    )

    def __init__(self) -> None:
        self.nick = ""
        self.user = ""
        self.realname = ""
        self.password = ""
        self.proven: Proven | None = None
        """Whose account it has proved to have."""
        self.away: str | None = None
        """Why nobody is there, "" where somebody is; None as long as nothing is said of it."""
        self.traits: dict[str, str | None] = {}
        """What is to be noted about it, by key; None takes away what is."""
        self.is_negotiating = False
        """Whether the client has begun to negotiate capabilities and not ended it: registration waits for that."""
        self.is_pending = False
        """Whether it is being found out whether the client may come in so."""
        self.version = 0
        """Of capability negotiation, as far as the client has told; 302 knows values."""

    @property
    def is_complete(self) -> bool:
        """Whether everything is said that has to be."""
        return bool(self.nick and self.user) and not self.is_negotiating and not self.is_pending
