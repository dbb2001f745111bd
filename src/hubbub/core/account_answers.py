"""Answers to what people ask about their accounts, and the keys to them."""

import msgspec

from hubbub.core.attention_answers import UnreadView
from hubbub.core.catalog import Record
from hubbub.core.kinds import Result, RoomId, Seq
from hubbub.core.levels import Level
from hubbub.core.room_answers import Entered


class Registered(Result, frozen=True):
    """One has an account from now on."""

    name: str


class LoggedOut(Result, frozen=True):
    """One is, on this connection, a guest, and in no room."""

    name: str


class TokenView(msgspec.Struct, frozen=True):
    """A token as its owner may see it."""

    id: str
    label: str
    created_ms: int
    used_ms: int | None


class TokenMade(Result, frozen=True):
    """A token, shown this once."""

    id: str
    secret: str

    def __repr__(self) -> str:
        """Write it without its secret."""
        return f"TokenMade(id={self.id!r})"


class TokenList(Result, frozen=True):
    """One's tokens, the oldest first."""

    tokens: tuple[TokenView, ...]


class SshKeyView(msgspec.Struct, frozen=True):
    """An SSH key as its owner may see it."""

    name: str
    kind: str
    """Its algorithm, such as `ssh-ed25519`."""
    fingerprint: str
    """As `ssh-keygen -l` shows it."""
    created_ms: int
    used_ms: int | None


class SshKeyAdded(Result, frozen=True):
    """A key lets its holder in from now on."""

    key: SshKeyView


class SshKeyList(Result, frozen=True):
    """One's SSH keys, the oldest first."""

    keys: tuple[SshKeyView, ...]


class InvitationView(msgspec.Struct, frozen=True):
    """An invitation as whoever made it, and administrators, may see it."""

    id: str
    label: str
    uses_left: int
    expires_ms: int | None


class InvitationMade(Result, frozen=True):
    """An invitation, whose code is shown this once."""

    id: str
    code: str
    uses: int
    expires_ms: int | None
    link: str = ""
    """Where a browser shows how the code is used; empty where the server does not know how it is reached."""

    def __repr__(self) -> str:
        """Write it without its code."""
        return f"InvitationMade(id={self.id!r})"


class InvitationList(Result, frozen=True):
    """Invitations, the oldest first."""

    invitations: tuple[InvitationView, ...]


class ConversationView(msgspec.Struct, frozen=True):
    """A conversation of two in which something was said."""

    id: RoomId
    name: str
    """`@` and the other's name."""
    seq: Seq


class LoggedIn(Result, frozen=True):
    """One is, on this connection, who has the account; its rooms as they are at this moment."""

    name: str
    rooms: tuple[Entered, ...]
    waiting: tuple[Record, ...] = ()
    """What others have told one alone since one was here last, oldest first."""
    unread: tuple[UnreadView, ...] = ()
    """Where there was something one has not read, a moment ago."""
    conversations: tuple[ConversationView, ...] = ()
    """With whom one has talked."""
    levels: dict[RoomId, Level] = msgspec.field(default_factory=dict)
    """In which rooms one is told of something else than what is usual."""
