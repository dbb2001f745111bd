"""What people ask about their own accounts.

These are no commands of the core: they hold secrets, and most of what they need is looked up or computed for a while
before anything is decided. None of them is ever written down, and none shows its secrets in its `repr`.
"""

import msgspec

from hubbub.core.kinds import PageSize, TimeMs, tag_of


class AccountRequest(msgspec.Struct, frozen=True, tag_field="type", tag=tag_of):
    """Something asked about one's own account."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class Register(AccountRequest, frozen=True):
    """Open an account under the name one has."""

    password: str
    code: str = ""
    """An invitation, or what claims the server; empty for none."""


class LogIn(AccountRequest, frozen=True):
    """Be, on this connection, who has an account."""

    name: str
    password: str
    """Or a token."""


class LogOut(AccountRequest, frozen=True):
    """Be, on this connection, a guest again."""


class ChangePassword(AccountRequest, frozen=True):
    """Log in with another password from now on."""

    old: str
    new: str


class DeleteAccount(AccountRequest, frozen=True):
    """Give up one's account and name for good."""

    password: str


class Claim(AccountRequest, frozen=True):
    """Become the owner of the server with the code that it printed."""

    code: str


class MakeToken(AccountRequest, frozen=True):
    """Make a token that lets a program log in as oneself."""

    label: str


class ListTokens(AccountRequest, frozen=True):
    """Which tokens have I made?"""


class RevokeToken(AccountRequest, frozen=True):
    """Let a token be worth nothing any more."""

    token: str
    """Its id, not its secret."""


class AddSshKey(AccountRequest, frozen=True):
    """Let whoever holds the private half of a key log in as oneself over SSH."""

    key: str
    """The line of its public half, as it stands in a file that ends with `.pub`; its comment becomes its name."""


class ListSshKeys(AccountRequest, frozen=True):
    """Which keys let me in over SSH?"""


class RemoveSshKey(AccountRequest, frozen=True):
    """Let a key let nobody in any more."""

    name: str


class MakeInvitation(AccountRequest, frozen=True):
    """Make a code with which others may open accounts."""

    uses: PageSize
    lasting_ms: TimeMs | None
    label: str = ""


class ListInvitations(AccountRequest, frozen=True):
    """Which invitations are there that I may see?"""


class RevokeInvitation(AccountRequest, frozen=True):
    """Let an invitation be worth nothing any more."""

    invitation: str
    """Its id, not its code."""


AnyAccountRequest = (
    Register
    | LogIn
    | LogOut
    | ChangePassword
    | DeleteAccount
    | Claim
    | MakeToken
    | ListTokens
    | RevokeToken
    | AddSshKey
    | ListSshKeys
    | RemoveSshKey
    | MakeInvitation
    | ListInvitations
    | RevokeInvitation
)
"""Everything that can be asked about one's own account."""
