"""Dialects: every event, in every room, in every dialect, is something that its clients can bear."""

from typing import Final, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.bans import Target
from hubbub.core.catalog import AnyEvent, ModerationEvent, PinningEvent, Record
from hubbub.core.features.accounts import (
    AccountClosed,
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
    AccountRenamed,
    AlertsSet,
    PrivacySet,
    ServerRoleSet,
)
from hubbub.core.features.annotating import Deleted, Edited, Pinned, Reacted, Removed, Unpinned, Unreacted
from hubbub.core.features.blocking import Blocked, Unblocked
from hubbub.core.features.ejection import Ejected, ServerBanned, ServerUnbanned
from hubbub.core.features.importing import Imported
from hubbub.core.features.membership import Joined, Left
from hubbub.core.features.messages import DEFAULTS, Announced, Confided, Said, clean_text
from hubbub.core.features.portraits import BotMarked, Described
from hubbub.core.features.presence import CameBack, Disconnected, WentAway
from hubbub.core.features.renaming import Renamed
from hubbub.core.features.senders import Accepted, SendersLimited, Unaccepted
from hubbub.core.features.topics import TopicSet
from hubbub.core.features.traits import TraitSet
from hubbub.core.kinds import Manner, PersonId, Refused, RoomId, Seq
from hubbub.core.notes import Quote
from hubbub.core.roles import RoomRole, ServerRole
from hubbub.core.room import DIRECTORY_KEY, HOUSE_KEY, Room, RoomKind
from hubbub.core.texts import clean_line
from hubbub.service.audience import Dialect
from hubbub.wire.detect import Protocol
from tests.fuzz.budget import QUICK
from tests.gateways.making import NOW_MS, make_conversation
from tests.gateways.strict import read_frames, read_lines, read_packets, read_pairs
from tests.gateways.talk import Talk

ANN: Final = PersonId("id-ann")
BOB: Final = PersonId("id-bob")
LOBBY: Final = Room(RoomId(1), RoomKind.CHANNEL, "#lobby", "#lobby")
TEA: Final = Room(RoomId(2), RoomKind.CHANNEL, "#tea", "#Tea")
DIRECT: Final = Room(RoomId(3), RoomKind.DIRECT, "id-ann id-bob", "")
HOUSE: Final = Room(RoomId(4), RoomKind.HOUSE, HOUSE_KEY, "")
PERSONAL: Final = Room(RoomId(5), RoomKind.PERSONAL, "id-bob", "")
DIRECTORY: Final = Room(RoomId(6), RoomKind.DIRECTORY, DIRECTORY_KEY, "")
ROOMS: Final = (LOBBY, TEA, DIRECT, HOUSE, PERSONAL, DIRECTORY)

SPEECH: Final = {
    Protocol.TEXT: b"bob\n",
    Protocol.HEADER_FRAMES: b"3         bob",
    Protocol.JSON_FRAMES: b'\x00\x1d{"type":"hello","nick":"bob"}',
    Protocol.TEXT_FRAMES: b"\x00\x04bob:",
}
"""How Bob says who he is in each protocol."""


def dialect_of(protocol: Protocol, room: Room, *, announce: bool = True) -> Dialect:
    """Return how Bob, whose current room is the lobby, hears a room in a protocol."""
    talk = Talk(make_conversation(protocol, announce=announce)).hear(SPEECH[protocol])
    assert talk.names == ["bob"]
    return talk.enter().conversation.dialect_in(room)


def encode(protocol: Protocol, room: Room, event: AnyEvent, *, announce: bool = True) -> bytes:
    """Return what Bob hears."""
    record = Record(room.id, Seq(1), NOW_MS, event)
    return dialect_of(protocol, room, announce=announce).encode(room, record)


def said(text: str, manner: Manner = "text") -> Said:
    """Return what Ann said."""
    return Said(ANN, "ann", text, manner)


def server(sentence: str) -> str:
    """Return a line of text in which the server speaks."""
    return f"[SERVER] {sentence}"


JOIN: Final = {"type": "join", "nick": "ann"}
LEAVE: Final = {"type": "leave", "nick": "ann"}

DIRECTORY_EVENTS: Final = (
    AccountOpened(ANN, "ann", "ann", "ann"),
    AccountRenamed(ANN, "ann", "anna", "anna", "anna"),
    AccountClosed(ANN, "ann", ANN),
    PrivacySet(ANN, "ann", "nobody"),
    AlertsSet(ANN, "ann", ("tea",)),
    ServerRoleSet(ANN, "ann", ANN, ServerRole.OWNER),
    AccountDisabled(ANN, "ann", ANN, "spam"),
    Ejected(ANN, "ann", "bob", "bob"),
    ServerBanned(ANN, "ann", Target("pattern", "spam*", "spam*")),
    ServerUnbanned(ANN, "ann", Target("pattern", "spam*", "spam*")),
    AccountEnabled(ANN, "ann", ANN),
)
"""Nobody listens to these, and if he did, nothing would be heard."""

HEARD: Final[list[tuple[Room, AnyEvent, str, tuple[str, str] | None, dict[str, str] | None]]] = [
    (LOBBY, said("hi"), "[ann] hi", ("ann", "hi"), None),
    (LOBBY, said("waves", "action"), "* ann waves", ("ann", "* ann waves"), None),
    (LOBBY, said("hi", "notice"), "[ann] (notice) hi", ("ann", "(notice) hi"), None),
    (TEA, said("hi"), "[#Tea] [ann] hi", ("ann [#Tea]", "hi"), None),
    (TEA, said("waves", "action"), "[#Tea] * ann waves", ("ann [#Tea]", "* ann waves"), None),
    (LOBBY, Confided(ANN, "ann", "hi", RoomRole.DEPUTY), "[ann to deputies] hi", ("ann [to deputies]", "hi"), None),
    (
        TEA,
        Confided(ANN, "ann", "waves", RoomRole.OWNER, "action"),
        "[#Tea] [to owners] * ann waves",
        ("ann [to owners] [#Tea]", "* ann waves"),
        None,
    ),
    (DIRECT, said("hi"), "[PRIVATE FROM ann] hi", ("ann [private]", "hi"), None),
    (DIRECT, said("waves", "action"), "[PRIVATE FROM ann] * ann waves", ("ann [private]", "* ann waves"), None),
    (HOUSE, Announced(ANN, "ann", "hi all"), "[BROADCAST FROM ann] hi all", ("ann [broadcast]", "hi all"), None),
    (LOBBY, Joined(ANN, "ann"), server("User 'ann' has joined the chat."), None, JOIN),
    (TEA, Joined(ANN, "ann"), server("User 'ann' has joined #Tea."), None, None),
    (LOBBY, Left(ANN, "ann", "bye"), server("User 'ann' has left #lobby. Reason: bye"), None, LEAVE),
    (LOBBY, Left(ANN, "ann", quitting=True), server("User 'ann' has left the chat."), None, LEAVE),
    (TEA, Left(ANN, "ann", quitting=True), server("User 'ann' has left the chat."), None, None),
    (
        LOBBY,
        Renamed(ANN, "ann", "anna"),
        server("User 'ann' is now known as 'anna'."),
        ("server", "User 'ann' is now known as 'anna'."),
        None,
    ),
    (
        TEA,
        TopicSet(ANN, "ann", "green"),
        server("ann set the topic of #Tea: green"),
        ("server", "ann set the topic of #Tea: green"),
        None,
    ),
    (
        TEA,
        Imported(ANN, "Slack", 7, 5),
        server("5 messages are new in #Tea, from Slack. /history shows the last ones."),
        ("server", "5 messages are new in #Tea, from Slack. /history shows the last ones."),
        None,
    ),
    (LOBBY, Edited(ANN, "ann", Seq(1), "hello"), "[ann fixed] hello", ("ann", "* ann fixed: hello"), None),
    (TEA, Edited(ANN, "ann", Seq(1), "hello"), "[#Tea] [ann fixed] hello", ("ann [#Tea]", "* ann fixed: hello"), None),
    (LOBBY, Edited(ANN, "ann", Seq(1), ""), "", None, None),
    (LOBBY, Deleted(ANN, "ann", Seq(1), ANN, "ann"), server("ann deleted a message."), None, None),
    (
        LOBBY,
        Deleted(ANN, "ann", Seq(1), BOB, "bob", reason="spam"),
        server("ann deleted a message from bob (spam)."),
        None,
        None,
    ),
    (LOBBY, Reacted(ANN, "ann", Seq(1), "👍"), "[ann reacted 👍 to a message]", None, None),
    (LOBBY, Unreacted(ANN, "ann", Seq(1), "👍"), "[ann took 👍 back from a message]", None, None),
    (LOBBY, Pinned(ANN, "ann", Seq(1)), server("ann pinned a message."), ("server", "ann pinned a message."), None),
    (
        LOBBY,
        Unpinned(ANN, "ann", Seq(1)),
        server("ann unpinned a message."),
        ("server", "ann unpinned a message."),
        None,
    ),
    (LOBBY, Removed(ANN, "ann"), "", None, None),
    (PERSONAL, Blocked(ANN, "ann", ANN, "ann"), "", None, None),
    (PERSONAL, Unblocked(ANN, "ann", ANN), "", None, None),
    (PERSONAL, WentAway(ANN, "ann", "lunch"), "", None, None),
    (PERSONAL, CameBack(ANN, "ann"), "", None, None),
    (PERSONAL, Disconnected(ANN, "ann"), "", None, None),
    (PERSONAL, TraitSet(ANN, "ann", "url", "x"), "", None, None),
    (TEA, TraitSet(ANN, "ann", "url", "x"), "", None, None),
    (PERSONAL, SendersLimited(ANN, "ann", "accepted"), "", None, None),
    (PERSONAL, Accepted(ANN, "ann", ANN, "ann"), "", None, None),
    (PERSONAL, Unaccepted(ANN, "ann", ANN), "", None, None),
    (PERSONAL, Described(ANN, "ann", "Ann Lee"), "", None, None),
    (PERSONAL, BotMarked(ANN, "ann", True), "", None, None),
    *((DIRECTORY, event, "", None, None) for event in DIRECTORY_EVENTS),
]
"""Where, what happens, and how it is heard: a line, a sender with his text, a packet that is no chat; or not at all."""


@pytest.mark.parametrize(("room", "event", "line", "pair", "packet"), HEARD, ids=lambda value: str(value)[:40])
def test_how_everything_is_heard(
    room: Room, event: AnyEvent, line: str, pair: tuple[str, str] | None, packet: dict[str, str] | None
) -> None:
    """The same thing in four dialects; for what one has no word, it keeps silent."""
    assert read_lines(encode(Protocol.TEXT, room, event)) == ([line] if line else [])
    pairs = [pair] if pair else []
    assert read_pairs(encode(Protocol.HEADER_FRAMES, room, event)) == pairs
    assert read_frames(encode(Protocol.TEXT_FRAMES, room, event)) == [f"{name}: {text}" for name, text in pairs]
    chats = [{"type": "chat", "nick": name, "message": text} for name, text in pairs]
    assert read_packets(encode(Protocol.JSON_FRAMES, room, event)) == chats + ([packet] if packet else [])


QUOTE: Final = Quote("bob", "hi…")

ABOUT: Final[list[tuple[Room, AnyEvent, str, str]]] = [
    (LOBBY, Said(ANN, "ann", "sure", reply_to=Seq(1)), '[ann → bob "hi…"] sure', "> hi… : sure"),
    (TEA, Said(ANN, "ann", "sure", reply_to=Seq(1)), '[#Tea] [ann → bob "hi…"] sure', "> hi… : sure"),
    (DIRECT, Said(ANN, "ann", "sure", reply_to=Seq(1)), '[PRIVATE FROM ann → bob "hi…"] sure', "> hi… : sure"),
    (LOBBY, Reacted(ANN, "ann", Seq(1), "👍"), '[ann reacted 👍 to "hi…" from bob]', ""),
    (LOBBY, Unreacted(ANN, "ann", Seq(1), "👍"), '[ann took 👍 back from "hi…" from bob]', ""),
    (LOBBY, Pinned(ANN, "ann", Seq(1)), '[SERVER] ann pinned "hi…" from bob.', 'ann pinned "hi…" from bob.'),
]
"""Where, what happens to a message that is at hand, and how it is heard: a line, and the text of a frame, if any."""


@pytest.mark.parametrize(("room", "event", "line", "text"), ABOUT, ids=lambda value: str(value)[:40])
def test_what_is_about_a_message_says_about_which(room: Room, event: AnyEvent, line: str, text: str) -> None:
    """Whoever has no way of pointing at it reads how it begins."""
    record = Record(room.id, Seq(2), NOW_MS, event, quote=QUOTE)
    assert read_lines(dialect_of(Protocol.TEXT, room).encode(room, record)) == [line]
    pairs = read_pairs(dialect_of(Protocol.HEADER_FRAMES, room).encode(room, record))
    assert [said for _, said in pairs] == ([text] if text else [])


@pytest.mark.parametrize("protocol", SPEECH)
def test_comings_and_goings_need_not_be_announced(protocol: Protocol) -> None:
    """An operator may switch that off; renamings and topics are told all the same."""
    for event in (Joined(ANN, "ann"), Left(ANN, "ann", quitting=True)):
        assert encode(protocol, LOBBY, event, announce=False) == b""
    assert encode(protocol, LOBBY, Renamed(ANN, "ann", "anna"), announce=False)
    assert encode(protocol, LOBBY, TopicSet(ANN, "ann", "green"), announce=False)


def test_who_has_no_echo_of_his_own_hears_himself() -> None:
    """S2 and S3 show what their user said only when it comes back; the others show it at once."""
    for protocol, hears in (
        (Protocol.TEXT, set()),
        (Protocol.HEADER_FRAMES, set()),
        (Protocol.JSON_FRAMES, {Said, Confided, Announced}),
        (Protocol.TEXT_FRAMES, {Said, Confided, Announced}),
    ):
        dialect = dialect_of(protocol, LOBBY)
        assert set(dialect.echoes) == hears | {TopicSet, *get_args(PinningEvent), *get_args(ModerationEvent)}
        assert (dialect.folds, dialect.keeps_state, dialect.hears_itself) == (True, False, False)


def is_sayable(text: str) -> bool:
    """Say whether a text can be said at all."""
    try:
        clean_text(text)
    except Refused:
        return False
    return True


NAMES: Final = st.sampled_from(["ann", "o'hara", "Ünal", "x" * 32, "あ" * 32, "\U00020000" * 32])
MESSAGE_BYTES, MESSAGE_LINES = DEFAULTS.message_bytes, DEFAULTS.message_lines
LONG: Final = st.sampled_from(["x", "é", "€ ", "\U0001f44d", "\t"]).map(lambda part: part * MESSAGE_BYTES) | st.just(
    "a\n" * MESSAGE_LINES
)
TEXTS: Final = st.text(st.characters(exclude_categories=["Cs"])) | LONG.map(
    lambda text: text.encode()[:MESSAGE_BYTES].decode(errors="ignore")
)
CLEAN: Final = TEXTS.filter(is_sayable).map(clean_text)
LINES: Final = TEXTS.map(lambda text: clean_line(text, 390))
MANNERS: Final = st.sampled_from(["text", "action", "notice"])

EVENTS: Final = st.one_of(
    st.builds(Said, st.just(ANN), NAMES, CLEAN, MANNERS),
    st.builds(Announced, st.just(ANN), NAMES, CLEAN),
    st.builds(Joined, st.just(ANN), NAMES),
    st.builds(Left, st.just(ANN), NAMES, LINES, st.booleans()),
    st.builds(Renamed, st.just(ANN), NAMES, NAMES),
    st.builds(TopicSet, st.just(ANN), NAMES, LINES),
    st.builds(Blocked, st.just(ANN), NAMES, st.just(ANN), NAMES, st.booleans()),
    st.builds(Unblocked, st.just(ANN), NAMES, st.just(ANN)),
)
"""Every event as it can come from a decision: names that somebody may have, texts that were cleaned."""


@QUICK
@given(st.sampled_from(ROOMS), EVENTS)
def test_whatever_happens_no_client_breaks(room: Room, event: AnyEvent) -> None:
    """Any event in any room can be read as strictly as the seed programs read."""
    lines = read_lines(encode(Protocol.TEXT, room, event))
    read_packets(encode(Protocol.JSON_FRAMES, room, event))
    pairs = encode(Protocol.HEADER_FRAMES, room, event)
    frames = encode(Protocol.TEXT_FRAMES, room, event)
    senders = {name.partition(" ")[0] for name, _ in read_pairs(pairs)}
    assert senders <= {event.name, "server"}
    assert all(text.partition(":")[0].partition(" ")[0] in {event.name, "server"} for text in read_frames(frames))
    for protocol, data in ((Protocol.HEADER_FRAMES, pairs), (Protocol.TEXT_FRAMES, frames)):
        fragility = make_conversation(protocol).fragility
        assert fragility is not None
        pieces = fragility.cut(data)
        assert b"".join(pieces) == data
        assert all(len(piece) <= fragility.packet_bytes for piece in pieces)
    if isinstance(event, Said | Announced):
        assert len(lines) == event.text.count("\n") + 1, "no line can pass for another's"
        assert all(event.name in line for line in lines)


@pytest.mark.parametrize("protocol", [Protocol.HEADER_FRAMES, Protocol.JSON_FRAMES, Protocol.TEXT_FRAMES])
@pytest.mark.parametrize("mark", ["private", "broadcast", "#Tea"])
def test_no_text_passes_for_something_else(protocol: Protocol, mark: str) -> None:
    """What is said to one person, to all or in another room is marked where nobody can type it: behind the name."""
    real = {
        "private": encode(protocol, DIRECT, said("hi")),
        "broadcast": encode(protocol, HOUSE, Announced(ANN, "ann", "hi")),
        "#Tea": encode(protocol, TEA, said("hi")),
    }
    assert f"ann [{mark}]".encode() in real[mark]
    for text in (f"[{mark}] hi", f" [{mark}]: hi"):
        forged = encode(protocol, LOBBY, said(text))
        assert f"ann [{mark}]".encode() not in forged
        assert forged != real[mark]


@QUICK
@given(CLEAN)
def test_nothing_of_a_text_is_lost(text: str) -> None:
    """However it is divided, all of it arrives, but for the spaces at which it was."""
    letters = "".join(text.split())
    event = Said(ANN, "ann", text)
    lines = read_lines(encode(Protocol.TEXT, LOBBY, event))
    assert "\n".join(line.removeprefix("[ann] ") for line in lines) == text
    pairs = [message for _, message in read_pairs(encode(Protocol.HEADER_FRAMES, LOBBY, event))]
    packets = [packet["message"] for packet in read_packets(encode(Protocol.JSON_FRAMES, LOBBY, event))]
    frames = [frame.removeprefix("ann: ") for frame in read_frames(encode(Protocol.TEXT_FRAMES, LOBBY, event))]
    for pieces in (pairs, packets, frames):
        assert "".join("".join(pieces).split()) == letters


def test_telnet_has_its_own_line_ends() -> None:
    """A client that has shown itself to speak telnet hears lines that end as RFC 854 wants."""
    talk = Talk(make_conversation(Protocol.TEXT)).hear(b"\xff\xfd\x18bob\r\n").enter()
    dialect = talk.conversation.dialect_in(LOBBY)
    data = dialect.encode(LOBBY, Record(LOBBY.id, Seq(1), NOW_MS, said("one\ntwo")))
    assert read_lines(data, "\r\n") == ["[ann] one", "[ann] two"]
