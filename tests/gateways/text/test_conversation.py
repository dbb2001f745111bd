"""The text conversation: what people on netcat and telnet, and the S0 and S4 clients, send and are sent."""

from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hubbub.core.account_answers import LoggedIn, LoggedOut
from hubbub.core.account_requests import LogIn, LogOut
from hubbub.core.features.blocking import Block
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.features.renaming import Rename
from hubbub.core.kinds import Refusal
from hubbub.core.limits import Limits
from hubbub.core.message_answers import Done
from hubbub.core.queries import FindTopic, ListMembers, ListRooms
from hubbub.core.room import LOBBY
from hubbub.core.room_answers import Departed, TopicFound
from hubbub.gateways.closing import Closing
from hubbub.gateways.text.conversation import CHUNK_READER, IRC_TOO_LATE, PROMPT, TOO_LATE
from hubbub.wire.detect import Protocol
from tests.fuzz.budget import QUICK
from tests.gateways.making import make_conversation, notice
from tests.gateways.talk import Talk
from tests.wire.pieces import cut

NO_ROOM: Final = notice("You are in no room. Join one first: /join #lobby")


def begin(taken: tuple[str, ...] = ()) -> Talk:
    """Return a talk that was greeted."""
    talk = Talk(make_conversation(Protocol.TEXT), taken)
    talk.take()
    return talk


def arrive(data: bytes = b"ann\n") -> Talk:
    """Return a talk with somebody who is in the lobby and has been told so."""
    talk = begin().hear(data)
    talk.enter().take()
    talk.asked.clear()
    return talk


def test_it_greets_and_asks_for_a_name() -> None:
    """The server speaks first, for S0 and S4 wait for it, and every line has its stamp."""
    talk = Talk(make_conversation(Protocol.TEXT))
    assert talk.take() == notice("Welcome to hubbub!") + notice(PROMPT)


@pytest.mark.parametrize("line", [b"ann\n", b" ann \n", b"/nick ann\r\n", b"/NAME ann\n", b"\xff\xfb\x18ann\r\0"])
def test_the_first_line_is_a_name(line: bytes) -> None:
    """Plain, or after a command; then the client is in the lobby, and told so in S4's words."""
    talk = begin().hear(line)
    assert talk.names == ["ann"]
    assert talk.asked == [Join(LOBBY)]
    talk.take()
    sent = talk.enter().take()
    assert b"You have been assigned the username 'ann'." in sent
    assert b"You are in #lobby, nobody else is here yet." in sent


@pytest.mark.parametrize(
    "line", [b"\n", b"  \n", b"SEND ['bob']: hi\n", b"BROADCAST: hi\n", b"BLOCK ['x']\n", b"/msg a b\n"]
)
def test_what_is_no_name_is_asked_again(line: bytes) -> None:
    """Nothing, and what an S0 client without a name sends as its first command."""
    talk = begin().hear(line)
    assert (talk.names, talk.take()) == ([], notice(PROMPT))


@pytest.mark.parametrize("line", [b"/help nick\n", b"/nonsense\n"])
def test_who_has_no_name_may_ask_for_help(line: bytes) -> None:
    """He is helped, and asked again."""
    talk = begin().hear(line)
    sent = talk.take()
    assert sent.endswith(notice(PROMPT))
    assert sent.count(b"\n") > 1
    assert talk.names == []


@pytest.mark.parametrize("line", [b"GET / HTTP/1.1\r\n", b"PATCH /api/v1/uploads/7 HTTP/1.0\n"])
def test_a_request_that_comes_too_late_ends_it(line: bytes) -> None:
    """It is no name, and nobody is asked for another; whoever only says such words may go on."""
    talk = begin().hear(line)
    assert (talk.names, talk.take()) == ([], notice(TOO_LATE))
    assert talk.ended == Closing.BAD_INPUT.code
    assert begin().hear(b"GET a life\n").names == ["GET a life"]


@pytest.mark.parametrize("line", [b"CAP LS 302\r\n", b"CAP LS\n", b"USER root 8 * :root\r\n"])
def test_an_irc_client_that_comes_too_late_connects_again(line: bytes) -> None:
    """RFC 2812, 3.7.4: ERROR is "for use by servers" to tell why they close; NICK alone may be typed by a person."""
    talk = begin().hear(line)
    assert (talk.names, talk.take()) == ([], IRC_TOO_LATE)
    assert talk.ended == Closing.BAD_INPUT.code
    assert begin().hear(b"NICK ann\n").names == ["NICK ann"]


def test_a_program_without_a_name_is_answered_and_no_more() -> None:
    """It asks whether the server is there, and reads the next line as the answer."""
    assert begin().hear(b"/ping 1\n").take() == notice("pong 1")


def test_who_has_no_name_may_leave() -> None:
    """Without ever having come."""
    assert begin().hear(b"/quit never mind\n").ended == "never mind"


def test_a_name_that_is_taken_is_asked_again() -> None:
    """With the reason and one that is free; the next line is a name again."""
    talk = begin(taken=("ann",)).hear(b"ann\nhello\n")
    assert talk.names == ["ann", "hello"]
    assert talk.take() == notice("ann is taken. How about 'ann2'?") + notice(PROMPT)


def test_what_is_typed_ahead_is_said_in_the_lobby() -> None:
    """Whoever sends his name and all he has to say in one breath loses nothing."""
    talk = begin().hear(b"ann\nhello\n/list\nagain\n")
    assert talk.asked == [Join(LOBBY)]
    talk.enter()
    for request in (Say(LOBBY, "hello"), ListMembers(LOBBY), Say(LOBBY, "again")):
        assert talk.asked[-1] == request
        talk.answer(TopicFound(LOBBY, None))


def test_a_room_joined_in_the_same_breath_is_spoken_in() -> None:
    """What follows `/join` in one segment is said in the new room, and what follows `/leave` in the one before."""
    talk = arrive().hear(b"/join #tea\nhello tea\n/leave\nhello again\n")
    assert talk.asked == [Join("#tea")]
    talk.enter("#Tea")
    assert talk.asked[1:] == [Say("#Tea", "hello tea")]
    talk.answer(TopicFound(LOBBY, None)).answer(Departed("#Tea"))
    assert talk.asked[2:] == [Leave("#Tea"), Say(LOBBY, "hello again")]


def test_what_comes_later_is_meant_later() -> None:
    """A line that comes while others still wait for their meaning waits behind them: they may lead to another room."""
    talk = arrive().hear(b"/join #tea\nhello tea\n/leave\nhello lobby\n")
    talk.enter("#tea").hear(b"and again\n/join #milk\nhello milk\n")
    talk.answer(Done()).answer(Departed("#tea")).answer(Done()).answer(Done()).enter("#milk").answer(Done())
    assert talk.asked == [
        *(Join("#tea"), Say("#tea", "hello tea"), Leave("#tea"), Say(LOBBY, "hello lobby")),
        *(Say(LOBBY, "and again"), Join("#milk"), Say("#milk", "hello milk")),
    ]


def test_a_room_that_may_not_be_joined_changes_nothing() -> None:
    """What follows a refused `/join` is said where one was before."""
    talk = arrive().hear(b"/join #\nhello\n")
    talk.answer(Refusal("bad_room_name", "That is no room."))
    assert talk.asked[1:] == [Say(LOBBY, "hello")]
    assert talk.take() == notice("That is no room.")


def test_who_has_left_every_room_is_in_none() -> None:
    """Plain text goes nowhere, and he is told how to come in again; what needs no room works."""
    talk = arrive().hear(b"/leave\nhello\n/me waves\n/topic\n/history\n/list\n/leave\n/rooms\n")
    talk.answer(Departed(LOBBY))
    assert talk.asked[1:] == [ListRooms()]
    left = notice("You have left #lobby. You are in no room now.")
    assert talk.take() == left + NO_ROOM * 5 + notice("You are in no room that you could leave.")


def test_nothing_is_heard_after_a_farewell() -> None:
    """What stands behind `/quit` in the same segment is not said."""
    talk = arrive().hear(b"bye all\n/quit to bed\nwhat I never wanted to say\n")
    talk.answer(TopicFound(LOBBY, None))
    assert talk.ended == "to bed"
    assert talk.asked == [Say(LOBBY, "bye all")]


@pytest.mark.parametrize(("line", "said"), [(b"//help\n", "/help"), (b"///\n", "//"), (b" //x\n", "/x")])
def test_a_slash_can_be_said(line: bytes, said: str) -> None:
    """Two slashes say one."""
    assert arrive().hear(line).asked == [Say(LOBBY, said)]


def test_the_commands_of_s0_are_understood() -> None:
    """By people too, who write the names without quotes; a list that is none is explained."""
    talk = arrive().hear(b"SEND ['bob', 'carol']:  hi\n")
    assert talk.asked == [Tell(("bob", "carol"), " hi")]
    assert arrive().hear(b"SEND bob,carol: hi\n").asked == [Tell(("bob", "carol"), "hi")]
    assert arrive().hear(b"BROADCAST: hi\n").asked == [Broadcast("hi")]
    assert arrive().hear(b"BLOCK ['bob', '']\n").asked == [Block(("bob",))]
    talk = arrive().hear(b"BLOCK [bob]\nSEND [\n")
    assert talk.asked == []
    assert talk.take().count(b"That is no list of names") == 2
    assert arrive().hear(b"SENDING my love\n").asked == [Say(LOBBY, "SENDING my love")]


def test_bad_bytes_cost_their_line_only() -> None:
    """Text in another encoding is answered, and the lines around it are heard."""
    talk = arrive().hear(b"one\nf\xfcnf\ntwo\n")
    talk.answer(TopicFound(LOBBY, None))
    assert talk.asked == [Say(LOBBY, "one"), Say(LOBBY, "two")]
    assert b"That was not UTF-8 (byte 0xFC at position 1)" in talk.take()


def test_a_line_without_end_costs_itself_only() -> None:
    """It is refused once, and what follows its end is heard."""
    talk = Talk(make_conversation(Protocol.TEXT, Limits(line_bytes=10))).hear(b"ann\n")
    talk.enter().take()
    for _ in range(5):
        talk.hear(b"x" * 10)
    talk.hear(b"\nshort\n")
    assert talk.asked[1:] == [Say(LOBBY, "short")]
    assert talk.take().count(b"too long") == 1


def test_many_blank_lines_are_one_request() -> None:
    """A client whose input has ended sends thousands of them: those that come together cost one answer's work."""
    talk = arrive().hear(b"\n" * 1_000)
    assert talk.asked == [Say(LOBBY, "")]
    talk.answer(Refusal("empty", "There is nothing to say."))
    assert talk.take() == b"", "and the Enter key by itself wants no answer"
    assert talk.hear(b"\n\n").asked == [Say(LOBBY, "")] * 2


# Chunks: clients that end no lines


def test_silence_ends_a_chunk() -> None:
    """A client that never ended a line has said something when nothing more comes for a moment."""
    conversation = make_conversation(Protocol.TEXT)
    talk = Talk(conversation)
    assert conversation.quiet_seconds == 0, "nothing came yet"
    talk.hear(b"al")
    assert conversation.quiet_seconds == Limits().chunk_seconds
    talk.hear(b"ice")
    assert talk.names == []
    talk.carry(conversation.receive_quiet())
    assert talk.names == ["alice"]
    assert conversation.quiet_seconds == 0
    talk.enter().hear(b"hello")
    talk.carry(conversation.receive_quiet())
    assert talk.asked[1:] == [Say(LOBBY, "hello")]


def test_two_commands_in_one_chunk_are_two() -> None:
    """S0 sends two messages quickly, and they arrive in one piece."""
    talk = begin().hear(b"alice")
    talk.carry(talk.conversation.receive_quiet()).enter()
    talk.hear(b"SEND ['a']: xSEND ['b']: yBROADCAST: zBLOCK ['c']")
    talk.carry(talk.conversation.receive_quiet())
    for _ in range(4):
        talk.answer(TopicFound(LOBBY, None))
    assert talk.asked[1:] == [Tell(("a",), "x"), Tell(("b",), "y"), Broadcast("z"), Block(("c",))]


def test_half_a_character_waits_for_its_other_half() -> None:
    """A chunk may end anywhere; no character is taken apart."""
    talk = begin().hear("ann é".encode()[:-1])
    talk.carry(talk.conversation.receive_quiet())
    assert talk.names == ["ann"]
    assert talk.conversation.quiet_seconds == Limits().chunk_seconds


def test_who_knows_line_ends_is_never_cut_by_the_clock() -> None:
    """Somebody who types slowly on netcat has said nothing until he presses Enter."""
    talk = arrive().hear(b"I am thin")
    assert talk.conversation.quiet_seconds == 0
    talk.carry(talk.conversation.receive_quiet())
    assert talk.asked == []
    talk.hear(b"king\n")
    assert talk.asked == [Say(LOBBY, "I am thinking")]


def test_only_who_ends_no_lines_is_sent_to_with_care() -> None:
    """S0 and S4 take what one `recv` brings for a text; netcat and telnet do not mind."""
    talk = begin().hear(b"alice")
    assert talk.conversation.fragility is CHUNK_READER
    talk.hear(b"\n")
    assert talk.conversation.fragility is None


def test_the_last_line_needs_no_end() -> None:
    """What came before the end of the stream is heard, ended or not; nothing is made of nothing."""
    for talk, said in ((arrive().hear(b"bye"), [Say(LOBBY, "bye")]), (arrive(), [])):
        talk.carry(talk.conversation.receive_eof())
        assert talk.asked == said


# Telnet


def test_telnet_is_answered_and_never_shown() -> None:
    """Its negotiation is refused at once, before anything else is answered, and its line ends are kept to."""
    talk = begin().hear(b"\xff\xfd\x01ann\r\n")
    assert talk.take() == b"\xff\xfc\x01"
    talk.enter()
    assert talk.names == ["ann"]
    lines = talk.take().splitlines(keepends=True)
    assert lines
    assert all(line.endswith(b"\r\n") for line in lines)


def test_ctrl_c_means_to_be_gone() -> None:
    """Whoever presses it on telnet leaves, after what he said before."""
    talk = arrive().hear(b"hello\n\xff\xf4\xff\xfd\x06")
    talk.answer(TopicFound(LOBBY, None))
    assert talk.asked == [Say(LOBBY, "hello")]
    assert talk.ended == ""


# Any bytes


PARTS: Final = (
    *(
        b"ann",
        b"hello",
        b"\n",
        b"\n",
        b"\r\n",
        b" ",
        "é€👍".encode(),
        b"\xff\xfd\x18",
        b"\xff\xf6",
        b"\xff\xff",
        b"\xfc",
    ),
    *(
        b"/join #tea\n",
        b"/leave\n",
        b"/nick bob\n",
        b"/topic\n",
        b"//x\n",
        b"SEND ['a']: x\n",
        b"BLOCK [\n",
        b"/help\n",
    ),
    *(b"/login ann\n", b"/login zoe pw\n", b"zoe\n", b"secret\n", b"/register\n", b"/logout\n", b"/password\n"),
    *(b"\x1b[2J", b"x" * 40 + b"\n", b"/quit\n"),
)


@QUICK
@given(st.lists(st.sampled_from(PARTS), max_size=30).map(b"".join), st.lists(st.integers(0, 500), max_size=20))
@example(b"ann\n/join #tea\nhello\n", [5, 7, 12])
def test_cutting_makes_no_difference(stream: bytes, places: list[int]) -> None:
    """However the bytes arrive, the same is asked in the same order, and the same is answered."""
    heard = []
    for pieces in ([stream], cut(stream, [place for place in places if place <= len(stream)])):
        talk = Talk(make_conversation(Protocol.TEXT), accounts={"zoe": "secret", "ann": "secret"})
        for piece in pieces:
            talk.hear(piece)
            obey(talk)
        talk.carry(talk.conversation.receive_eof())
        obey(talk)
        asked = [request for request in talk.asked if not (isinstance(request, Say) and not request.text.strip())]
        heard.append((talk.names, talk.proofs, asked, talk.ended))
    assert heard[0] == heard[1]


def obey(talk: Talk) -> None:
    """Answer everything that is asked, as a house does in which everything is allowed."""
    while talk.waiting is not None:
        match talk.waiting:
            case Join(room):
                talk.enter(room)
            case Leave(room):
                talk.answer(Departed(room))
            case LogIn(name):
                talk.answer(LoggedIn(name, ()))
            case LogOut():
                talk.answer(LoggedOut("guest"))
            case _:
                talk.answer(TopicFound(LOBBY, None))


def test_renaming_is_confirmed_in_the_words_of_s4() -> None:
    """S4 recognises them; the queries of a topic are answered in plain ones."""
    talk = arrive().hear(b"/nick bob\n/topic\n")
    assert talk.asked == [Rename("bob")]
    talk.answer(Refusal("name_taken", "Username 'bob' is already taken.", suggestion="bob2"))
    assert talk.take() == notice("Username 'bob' is already taken. How about 'bob2'?")
    assert talk.asked[1:] == [FindTopic(LOBBY)]


def test_a_space_before_a_slash_makes_nothing_public() -> None:
    """Who slips a space before `/msg` still tells one person alone."""
    assert arrive().hear(b" /msg bob my secret\n").asked == [Tell(("bob",), "my secret")]
