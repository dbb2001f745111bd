"""The native dialect: everything as it is, but for what not everybody in a room may know."""

from typing import Final, get_args

import pytest
from hypothesis import example, given

from hubbub.core.bans import Target
from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.annotating import Removed
from hubbub.core.features.auditing import Audited
from hubbub.core.features.messages import Erased, Said
from hubbub.core.features.moderation import Banned, Excepted, Unbanned, Unexcepted
from hubbub.core.features.presence import Disconnected
from hubbub.core.features.settings import RetentionSet, SettingsChanged
from hubbub.core.features.traits import TraitSet
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.notes import Quote
from hubbub.core.room import Room, RoomKind
from hubbub.core.room_settings import Change
from hubbub.gateways.native.dialect import HIDDEN_KEY, ConversationDialect, NativeDialect
from hubbub.wire.native import RecordMessage, decode_from_server
from tests.core.histories import any_event
from tests.fuzz.budget import QUICK

ANN: Final = PersonId("id-ann")
TEA: Final = Room(RoomId(4), RoomKind.CHANNEL, "#tea", "#tea")
ADDRESS: Final = Target("address", "192.0.2.0/24", "192.0.2.0/24")


def heard(event: AnyEvent) -> RecordMessage | None:
    """Return what is heard of an event; None for nothing."""
    line = NativeDialect().encode(TEA, Record(TEA.id, Seq(7), 1_000, event, quote=Quote("bob", "hm?")))
    if not line:
        return None
    message = decode_from_server(line)
    assert isinstance(message, RecordMessage)
    assert (message.room, message.seq, message.time_ms, message.where) == (TEA.id, 7, 1_000, "#tea")
    assert message.quote == Quote("bob", "hm?")
    return message


@QUICK
@example(TraitSet(ANN, "ann", "url", "x"))
@given(any_event())
def test_everything_is_heard_but_what_is_the_servers_own(event: AnyEvent) -> None:
    """That stands in the place of something, or is nobody's business; all else comes as it is, or with less.

    Of traits a signal tells.
    """
    message = heard(event)
    assert (message is None) == isinstance(event, Erased | Removed | RetentionSet | Audited | Disconnected | TraitSet)
    if message is not None and not isinstance(event, SettingsChanged | Banned | Unbanned | Excepted | Unexcepted):
        assert message.event == event


def test_the_key_of_a_room_is_hidden() -> None:
    """Members learn that there is one, or none any more, and everything else that was changed."""
    for key, told in (("sesame", HIDDEN_KEY), ("", ""), (None, None)):
        message = heard(SettingsChanged(ANN, "ann", Change(access="private", key=key)))
        assert message is not None
        assert message.event == SettingsChanged(ANN, "ann", Change(access="private", key=told))


@pytest.mark.parametrize("kind", [Banned, Unbanned, Excepted, Unexcepted])
def test_addresses_are_hidden(kind: type[Banned | Unbanned | Excepted | Unexcepted]) -> None:
    """Where somebody lives is the moderators' business; who is banned by name is everybody's."""
    message = heard(kind(ANN, "ann", ADDRESS))
    assert message is not None
    assert "192" not in str(message)
    by_name = kind(ANN, "ann", Target("pattern", "bob*", "Bob*"))
    message = heard(by_name)
    assert message is not None
    assert message.event == by_name


def test_a_conversation_is_called_as_the_other_is_now() -> None:
    """Each time anew."""
    names = iter(["@bob", "@bobby"])
    dialect = ConversationDialect(lambda _room: next(names))
    record = Record(TEA.id, Seq(1), 0, Said(ANN, "ann", "hi"))
    lines = [decode_from_server(dialect.encode(TEA, record)) for _ in range(2)]
    assert [line.where for line in lines if isinstance(line, RecordMessage)] == ["@bob", "@bobby"]


def test_every_connection_hears_what_it_did_itself() -> None:
    """Of every kind."""
    assert set(NativeDialect().echoes) == set(ConversationDialect(str).echoes) == set(get_args(AnyEvent))
    dialect = NativeDialect()
    assert (dialect.folds, dialect.keeps_state, dialect.hears_itself) == (False, True, True)
