"""The tables together: nothing can be asked, happen or be refused of which none of them says anything."""

from typing import Final, get_args

from hubbub.core.catalog import AnyCommand, AnyEvent
from hubbub.core.kinds import RefusalCode
from tests.core import test_accounts, test_applying, test_deciding, test_directory

GIVEN_BY_THE_SERVICE: Final = {
    "bad_code",
    "bad_password",
    "disabled",
    "needs_encryption",
    "too_fast",
    "try_again",
    "wrong_password",
}
GIVEN_BY_NOBODY_YET: Final = {"refused_by_recipient", "unknown_command"}


def test_every_event_is_applied_in_a_table() -> None:
    """Nothing can happen that these tables say nothing about."""
    events = {type(event) for _, event, _ in test_applying.HAPPENINGS}
    events |= {type(event) for _, event, _ in test_directory.HAPPENINGS}
    events |= {type(event) for _, event, _ in test_directory.PERSONAL_HAPPENINGS}
    assert events == set(get_args(AnyEvent))


def test_every_command_is_decided_in_a_table() -> None:
    """Nothing can be asked that these tables say nothing about."""
    decided = [*test_deciding.DECIDED, *test_accounts.DECIDED]
    refused = [*test_deciding.REFUSED, *test_accounts.REFUSED]
    commands = {type(row.command) for row in decided} | {type(command) for _, command, _, _ in refused}
    assert commands == set(get_args(AnyCommand))


def test_every_refusal_is_given_in_a_table() -> None:
    """No code exists that nothing here can give."""
    codes: set[str] = {code for _, _, code, _ in (*test_deciding.REFUSED, *test_accounts.REFUSED)}
    codes |= {code for _, _, code in test_accounts.DOORS if code}
    assert codes | GIVEN_BY_THE_SERVICE | GIVEN_BY_NOBODY_YET == set(get_args(RefusalCode))
