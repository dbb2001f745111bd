"""What is said about accounts, in plain sentences."""

from typing import assert_never

from hubbub.core.account_answers import (
    InvitationList,
    InvitationMade,
    InvitationView,
    Registered,
    SshKeyAdded,
    SshKeyList,
    SshKeyView,
    TokenList,
    TokenMade,
    TokenView,
)
from hubbub.core.account_requests import (
    AnyAccountRequest,
    ChangePassword,
    Claim,
    RemoveSshKey,
    RevokeInvitation,
    RevokeToken,
)
from hubbub.phrasing.stamps import day_and_minute
from hubbub.wire.links import ANYWHERE, UNKNOWN, invitation_link

AccountAnswer = Registered | TokenMade | TokenList | SshKeyAdded | SshKeyList | InvitationMade | InvitationList
"""Answers that are told in sentences and change nothing else."""


def answered(answer: AccountAnswer) -> list[str]:
    """Return what an answer comes to."""
    match answer:
        case Registered():
            return [
                f"'{answer.name}' is yours from now on.",
                f"From anywhere: /login {answer.name}. Your rooms and blocks stay when you leave.",
            ]
        case TokenMade():
            return [f"Your new token {answer.id}, shown this once:", answer.secret]
        case TokenList():
            return ["Your tokens:", *map(_token, answer.tokens)] if answer.tokens else ["You have no tokens."]
        case SshKeyAdded():
            return [
                f"Whoever has the private half of '{answer.key.name}' is logged in as you by ssh.",
                _ssh_key(answer.key),
            ]
        case SshKeyList():
            return ["Your SSH keys:", *map(_ssh_key, answer.keys)] if answer.keys else ["You have no SSH keys."]
        case InvitationMade():
            return [_invitation_made(answer), answer.code, _link(answer)]
        case InvitationList():
            views = map(_invitation, answer.invitations)
            return ["Invitations:", *views] if answer.invitations else ["There are no invitations that can be used."]
        case _:
            assert_never(answer)


def done(request: AnyAccountRequest) -> str:
    """Return the confirmation of what was asked; empty where something else says it."""
    match request:
        case ChangePassword():
            return "Your password is changed."
        case Claim():
            return "You are the owner of this server from now on."
        case RevokeToken():
            return "That token is worth nothing any more."
        case RemoveSshKey():
            return "That key lets nobody in any more."
        case RevokeInvitation():
            return "That invitation is worth nothing any more."
        case _:
            return ""


def _token(view: TokenView) -> str:
    return f"{view.id}  {view.label or '(no label)'}  made {_day(view.created_ms)}, {_used(view.used_ms)}"


def _ssh_key(view: SshKeyView) -> str:
    return f"{view.name}  {view.kind} {view.fingerprint}  added {_day(view.created_ms)}, {_used(view.used_ms)}"


def _used(used_ms: int | None) -> str:
    return "never used" if used_ms is None else f"used {_day(used_ms)}"


def _invitation_made(answer: InvitationMade) -> str:
    who = "one person" if answer.uses == 1 else f"{answer.uses} people"
    until = "" if answer.expires_ms is None else f" until {_day(answer.expires_ms)}"
    return f"With this code {who} can open an account{until}: /register NAME PASSWORD CODE"


def _link(answer: InvitationMade) -> str:
    if answer.link:
        return f"Or as a link: {answer.link}"
    return f"Or as a link, with this server's address for {ANYWHERE}: {invitation_link(UNKNOWN, answer.code)}"


def _invitation(view: InvitationView) -> str:
    until = "for ever" if view.expires_ms is None else f"until {_day(view.expires_ms)}"
    return f"{view.id}  {view.label or '(no label)'}  {view.uses_left} left, {until}"


def _day(time_ms: int) -> str:
    return day_and_minute(time_ms)
