"""Moderation commands: whom a room puts out, keeps out or keeps silent, and who looks after it."""

from collections.abc import Callable
from typing import Final, get_args

from hubbub.core.attention_requests import WatchAudit
from hubbub.core.bans import parse_kind
from hubbub.core.features.moderation import Ban, Except, ExemptionList, Kick, Mute, Unban, Unexcept, Unmute
from hubbub.core.features.room_roles import SetRole
from hubbub.core.queries import FindAudit, ListBans
from hubbub.core.roles import RoomRole
from hubbub.wire.slash.arguments import in_room, parse_number, read_switch, split_term, with_term
from hubbub.wire.slash.meanings import Meaning, SlashCommand

WHO: Final = "WHO: a NAME, spam*, account:NAME, nick!user@host, an address or a network."
"""Whom a list of a room may be about."""

AUDIT_DEFAULT: Final = 20
"""Acts that `/audit` shows when no number is given."""


def _mean_kick(rest: str, room: str) -> Meaning | None:
    name, _, reason = rest.partition(" ")
    return Kick(room, name, reason.strip()) if name else None


def _mean_ban(rest: str, room: str) -> Meaning | None:
    target, _, more = rest.partition(" ")
    seconds, reason = split_term(more)
    return Ban(room, target, reason, seconds) if target else None


def _mean_unban(rest: str, room: str) -> Meaning | None:
    return Unban(room, rest) if rest and " " not in rest else None


def _mean_mute(rest: str, room: str) -> Meaning | None:
    name, _, more = rest.partition(" ")
    seconds, reason = split_term(more)
    if not name:
        return None
    if parse_kind(name) is not None:
        return Ban(room, name, reason, seconds, is_silencing=True)
    return Mute(room, name, reason, seconds)


def _mean_unmute(rest: str, room: str) -> Meaning | None:
    if not rest or " " in rest:
        return None
    return Unmute(room, rest) if parse_kind(rest) is None else Unban(room, rest, is_silencing=True)


def _mean_exempting(make: type[Except] | type[Unexcept]) -> Callable[[str, str], Meaning | None]:
    def mean(rest: str, room: str) -> Meaning | None:
        target, _, word = rest.partition(" ")
        near = [one for one in get_args(ExemptionList) if one.startswith(word.strip().lower() or "bans")]
        return make(room, target, near[0]) if target and len(near) == 1 else None

    return in_room(mean)


def _mean_role(rest: str, room: str) -> Meaning | None:
    name, _, word = rest.partition(" ")
    near = [role for role in RoomRole if word.strip() and role.startswith(word.strip().lower())]
    return SetRole(room, name, near[0]) if name and len(near) == 1 else None


def _mean_audit(rest: str, _room: str) -> Meaning | None:
    is_watching = read_switch(rest)
    if is_watching is not None:
        return WatchAudit(is_watching)
    number = parse_number(rest) if rest else AUDIT_DEFAULT
    return FindAudit(number) if number else None


MODERATION: Final = (
    SlashCommand(("kick",), "NAME [reason]", "put somebody out of the room", in_room(_mean_kick), "moderation"),
    SlashCommand(
        ("ban",),
        "WHO [for 2h] [reason]",
        "keep somebody out",
        with_term(in_room(_mean_ban)),
        "moderation",
        more=(WHO,),
    ),
    SlashCommand(("unban",), "WHO", "keep him out no longer", in_room(_mean_unban), "moderation"),
    SlashCommand(
        ("bans",),
        "",
        "who is kept out, or silent",
        in_room(lambda rest, room: None if rest else ListBans(room)),
        "moderation",
    ),
    SlashCommand(
        ("mute",), "WHO [for 10m] [reason]", "let him speak no longer", with_term(in_room(_mean_mute)), "moderation"
    ),
    SlashCommand(
        ("except",),
        "WHO [bans|invitations]",
        "no ban concerns him",
        _mean_exempting(Except),
        "moderation",
        more=("invitations: he may always come in, as if he were invited.", WHO),
    ),
    SlashCommand(("unexcept",), "WHO [bans|invitations]", "take that back", _mean_exempting(Unexcept), "moderation"),
    SlashCommand(("unmute",), "WHO", "let him speak again", in_room(_mean_unmute), "moderation"),
    SlashCommand(
        ("role",),
        "NAME role",
        "say what he is in the room",
        in_room(_mean_role),
        "moderation",
        more=("The roles: owner, deputy, moderator, assistant, speaker, member.",),
    ),
    SlashCommand(
        ("audit",),
        "[number | on | off]",
        "what moderators did last",
        _mean_audit,
        "moderation",
        more=("/audit on tells an administrator what is done from now on, as it is done.",),
    ),
)
"""What one needs to look after a room."""
