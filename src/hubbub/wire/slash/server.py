"""Slash commands for those who look after the server."""

from typing import Final

from hubbub.core.features.accounts import DisableAccount, EnableAccount, SetServerRole
from hubbub.core.features.alerting import Alert
from hubbub.core.features.ejection import BanFromServer, Eject, UnbanFromServer
from hubbub.core.features.reloading import ReloadSettings
from hubbub.core.queries import ListAccounts, ListServerBans
from hubbub.core.roles import ServerRole
from hubbub.wire.slash.arguments import split_term, with_term
from hubbub.wire.slash.meanings import Meaning, SlashCommand


def _mean_eject(rest: str, _room: str) -> Meaning | None:
    name, _, reason = rest.partition(" ")
    return Eject(name, reason.strip()) if name else None


def _mean_server_ban(rest: str, _room: str) -> Meaning | None:
    target, _, more = rest.partition(" ")
    seconds, reason = split_term(more)
    return BanFromServer(target, reason, seconds) if target else None


def _mean_server_unban(rest: str, _room: str) -> Meaning | None:
    return UnbanFromServer(rest) if rest and " " not in rest else None


def _mean_server_role(rest: str, _room: str) -> Meaning | None:
    name, _, word = rest.partition(" ")
    near = [role for role in ServerRole if word.strip() and role.startswith(word.strip().lower())]
    return SetServerRole(name, near[0]) if name and len(near) == 1 else None


def _mean_disable(rest: str, _room: str) -> Meaning | None:
    name, _, reason = rest.partition(" ")
    return DisableAccount(name, reason.strip()) if name else None


def _mean_enable(rest: str, _room: str) -> Meaning | None:
    return EnableAccount(rest) if rest and " " not in rest else None


def _mean_accounts(rest: str, _room: str) -> Meaning | None:
    return None if " " in rest else ListAccounts(rest)


def _mean_admins(rest: str, _room: str) -> Meaning | None:
    return Alert(rest) if rest else None


def _mean_reload(rest: str, _room: str) -> Meaning | None:
    return None if rest else ReloadSettings()


SERVER: Final = (
    SlashCommand(("eject",), "NAME [reason]", "send somebody off the server", _mean_eject, "server"),
    SlashCommand(
        ("serverban",),
        "WHO [for 2h] [reason]",
        "keep somebody off it",
        with_term(_mean_server_ban),
        "server",
        more=("WHO is a NAME, a pattern such as spam*, or an address or network.",),
    ),
    SlashCommand(("serverunban",), "WHO", "keep him off no longer", _mean_server_unban, "server"),
    SlashCommand(("serverbans",), "", "who is kept off", lambda rest, _: None if rest else ListServerBans(), "server"),
    SlashCommand(
        ("serverrole",),
        "NAME role",
        "say what he is on the server",
        _mean_server_role,
        "server",
        more=("The roles are owner, administrator and member.",),
    ),
    SlashCommand(("admins",), "text", "write to all administrators", _mean_admins, "server"),
    SlashCommand(("reload",), "", "read the settings again", _mean_reload, "server"),
    SlashCommand(
        ("accounts",),
        "[NAME]",
        "who has an account",
        _mean_accounts,
        "server",
        more=("With the beginning of a NAME, those whose names begin so.",),
    ),
    SlashCommand(("disable",), "NAME [reason]", "let an account log in no longer", _mean_disable, "server"),
    SlashCommand(("enable",), "NAME", "let it log in again", _mean_enable, "server"),
)
"""What one needs to look after the server."""
