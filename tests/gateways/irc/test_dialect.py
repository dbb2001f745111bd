"""The dialect: whatever is said, in whichever variant, every line is one that its clients can bear."""

from itertools import chain, combinations
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.catalog import AnyEvent, Record
from hubbub.core.features.annotating import Deleted, Edited, Reacted, Unreacted
from hubbub.core.features.messages import DEFAULTS, Announced, Said, clean_text
from hubbub.core.house import House, Person
from hubbub.core.kinds import Manner, PersonId, Refused, RoomId, Seq
from hubbub.core.notes import Quote
from hubbub.core.room import Room, RoomKind
from hubbub.gateways.irc.capabilities import Capability
from hubbub.gateways.irc.dialect import Dialects, IrcDialect
from hubbub.gateways.irc.names import Names
from hubbub.phrasing.file_phrases import NO_LINKS
from hubbub.wire.irc.message import IrcMessage, parse_message
from tests.fuzz.budget import QUICK

ANN: Final = PersonId("id-ann")
BOB: Final = PersonId("id-bob")
LONG: Final = "名" * 32
"""The longest name there is, in letters of three bytes."""
ROOMS: Final = (
    Room(RoomId(1), RoomKind.CHANNEL, f"#{LONG}", f"#{LONG}"),
    Room(RoomId(2), RoomKind.DIRECT, f"{ANN} {BOB}", ""),
    Room(RoomId(3), RoomKind.CHANNEL, "#tea", "#tea"),
)
CHANGING: Final = (
    Capability.SERVER_TIME,
    Capability.MESSAGE_TAGS,
    Capability.MULTILINE,
    Capability.MESSAGE_REDACTION,
)
VARIANTS: Final = [*chain.from_iterable(combinations(CHANGING, size) for size in range(len(CHANGING) + 1))]


def dialect_of(capabilities: tuple[Capability, ...]) -> IrcDialect:
    """Return how clients with these capabilities hear, where people are called as long as they may."""
    house = House()
    for room in ROOMS:
        house.add_room(room)
    house.people[BOB] = Person(BOB, LONG, LONG)
    return Dialects(house, Names(house, "irc.example.org"), NO_LINKS).variant({*capabilities, Capability.BATCH})


def heard(dialect: IrcDialect, room: Room, event: AnyEvent) -> list[IrcMessage]:
    """Return the messages of a record; each is a line that no client cuts."""
    record = Record(room.id, Seq(7), 1_700_000_000_000, event, quote=Quote(LONG, "what was said …"))
    messages = []
    for line in dialect.lines(room, record):
        text = line.decode()
        assert text.endswith("\r\n")
        assert not {"\r", "\n", "\0"}.intersection(text[:-2])
        tags, body = text.split(" ", 1) if text.startswith("@") else ("", text)
        assert len(body.encode()) <= 512
        assert len(tags.encode()) <= 512
        messages.append(parse_message(text[:-2]))
    return messages


def texts(messages: list[IrcMessage]) -> list[str]:
    """Return what is said in them."""
    said = [message for message in messages if message.command in {"PRIVMSG", "NOTICE"}]
    return [message.params[1].removeprefix("\x01ACTION ").removesuffix("\x01") for message in said]


@pytest.mark.parametrize("capabilities", VARIANTS, ids=lambda one: "+".join(one) or "plain")
@QUICK
@given(
    text=st.text(st.sampled_from(" \n\nab.ü名🙂\u200d👩\u0301"), min_size=1, max_size=900),
    manner=st.sampled_from(["text", "action", "notice"]),
    room=st.sampled_from(ROOMS),
)
def test_any_message(capabilities: tuple[Capability, ...], text: str, manner: Manner, room: Room) -> None:
    """Nothing of it is lost but spaces, and in no line is more than there may be."""
    try:
        said = clean_text(text, DEFAULTS)
    except Refused:
        return
    dialect = dialect_of(capabilities)
    told = heard(dialect, room, Said(ANN, LONG, said, manner))
    assert "".join("".join(texts(told)).split()) == "".join(said.split())
    for event in (
        Edited(ANN, LONG, Seq(1), said),
        Announced(ANN, LONG, said),
        Said(ANN, LONG, said, manner, reply_to=Seq(3), thread=Seq(3)),
    ):
        assert heard(dialect, room, event)


@pytest.mark.parametrize("capabilities", VARIANTS, ids=lambda one: "+".join(one) or "plain")
def test_what_becomes_of_messages(capabilities: tuple[Capability, ...]) -> None:
    """The architecture's table of degrading: what a client has no place for it reads in a notice."""
    dialect = dialect_of(capabilities)
    deleted = heard(dialect, ROOMS[0], Deleted(ANN, LONG, Seq(1), BOB, LONG, reason="spam " * 30))
    reacted = heard(dialect, ROOMS[0], Reacted(ANN, LONG, Seq(1), "👍"))
    taken_back = heard(dialect, ROOMS[0], Unreacted(ANN, LONG, Seq(1), "👍", Seq(2)))
    deleting = "REDACT" if Capability.MESSAGE_REDACTION in capabilities else "NOTICE"
    reacting = "TAGMSG" if Capability.MESSAGE_TAGS in capabilities else "NOTICE"
    assert [one.command for one in deleted] == [deleting]
    assert [one.command for one in reacted] == [reacting]
    assert [one.command for one in taken_back] == ["REDACT" if deleting == "REDACT" else reacting]
    edited = heard(dialect, ROOMS[0], Edited(ANN, LONG, Seq(1), "hello"))
    knows_edits = {Capability.MESSAGE_TAGS, Capability.MESSAGE_REDACTION} <= set(capabilities)
    assert texts(edited) == ["hello" if knows_edits else "fixed: hello"]


@pytest.mark.parametrize("capabilities", [(), (Capability.MULTILINE,)])
def test_texts_that_just_fit(capabilities: tuple[Capability, ...]) -> None:
    """Of every length around that of a line, all is said, in as few lines as there may be."""
    dialect = dialect_of(capabilities)
    counts = [texts(heard(dialect, ROOMS[2], Said(ANN, "ann", "x" * size))) for size in range(350, 600)]
    assert ["".join(one) for one in counts] == ["x" * size for size in range(350, 600)]
    assert [len(one) for one in counts] == sorted(len(one) for one in counts)
    assert {len(one) for one in counts} == {1, 2}
