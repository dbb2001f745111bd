"""Remarks: what IRC has no word for and a channel is told in a sentence."""

from typing import Final

import pytest

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.annotating import Pinned, Unpinned
from hubbub.core.features.importing import Imported
from hubbub.core.house import House
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.room import Room, RoomKind
from hubbub.gateways.irc.dialect import IrcDialect
from hubbub.gateways.irc.names import Names
from tests.gateways.irc.clients import SERVER

ANN: Final = PersonId("id-ann")


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (Pinned(ANN, "ann", Seq(3)), "ann pinned a message."),
        (Unpinned(ANN, "ann", Seq(3)), "ann unpinned a message."),
        (Imported(ANN, "Slack", 5, 3), "3 messages are new in #tea, from Slack. /history shows the last ones."),
    ],
)
def test_remarks(event: AnyEvent, sentence: str) -> None:
    """The server says it to the channel, and to nobody in a conversation of two."""
    dialect = IrcDialect(House(), Names(House(), SERVER), frozenset())
    record = Record(RoomId(1), Seq(9), 0, event)
    channel = Room(RoomId(1), RoomKind.CHANNEL, "#tea", "#tea")
    assert dialect.encode(channel, record) == f":{SERVER} NOTICE #tea :{sentence}\r\n".encode()
    assert dialect.encode(Room(RoomId(1), RoomKind.DIRECT, f"{ANN} id-bob", ""), record) == b""
