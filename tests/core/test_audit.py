"""Audit: what the server's people do is written down in the same breath."""

from typing import Final

import pytest

from hubbub.core.catalog import AnyCommand
from hubbub.core.features.accounts import ClaimServer, DisableAccount, EnableAccount, SetServerRole
from hubbub.core.features.auditing import Audited
from hubbub.core.features.reloading import ReloadSettings
from hubbub.core.kinds import Refused
from hubbub.core.roles import ServerRole
from hubbub.core.room import RoomKind
from tests.core.test_accounts import scene
from tests.core.world import World, person_id

ACTS: Final[list[tuple[AnyCommand, tuple[str, str, str]]]] = [
    (ClaimServer(), ("claim", "root", "")),
    (SetServerRole("bob", ServerRole.ADMINISTRATOR), ("server role", "bob", "administrator")),
    (DisableAccount("bob", "spam"), ("disable", "bob", "spam")),
    (EnableAccount("bob"), ("enable", "bob", "")),
    (ReloadSettings(), ("reload", "settings", "")),
]
"""What an owner of the server does, and what is written down: the act, to whom, and why."""


def test_who_may_have_settings_read() -> None:
    """Administrators; nobody else."""
    with pytest.raises(Refused, match="Only an administrator of this server"):
        scene().decide("carol", ReloadSettings())


@pytest.mark.parametrize(("command", "audit"), ACTS, ids=str)
def test_what_administrators_do_is_written_down(command: AnyCommand, audit: tuple[str, str, str]) -> None:
    """Who, whom, what and why; the record itself knows when."""
    world = World("root")
    world.account("root", ServerRole.OWNER)
    world.account("bob")
    if isinstance(command, EnableAccount):
        for room, event in world.decide("root", DisableAccount("bob")).events:
            world.happen(room, event)
    events = [event for room, event in world.decide("root", command).events if room.kind is RoomKind.AUDIT]
    act, target, reason = audit
    assert events == [Audited(person_id("root"), "root", act, target, reason=reason)]


def test_what_changes_nothing_is_not_written_down() -> None:
    """Whoever is enabled already, or has the role already."""
    world = World("root")
    world.account("root", ServerRole.OWNER)
    world.account("bob")
    for command in (EnableAccount("bob"), SetServerRole("bob", ServerRole.MEMBER)):
        assert world.decide("root", command).events == ()
