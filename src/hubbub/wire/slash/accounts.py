"""Slash commands about one's account."""

from typing import Final

from hubbub.core.account_requests import (
    AddSshKey,
    ChangePassword,
    Claim,
    DeleteAccount,
    ListInvitations,
    ListSshKeys,
    ListTokens,
    LogIn,
    LogOut,
    MakeInvitation,
    MakeToken,
    Register,
    RemoveSshKey,
    RevokeInvitation,
    RevokeToken,
)
from hubbub.core.codes import hash_code
from hubbub.wire.slash.meanings import Meaning, Prompt, SlashCommand


def _mean_register(rest: str, _room: str) -> Meaning | None:
    """Open an account, with a password and perhaps an invitation."""
    if not rest:
        return Prompt("Choose a password of 8 characters or more:", Register)
    return Register(*split_code(rest))


def split_code(text: str) -> tuple[str, str]:
    """Return a password, which may have spaces, and the code behind it, if one stands there."""
    password, _, last = text.rpartition(" ")
    return (password.strip(), last) if password and hash_code(last) is not None else (text, "")


def _mean_login(rest: str, _room: str) -> Meaning | None:
    """Be who has the account of that name."""
    name, _, password = rest.partition(" ")
    if not name:
        return None
    if not password:
        return Prompt(f"Password of {name}:", lambda text: LogIn(name, text))
    return LogIn(name, password.strip())


def _mean_logout(rest: str, _room: str) -> Meaning | None:
    """Be a guest again."""
    return None if rest else LogOut()


def _mean_password(rest: str, _room: str) -> Meaning | None:
    """Change the password; both are asked for."""
    if rest:
        return None
    return Prompt("Your old password:", lambda old: Prompt("Your new one:", lambda new: ChangePassword(old, new)))


def _mean_unregister(rest: str, _room: str) -> Meaning | None:
    """Give the account up."""
    if rest:
        return None
    return Prompt("This deletes your account for good. Your password, or Enter to keep it:", DeleteAccount)


def _mean_claim(rest: str, _room: str) -> Meaning | None:
    """Become the owner of the server."""
    return Claim(rest) if rest else None


def _mean_token(rest: str, _room: str) -> Meaning | None:
    """List, make or revoke tokens."""
    word, _, more = rest.partition(" ")
    match word.lower():
        case "" | "list":
            return ListTokens()
        case "new":
            return MakeToken(more.strip())
        case "revoke" if more.strip():
            return RevokeToken(more.strip())
        case _:
            return None


def _mean_ssh_key(rest: str, _room: str) -> Meaning | None:
    """List, add or remove SSH keys."""
    word, _, more = rest.partition(" ")
    match word.lower():
        case "" | "list":
            return ListSshKeys()
        case "add" if more.strip():
            return AddSshKey(more.strip())
        case "remove" if more.strip():
            return RemoveSshKey(more.strip())
        case _:
            return None


def _mean_invitation(rest: str, _room: str) -> Meaning | None:
    """List, make or revoke invitations."""
    word, _, more = rest.partition(" ")
    match word.lower():
        case "" | "list":
            return ListInvitations()
        case "new":
            return _mean_new_invitation(more.split())
        case "revoke" if more.strip():
            return RevokeInvitation(more.strip())
        case _:
            return None


def _mean_new_invitation(words: list[str]) -> Meaning | None:
    uses, days = 1, _DEFAULT_DAYS
    for word in words:
        if word.isascii() and word.isdigit() and len(word) < _DIGITS:
            uses = int(word)
        elif word[-1:].lower() == "d" and word[:-1].isascii() and word[:-1].isdigit() and len(word) < _DIGITS:
            days = int(word[:-1])
        else:
            return None
    return MakeInvitation(uses, days * _DAY_MS) if uses and days else None


_DIGITS: Final = 6
"""Longest number that is read as one."""

_DEFAULT_DAYS: Final = 7
"""How long an invitation can be used unless something else is said."""

_DAY_MS: Final = 24 * 60 * 60 * 1_000

ACCOUNTS: Final = (
    SlashCommand(("register",), "PASSWORD [CODE]", "keep your name: open an account", _mean_register, "account"),
    SlashCommand(("login",), "NAME", "be who has that account", _mean_login, "account"),
    SlashCommand(("logout",), "", "be a guest again", _mean_logout, "account"),
    SlashCommand(("password",), "", "change your password", _mean_password, "account"),
    SlashCommand(("unregister",), "", "delete your account", _mean_unregister, "account"),
    SlashCommand(("claim",), "CODE", "become the owner of this server", _mean_claim, "account"),
    SlashCommand(("token",), "[new LABEL | revoke ID]", "let programs log in as you", _mean_token, "account"),
    SlashCommand(
        ("ssh-key",),
        "[add KEY | remove NAME]",
        "log in by ssh",
        _mean_ssh_key,
        "account",
        more=("KEY is the line of a .pub file, such as ~/.ssh/id_ed25519.pub",),
    ),
    SlashCommand(("invitation",), "[new [USES] [7d] | revoke ID]", "invite new people", _mean_invitation, "account"),
)
"""What one does with one's account."""
