"""Moderation commands: whom a room puts out, keeps out or keeps silent, and who looks after it."""

from typing import Final

from hubbub.core.features.moderation import Ban, Kick, Mute, Unban, Unmute
from hubbub.core.features.room_roles import SetRole
from hubbub.core.queries import FindAudit, ListBans
from hubbub.core.roles import RoomRole
from hubbub.gateways.slash.arguments import in_room, parse_number, split_term, with_term
from hubbub.gateways.slash.meanings import Meaning, SlashCommand

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
    return Mute(room, name, reason, seconds) if name else None


def _mean_unmute(rest: str, room: str) -> Meaning | None:
    return Unmute(room, rest) if rest and " " not in rest else None


def _mean_role(rest: str, room: str) -> Meaning | None:
    name, _, word = rest.partition(" ")
    near = [role for role in RoomRole if word.strip() and role.startswith(word.strip().lower())]
    return SetRole(room, name, near[0]) if name and len(near) == 1 else None


def _mean_audit(rest: str, _room: str) -> Meaning | None:
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
        more=("WHO is a NAME, a pattern such as spam*, or an address or network.",),
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
        ("mute",), "NAME [for 10m] [reason]", "let him speak no longer", with_term(in_room(_mean_mute)), "moderation"
    ),
    SlashCommand(("unmute",), "NAME", "let him speak again", in_room(_mean_unmute), "moderation"),
    SlashCommand(
        ("role",),
        "NAME role",
        "say what he is in the room",
        in_room(_mean_role),
        "moderation",
        more=("The roles are owner, moderator, speaker and member.",),
    ),
    SlashCommand(("audit",), "[number]", "what moderators did last", _mean_audit, "moderation"),
)
"""What one needs to look after a room."""
