"""The frames conversations: a name first, then texts; and nothing that would break one of these clients."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.features.blocking import Block
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Say
from hubbub.core.features.renaming import Rename
from hubbub.core.kinds import Refusal
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Done
from hubbub.core.people_answers import Called
from hubbub.core.room import LOBBY
from hubbub.gateways.closing import Closing
from hubbub.wire.detect import Protocol
from hubbub.wire.frames.json_frames import PACKET_LIMIT
from hubbub.wire.frames.text_frames import encode_length_prefixed
from tests.fuzz.budget import QUICK
from tests.gateways.making import make_conversation
from tests.gateways.strict import read_frames, read_packets, read_pairs
from tests.gateways.talk import Talk
from tests.wire.pieces import cut

FRAMED: Final = (Protocol.HEADER_FRAMES, Protocol.JSON_FRAMES, Protocol.TEXT_FRAMES)


def header(*texts: str) -> bytes:
    """Return frames as S1 sends them."""
    return b"".join(f"{len(text.encode()):<10}".encode() + text.encode() for text in texts)


def prefixed(*texts: str) -> bytes:
    """Return frames as S3 sends them, and S2 its objects."""
    return b"".join(encode_length_prefixed(text.encode()) for text in texts)


def hello(nick: str) -> str:
    """Return how an S2 client says who it is."""
    return f'{{"type": "hello", "nick": "{nick}"}}'


def chat(message: str) -> str:
    """Return how an S2 client says something."""
    return f'{{"type": "chat", "message": "{message}"}}'


OPENINGS: Final = {
    Protocol.HEADER_FRAMES: header("ann", "hello", "/join #tea", "in tea"),
    Protocol.JSON_FRAMES: prefixed(hello("ann"), chat("hello"), chat("/join #tea"), chat("in tea")),
    Protocol.TEXT_FRAMES: prefixed("ann: hello", "ann: /join #tea", "ann: in tea"),
}
"""The same conversation in each dialect."""


def begin(protocol: Protocol, *taken: str) -> Talk:
    """Return a talk with somebody of whom nothing is known."""
    return Talk(make_conversation(protocol), taken)


@pytest.mark.parametrize("protocol", FRAMED)
def test_nothing_is_said_first(protocol: Protocol) -> None:
    """A greeting would be no frame: these clients speak first."""
    talk = begin(protocol)
    assert talk.take() == b""
    assert talk.conversation.quiet_seconds == 0


@pytest.mark.parametrize("protocol", FRAMED)
@QUICK
@given(places=st.lists(st.integers(0, 60), max_size=12))
def test_the_same_conversation_in_each_dialect(protocol: Protocol, places: list[int]) -> None:
    """However it is cut: a name, the lobby, a message in it, another room, a message there."""
    talk = begin(protocol)
    for piece in cut(OPENINGS[protocol], places):
        talk.hear(piece)
    assert (talk.names, talk.asked) == (["ann"], [Join(LOBBY)])
    talk.enter()
    assert talk.asked[1:] == [Say(LOBBY, "hello")]
    talk.answer(Done())
    assert talk.asked[2:] == [Join("#tea")]
    talk.enter("#tea")
    assert talk.asked[3:] == [Say("#tea", "in tea")]


@pytest.mark.parametrize("protocol", FRAMED)
def test_a_taken_name_gets_a_number(protocol: Protocol) -> None:
    """These clients cannot be asked again, so they are told what they are called here."""
    talk = begin(protocol, "ann").hear(OPENINGS[protocol])
    assert talk.names == ["ann", "ann2"]
    sentence = "ann is taken. You are 'ann2' here; /nick NAME changes it."
    match protocol:
        case Protocol.HEADER_FRAMES:
            assert read_pairs(talk.take()) == [("server", sentence)]
        case Protocol.JSON_FRAMES:
            assert read_packets(talk.take()) == [{"type": "chat", "nick": "server", "message": sentence}]
        case _:
            assert read_frames(talk.take()) == [f"server: {sentence}"]
    talk.enter()
    assert talk.asked[1:] == [Say(LOBBY, "hello")], "and what it writes is understood all the same"


@pytest.mark.parametrize("protocol", FRAMED)
def test_where_no_name_is_left_it_ends(protocol: Protocol) -> None:
    """A refusal without a suggestion is the end: there is nothing these clients could be asked."""
    talk = begin(protocol)
    talk.carry(talk.conversation.not_introduced(Refusal("name_taken", "All are taken.")))
    assert talk.ended is not None
    assert talk.names == []


@pytest.mark.parametrize("protocol", FRAMED)
def test_half_a_frame_is_a_departure_like_any_other(protocol: Protocol) -> None:
    """Nothing is made of it, nor of silence."""
    talk = begin(protocol).hear(OPENINGS[protocol][:-1])
    before = list(talk.asked)
    assert list(talk.conversation.receive_eof()) == list(talk.conversation.receive_quiet()) == []
    assert talk.asked == before


# S1


def test_s1_hears_nobody_come() -> None:
    """It has no frame for that; its own arrival is told in a pair of the server's."""
    talk = begin(Protocol.HEADER_FRAMES).hear(header("ann"))
    talk.enter()
    assert read_pairs(talk.take()) == [("server", "You are in #lobby, nobody else is here yet.")]


def test_s1_s_frames_may_be_bad() -> None:
    """Text that is none is answered and the next frame heard; a header that is none ends it, for its place is lost."""
    talk = begin(Protocol.HEADER_FRAMES).hear(header("ann"))
    talk.enter().take()
    talk.hear(b"1         \xff" + header("hello") + b"five      hello")
    assert talk.asked[1:] == [Say(LOBBY, "hello")]
    talk.answer(Done())
    ((sender, sentence),) = read_pairs(talk.take())
    assert sender == "server"
    assert "UTF-8" in sentence
    assert talk.ended == "BadLength"


def test_before_its_name_nothing_is_complained_of() -> None:
    """A client that has not said who it is would take an answer for something else."""
    talk = begin(Protocol.HEADER_FRAMES).hear(b"1         \xff" + header("ann"))
    assert talk.take() == b""
    assert talk.names == ["ann"]


# S2


def test_s2_sees_itself_come() -> None:
    """Its own join comes to it as to the others, once it is kept and before anything else."""
    talk = begin(Protocol.JSON_FRAMES).hear(prefixed(hello("ann")))
    assert talk.take() == b""
    talk.enter()
    assert read_packets(talk.take())[0] == {"type": "join", "nick": "ann"}


def test_before_its_hello_s2_says_nothing() -> None:
    """Chat without a name is nobody's."""
    talk = begin(Protocol.JSON_FRAMES).hear(prefixed(chat("hi"), "[]", hello("ann")))
    assert (talk.names, talk.asked) == (["ann"], [Join(LOBBY)])


def test_a_second_hello_renames() -> None:
    """In its turn: what was said before it is said under the old name."""
    talk = begin(Protocol.JSON_FRAMES).hear(prefixed(hello("ann"), chat("before"), hello("bob"), chat("after")))
    talk.enter().answer(Done()).answer(Done()).answer(Done())
    assert talk.asked[1:] == [Say(LOBBY, "before"), Rename("bob"), Say(LOBBY, "after")]


def test_s2_s_packets_may_be_bad() -> None:
    """Bad JSON, nesting and unknown types are answered in a packet, and the next one is heard."""
    bad = ("{", '{"type": "poke"}', '{"type": "chat"}', "[" * 10_000, '"\\ud800"')
    talk = begin(Protocol.JSON_FRAMES).hear(prefixed(hello("ann")))
    talk.enter().take()
    talk.hear(prefixed(*bad, chat("hello")))
    assert talk.asked[1:] == [Say(LOBBY, "hello")]
    complaints = read_packets(talk.take())
    assert len(complaints) == len(bad)
    assert all(packet["nick"] == "server" for packet in complaints)
    assert talk.ended is None


def test_the_longest_packet_is_heard() -> None:
    """Two bytes of length announce 65 535 bytes; what is too long to be said is for the house to refuse."""
    talk = begin(Protocol.JSON_FRAMES).hear(prefixed(hello("ann")))
    talk.enter()
    message = "x" * (PACKET_LIMIT - len(chat("")))
    talk.hear(prefixed(chat(message)))
    assert talk.asked[1:] == [Say(LOBBY, message)]


def test_s2_s_flood_of_empty_chats_is_one_request_a_read() -> None:
    """At the end of its input one client sends nothing but these."""
    talk = begin(Protocol.JSON_FRAMES).hear(prefixed(hello("ann")))
    talk.enter()
    talk.hear(prefixed(*[chat("")] * 1_000))
    assert talk.asked[1:] == [Say(LOBBY, "")]


def test_s2_s_commands_are_commands() -> None:
    """What begins with a slash arrives as ordinary chat."""
    talk = begin(Protocol.JSON_FRAMES).hear(prefixed(hello("ann")))
    talk.enter()
    assert talk.hear(prefixed(chat("/block bob"))).asked[1:] == [Block(("bob",))]


# S3


def test_s3_s_name_is_the_prefix_of_its_first_text() -> None:
    """And taken off every text; one without it is said as it is."""
    talk = begin(Protocol.TEXT_FRAMES).hear(prefixed("ann:  hello", "ann:x", "other: y", "ann: ann: z"))
    talk.enter()
    for _ in range(4):
        talk.answer(Done())
    assert talk.names == ["ann"]
    assert talk.asked[1:] == [Say(LOBBY, text) for text in (" hello", "x", "other: y", "ann: z")]


def test_s3_s_new_name_is_taken_off_as_well() -> None:
    """After a renaming its user may type either, and a name that got a number is his, too."""
    talk = begin(Protocol.TEXT_FRAMES, "ann").hear(prefixed("ann: /nick terry"))
    talk.enter()
    talk.answer(Called("terry"))
    talk.hear(prefixed("terry: hello", "ann: hi", "ann2: not I"))
    talk.answer(Done()).answer(Done())
    assert talk.asked[1:] == [Rename("terry"), Say(LOBBY, "hello"), Say(LOBBY, "hi"), Say(LOBBY, "ann2: not I")]


def test_s3_is_told_how_to_begin() -> None:
    """A first text without a name gets an answer, and the next may have one."""
    talk = begin(Protocol.TEXT_FRAMES).hear(prefixed("hello"))
    assert read_frames(talk.take()) == ["server: Begin with your name, as in  ann: hello"]
    assert talk.hear(prefixed("ann: hello")).names == ["ann"]


def test_s3_has_the_time_that_people_have() -> None:
    """Its program is silent until its user types, so it is not measured like those that begin with a name."""
    limits = Limits(naming_seconds=1, text_naming_seconds=60)
    seconds = {protocol: make_conversation(protocol, limits).naming_seconds for protocol in FRAMED}
    assert seconds == {Protocol.HEADER_FRAMES: 1, Protocol.JSON_FRAMES: 1, Protocol.TEXT_FRAMES: 60}


@pytest.mark.parametrize(
    ("closing", "frames"),
    [
        (Closing.UNNAMED, ["server: You gave no name. Connect again and begin with it, as in  ann: hello"]),
        (Closing.STOPPING, [f"server: {Closing.STOPPING.sentence}"]),
        (Closing.GONE, []),
    ],
)
def test_s3_hears_why_it_is_closed_before_it_has_a_name(closing: Closing, frames: list[str]) -> None:
    """It shows any frame at any time; whoever was silent too long learns what to type the next time."""
    assert read_frames(make_conversation(Protocol.TEXT_FRAMES).farewell(closing.sentence, closing)) == frames


@pytest.mark.parametrize("protocol", [Protocol.HEADER_FRAMES, Protocol.JSON_FRAMES])
def test_before_a_name_the_others_hear_no_farewell(protocol: Protocol) -> None:
    """Their users named themselves at the start; a client that has not done so is another program."""
    assert make_conversation(protocol).farewell(Closing.UNNAMED.sentence, Closing.UNNAMED) == b""


@pytest.mark.parametrize("protocol", FRAMED)
@QUICK
@given(st.binary(max_size=80), st.booleans())
def test_any_bytes_are_borne(protocol: Protocol, data: bytes, named: bool) -> None:
    """Whatever comes, before a name or after: nothing is raised, and what is answered is whole frames."""
    talk = begin(protocol)
    if named:
        talk.hear(OPENINGS[protocol])
        talk.enter()
    talk.hear(data)
    read = {Protocol.HEADER_FRAMES: read_pairs, Protocol.JSON_FRAMES: read_packets}.get(protocol, read_frames)
    read(talk.take())
