"""The tables together: nothing can be asked, happen or be refused of which none of them says anything."""

from typing import Final, get_args

from hubbub.core.catalog import AnyCommand, AnyEvent
from hubbub.core.features.hooks import GovernHook, Post
from hubbub.core.features.inviting import Invite
from hubbub.core.kinds import RefusalCode
from tests.core import (
    test_accounts,
    test_alerting,
    test_annotating,
    test_applying,
    test_asking_in,
    test_audit,
    test_deciding,
    test_directory,
    test_ejection,
    test_entering,
    test_gathering,
    test_moderation,
    test_portraits,
    test_querying,
    test_room_events,
    test_senders,
    test_traits,
)

GIVEN_BY_THE_SERVICE: Final = {
    "bad_code",
    "bad_request",
    "bad_password",
    "disabled",
    "disk_full",
    "file_too_large",
    "needs_encryption",
    "quota_exceeded",
    "too_fast",
    "too_many_uploads",
    "try_again",
    "wrong_password",
}
DECIDED_IN_TESTS_OF_THEIR_OWN: Final = {Post, GovernHook, Invite}
GIVEN_BY_NOBODY_YET: Final = {"unknown_command"}
GIVEN_IN_TESTS_OF_THEIR_OWN: Final = {
    "accounts_only",
    "asks_first",
    "archived",
    "bad_nonce",
    "bad_query",
    "list_full",
    "no_such_file",
    "not_allowed",
    "refused_by_recipient",
    "room_renamed",
    "slow_mode",
    "too_many_files",
}


def test_every_event_is_applied_in_a_table() -> None:
    """Nothing can happen that these tables say nothing about."""
    happenings = [*test_applying.HAPPENINGS, *test_room_events.HAPPENINGS]
    events = {type(event) for _, event, _ in happenings}
    events |= {type(event) for _, event, _ in test_directory.HAPPENINGS}
    events |= {type(event) for _, event, _ in test_directory.PERSONAL_HAPPENINGS}
    events |= {type(event) for _, event, _ in (*test_ejection.HAPPENINGS, *test_annotating.HAPPENINGS)}
    events |= {
        type(event) for _, event, _ in (*test_portraits.HAPPENINGS, *test_senders.HAPPENINGS, *test_traits.HAPPENINGS)
    }
    assert events == set(get_args(AnyEvent))


def test_every_command_is_decided_in_a_table() -> None:
    """Nothing can be asked that these tables say nothing about."""
    decided = [*test_deciding.DECIDED, *test_accounts.DECIDED, *test_ejection.DECIDED]
    decided += [
        *test_portraits.DECIDED,
        *test_querying.DECIDED,
        *test_senders.DECIDED,
        *test_alerting.DECIDED,
        *test_traits.DECIDED,
    ]
    refused = [*test_deciding.REFUSED, *test_accounts.REFUSED]
    commands = {type(row.command) for row in decided} | {type(command) for _, command, _, _ in refused}
    commands |= {type(command) for command, _ in test_moderation.RIGHTS}
    commands |= {type(row.command) for row in test_annotating.DECIDED}
    commands |= {type(command) for _, command, _, _, _ in test_asking_in.REFUSED}
    commands |= {type(command) for _, command, _ in test_gathering.REFUSED}
    commands |= {type(command) for _, command, _, _ in test_annotating.REFUSED}
    commands |= {type(command) for command, _ in test_audit.ACTS}
    assert commands | DECIDED_IN_TESTS_OF_THEIR_OWN == set(get_args(AnyCommand))


def test_every_refusal_is_given_in_a_table() -> None:
    """No code exists that nothing here can give."""
    codes: set[str] = {code for _, _, code, _ in (*test_deciding.REFUSED, *test_accounts.REFUSED)}
    codes |= {code for _, _, code in test_accounts.DOORS if code}
    codes |= {code for _, _, code in test_moderation.REFUSED}
    codes |= {code for _, _, _, _, code in test_asking_in.REFUSED}
    codes |= {code for _, _, code, _ in test_annotating.REFUSED}
    codes |= {code for _, _, code in test_entering.DOORS if code}
    codes |= {code for _, _, code, _ in test_entering.VOICES if code}
    others = GIVEN_BY_THE_SERVICE | GIVEN_BY_NOBODY_YET | GIVEN_IN_TESTS_OF_THEIR_OWN
    assert codes | others == set(get_args(RefusalCode))
