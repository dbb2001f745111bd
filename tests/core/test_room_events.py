"""Room events: what those who look after a channel make of it, from one table."""

from typing import Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.applying import apply
from hubbub.core.bans import Ban, Exemption, Target
from hubbub.core.catalog import AnyEvent
from hubbub.core.features.auditing import Audited
from hubbub.core.features.importing import Imported
from hubbub.core.features.inviting import Invited, Uninvited
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import Confided, Erased, Said
from hubbub.core.features.moderation import Banned, Excepted, Kicked, Muted, Unbanned, Unexcepted, Unmuted
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.room_roles import RoleSet
from hubbub.core.features.settings import RetentionSet, RoomRenamed, SettingsChanged
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.roles import RoomRole
from hubbub.core.room import Member, Mute, Room, RoomKind, copy_room
from hubbub.core.room_settings import Change, Retention, RoomSettings
from hubbub.core.terms import Term
from tests.core.histories import PEOPLE
from tests.fuzz.budget import QUICK

ANN, BOB, CAROL = PEOPLE
NOON: Final = 43_200_000
"""A time in milliseconds."""

HOUR: Final = Term(NOON, NOON + 3_600_000)
PAST: Final = Term(NOON - 7_200_000, NOON - 3_600_000)
MEMBER, MODERATOR, OWNER = RoomRole.MEMBER, RoomRole.MODERATOR, RoomRole.OWNER
BOBS: Final = Target("person", BOB, "bob")
SPAM: Final = Target("pattern", "spam*", "Spam*")


def room(kind: RoomKind = RoomKind.CHANNEL, **state: object) -> Room:
    """Return a room in which only this is to be seen."""
    return msgspec.structs.replace(Room(RoomId(1), kind, "#tea", "#Tea", Seq(7)), **state)


EMPTY: Final = room()
BOB_IS_IN: Final = room(members={BOB: Member("bob")}, roles={BOB: MODERATOR}, invited={BOB: "bob"})
SPAM_IS_SILENT: Final = room(silences={SPAM.id: Ban(SPAM, "ann", "", HOUR, NOON)})
BANNED: Final = room(bans={BOBS.id: Ban(BOBS, "ann", "rude", HOUR, NOON)})
SLOW: Final = room(settings=RoomSettings(slow_seconds=60), spoken={BOB: NOON - 60_000, CAROL: NOON - 59_999})

HAPPENINGS: Final[list[tuple[Room, AnyEvent, Room]]] = [
    # Coming and going
    (
        EMPTY,
        Joined(ANN, "ann", founding=True),
        room(members={ANN: Member("ann", Seq(7))}, roles={ANN: OWNER}, founded_ms=NOON, is_founded=True),
    ),
    (
        room(is_founded=True),
        Joined(ANN, "ann", founding=True),
        room(members={ANN: Member("ann", Seq(7))}, is_founded=True),
    ),
    (
        room(members={ANN: Member("ann", Seq(2))}, is_founded=True),
        Joined(ANN, "ann"),
        room(members={ANN: Member("ann", Seq(2))}, is_founded=True),
    ),
    (
        room(members={ANN: Member("ann", Seq(2))}),
        Renamed(ANN, "ann", "anna"),
        room(members={ANN: Member("anna", Seq(2))}),
    ),
    (BOB_IS_IN, Left(BOB, "bob"), room(roles={BOB: MODERATOR}, invited={BOB: "bob"})),
    (BOB_IS_IN, Left(BOB, "bob", resigning=True), room(invited={BOB: "bob"})),
    (BOB_IS_IN, Left(BOB, "bob", quitting=True), room(invited={BOB: "bob"})),
    (room(mutes={BOB: Mute("bob", "ann")}), Left(BOB, "bob"), room(mutes={BOB: Mute("bob", "ann")})),
    (room(mutes={BOB: Mute("bob", "ann")}), Left(BOB, "bob", quitting=True), EMPTY),
    # Moderation
    (BOB_IS_IN, Kicked(ANN, "ann", BOB, "bob"), EMPTY),
    (EMPTY, Kicked(ANN, "ann", BOB, "bob", "rude"), EMPTY),
    (EMPTY, Banned(ANN, "ann", BOBS, "rude", HOUR), BANNED),
    (BANNED, Banned(CAROL, "carol", BOBS), room(bans={BOBS.id: Ban(BOBS, "carol", since_ms=NOON)})),
    (
        room(roles={BOB: MODERATOR}, invited={BOB: "bob"}),
        Banned(ANN, "ann", BOBS, "rude", HOUR),
        BANNED,
    ),
    (
        room(bans={SPAM.id: Ban(SPAM, "ann", term=PAST)}),
        Banned(ANN, "ann", BOBS, "rude", HOUR),
        BANNED,
    ),
    (BANNED, Unbanned(ANN, "ann", BOBS), EMPTY),
    (BANNED, Unbanned(ANN, "ann", SPAM), BANNED),
    (BANNED, Unbanned(ANN, "ann", BOBS, is_silencing=True), BANNED),
    (EMPTY, Banned(ANN, "ann", SPAM, "", HOUR, is_silencing=True), SPAM_IS_SILENT),
    (SPAM_IS_SILENT, Unbanned(ANN, "ann", SPAM), SPAM_IS_SILENT),
    (SPAM_IS_SILENT, Unbanned(ANN, "ann", SPAM, is_silencing=True), EMPTY),
    (
        room(roles={BOB: MODERATOR}, silences={SPAM.id: Ban(SPAM, "ann", term=PAST)}),
        Banned(ANN, "ann", BOBS, is_silencing=True),
        room(roles={BOB: MODERATOR}, silences={BOBS.id: Ban(BOBS, "ann", since_ms=NOON)}),
    ),
    (EMPTY, Excepted(ANN, "ann", SPAM), room(exceptions={SPAM.id: Exemption(SPAM, "ann", NOON)})),
    (EMPTY, Excepted(ANN, "ann", SPAM, "invitations"), room(awaited={SPAM.id: Exemption(SPAM, "ann", NOON)})),
    (room(exceptions={SPAM.id: Exemption(SPAM, "ann", NOON)}), Unexcepted(ANN, "ann", SPAM), EMPTY),
    (room(awaited={SPAM.id: Exemption(SPAM, "ann", NOON)}), Unexcepted(ANN, "ann", SPAM, "invitations"), EMPTY),
    (EMPTY, Unexcepted(ANN, "ann", SPAM), EMPTY),
    (EMPTY, Muted(ANN, "ann", BOB, "bob", "loud", HOUR), room(mutes={BOB: Mute("bob", "ann", "loud", HOUR, NOON)})),
    (room(mutes={BOB: Mute("bob", "ann", "loud", HOUR, NOON)}), Unmuted(ANN, "ann", BOB, "bob"), EMPTY),
    (EMPTY, Unmuted(ANN, "ann", BOB, "bob"), EMPTY),
    # Roles and invitations
    (EMPTY, RoleSet(ANN, "ann", BOB, "bob", MODERATOR), room(roles={BOB: MODERATOR})),
    (room(roles={BOB: MODERATOR}), RoleSet(ANN, "ann", BOB, "bob", OWNER), room(roles={BOB: OWNER})),
    (room(roles={BOB: MODERATOR}), RoleSet(ANN, "ann", BOB, "bob", MEMBER), EMPTY),
    (EMPTY, Invited(ANN, "ann", BOB, "bob"), room(invited={BOB: "bob"})),
    (room(invited={BOB: "bob"}), Uninvited(ANN, "ann", BOB, "bob"), EMPTY),
    (EMPTY, Uninvited(ANN, "ann", BOB, "bob"), EMPTY),
    # Settings
    (
        EMPTY,
        SettingsChanged(ANN, "ann", Change(access="private", slow_seconds=5)),
        room(settings=RoomSettings(access="private", slow_seconds=5)),
    ),
    (SLOW, SettingsChanged(ANN, "ann", Change(slow_seconds=0)), EMPTY),
    (
        SLOW,
        SettingsChanged(ANN, "ann", Change(key="tea")),
        room(settings=RoomSettings(slow_seconds=60, key="tea"), spoken=SLOW.spoken),
    ),
    (EMPTY, RoomRenamed(ANN, "ann", "#Tea", "#Mate", "#mate"), room(name="#Mate", key="#mate")),
    (room(RoomKind.HOUSE), RoomRenamed(ANN, "ann", "#Tea", "#Mate", "#mate"), room(RoomKind.HOUSE)),
    (EMPTY, RetentionSet(ANN, "ann", RoomId(3), Retention(30)), room(retention={RoomId(3): Retention(30)})),
    (room(retention={RoomId(3): Retention(30)}), RetentionSet(ANN, "ann", RoomId(3), Retention()), EMPTY),
    # Speaking
    (SLOW, Said(ANN, "ann", "hi"), room(settings=SLOW.settings, spoken={CAROL: NOON - 59_999, ANN: NOON})),
    (SLOW, Said(CAROL, "carol", "hi"), room(settings=SLOW.settings, spoken={CAROL: NOON})),
    (
        SLOW,
        Confided(ANN, "ann", "hi", RoomRole.OWNER),
        room(settings=SLOW.settings, spoken={CAROL: NOON - 59_999, ANN: NOON}),
    ),
    (EMPTY, Confided(ANN, "ann", "hi", RoomRole.OWNER), EMPTY),
    (SLOW, Erased(PersonId(""), ""), SLOW),
    # Importing
    (EMPTY, Imported(ANN, "slack", 5, 3), room(imported_to=Seq(13))),
    (EMPTY, Audited(ANN, "ann", "kick", "bob"), EMPTY),
]
"""A room, what happens in it at noon, and the room afterwards."""


@pytest.mark.parametrize(("before", "event", "after"), HAPPENINGS, ids=lambda value: type(value).__name__)
def test_events_do_what_they_say(before: Room, event: AnyEvent, after: Room) -> None:
    """Each event changes what it is about and nothing else; what is true already stays true."""
    changed = copy_room(before)
    apply(changed, event, NOON)
    assert changed == after


def test_a_snapshot_of_an_older_version_can_be_read() -> None:
    """It lacks all that is new: nobody has a role there, anyone may come in, and nobody made it."""
    old = (
        b'{"id":1,"kind":"channel","key":"#tea","name":"#Tea","seq":7,"topic":null,'
        b'"members":{"id-ann":{"name":"ann"}},"blocks":{}}'
    )
    restored = msgspec.json.decode(old, type=Room)
    assert restored == room(members={ANN: Member("ann")})
    assert not restored.settings.restricts_speech
    assert restored.settings == RoomSettings()


@QUICK
@given(st.lists(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 10)), max_size=20), st.integers(1, 5))
def test_a_slow_room_remembers_no_more_than_it_needs(said: list[tuple[PersonId, int]], slow_seconds: int) -> None:
    """Those who may speak again are forgotten; those who may not are known, with the time of their last message."""
    slow = room(settings=RoomSettings(slow_seconds=slow_seconds))
    now, last = 0, dict[PersonId, int]()
    for person, pause in said:
        now += pause * 1_000
        apply(slow, Said(person, "", "hi"), now)
        last[person] = now
        assert slow.spoken == {one: at for one, at in last.items() if now - at < slow_seconds * 1_000}
