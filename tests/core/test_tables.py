"""The tables together: nothing can be asked, happen or be refused of which none of them says anything."""

from typing import Final, get_args

from hubbub.core.catalog import AccountCommand, AnyCommand, AnyEvent, DirectoryEvent
from hubbub.core.kinds import RefusalCode
from tests.core import test_applying, test_deciding, test_entering, test_moderation, test_room_events

GIVEN_ELSEWHERE: Final = {"try_again"}
GIVEN_BY_NOBODY_YET: Final = {"too_fast", "unknown_command"}
GIVEN_TO_ACCOUNTS: Final = {
    "already_registered",
    "bad_code",
    "bad_password",
    "disabled",
    "look_alike",
    "name_reserved",
    "needs_encryption",
    "not_registered",
    "wrong_password",
}
GIVEN_IN_TESTS_OF_THEIR_OWN: Final = {
    "archived",
    "list_full",
    "not_allowed",
    "refused_by_recipient",
    "slow_mode",
}


def test_every_event_is_applied_in_a_table() -> None:
    """Nothing can happen that these tables say nothing about."""
    happenings = [*test_applying.HAPPENINGS, *test_room_events.HAPPENINGS]
    assert {type(event) for _, event, _ in happenings} == set(get_args(AnyEvent)) - set(get_args(DirectoryEvent))


def test_every_command_is_decided_in_a_table() -> None:
    """Nothing can be asked that these tables say nothing about."""
    commands = {type(row.command) for row in test_deciding.DECIDED}
    commands |= {type(command) for _, command, _, _ in test_deciding.REFUSED}
    commands |= {type(command) for command, _ in test_moderation.RIGHTS}
    assert commands == set(get_args(AnyCommand)) - set(get_args(AccountCommand))


def test_every_refusal_is_given_in_a_table() -> None:
    """No code exists that nothing here can give."""
    codes = {code for _, _, code, _ in test_deciding.REFUSED} | {code for _, _, code in test_moderation.REFUSED}
    codes |= {code for _, _, code in test_entering.DOORS if code}
    codes |= {code for _, _, code, _ in test_entering.VOICES if code}
    others = GIVEN_ELSEWHERE | GIVEN_BY_NOBODY_YET | GIVEN_TO_ACCOUNTS | GIVEN_IN_TESTS_OF_THEIR_OWN
    assert codes | others == set(get_args(RefusalCode))
