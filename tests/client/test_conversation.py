"""The protocol as a value: what is sent, and what is made of what comes, over one connection after the other."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.client.errors import Misunderstood, Unanswered
from hubbub.client.happenings import (
    Answered,
    Closing,
    Complaint,
    Departed,
    Entered,
    Failed,
    NotWelcomed,
    Ready,
    Renaming,
    RoomReset,
    Welcomed,
)
from hubbub.client.records import Record
from hubbub.core.account_requests import LogIn
from hubbub.core.features.annotating import Reply
from hubbub.core.features.membership import Join
from hubbub.core.features.messages import Said, Say, Tell
from hubbub.core.kinds import Refusal
from hubbub.core.message_answers import Done, Told
from hubbub.core.queries import ListRooms
from hubbub.core.signals import Typing
from hubbub.wire.native import Hello, Request
from tests.client.talk import LOBBY, RESUMED, Talk, said, welcome


def test_it_introduces_itself_and_is_ready_after_everything_that_follows() -> None:
    """A pong proves that the rooms one comes into have been told."""
    talk = Talk(Hello(name="ann", rooms=("#tea",)))
    talk.conversation.begin()
    assert talk.sent() == [{"type": "hello", "name": "ann", "rooms": ["#tea"]}]
    (heard,) = talk.hear(welcome(rooms=[]))
    assert isinstance(heard, Welcomed)
    assert not talk.conversation.is_ready
    assert talk.sent() == [{"type": "ping"}]
    entered, ready = talk.hear({"type": "entered", "room": LOBBY}, {"type": "pong"})
    assert isinstance(entered, Entered)
    assert isinstance(ready, Ready)
    assert talk.conversation.is_ready
    assert [room.name for room in talk.conversation.model.rooms.values()] == ["#lobby"]


def test_questions_are_answered_by_their_ids() -> None:
    """Whether something is done, answered or refused, it comes back to who asked it, once."""
    talk = Talk()
    talk.come_in()
    talk.sent()
    asked: list[Request] = [Say("#lobby", "hi", nonce="n"), Tell(("bob",), "hi"), ListRooms()]
    questions = [talk.conversation.ask(request) for request in asked]
    assert [(message["id"], message["type"]) for message in talk.sent()] == [(1, "say"), (2, "tell"), (3, "list_rooms")]
    heard = talk.hear(
        {"type": "done", "id": 1, "message": "4-8"},
        {"type": "answer", "id": 2, "answer": {"type": "told", "text": "hi", "outcomes": []}},
        {"type": "refusal", "id": 3, "code": "too_fast", "sentence": "Slowly.", "retry_seconds": 2.5},
        {"type": "done", "id": 1},
        {"type": "done", "id": "1"},
    )
    assert [(one.question, one.answer) for one in heard if isinstance(one, Answered)] == [
        (questions[0], Done("4-8")),
        (questions[1], Told("hi", ())),
        (questions[2], Refusal("too_fast", "Slowly.", retry_seconds=2.5)),
    ]
    assert talk.conversation.waiting == 0


def test_coming_back_says_what_is_known() -> None:
    """A guest shows his key, and the last record of each room; nothing is asked until what he missed is brought."""
    talk = Talk(Hello(name="ann", password="secret", register=True))
    talk.come_in(said(8))
    talk.conversation.lose()
    talk.conversation.begin()
    (hello,) = talk.sent()
    assert hello["since"] == {"4": 8}
    assert (hello["server"], hello["key"], hello["name"]) == ("s1", "k1", "ann")
    assert "register" not in hello
    talk.conversation.ask(ListRooms())
    talk.hear(welcome(rooms=[LOBBY | {"seq": 10}]), said(9), said(10))
    assert talk.sent() == []
    talk.hear({"type": "resumed", "room": 4, "seq": 10})
    assert [message["type"] for message in talk.sent()] == ["ping", "list_rooms"]


def test_a_record_is_heard_once() -> None:
    """What comes again is known already."""
    heard = Talk().come_in(said(7, "old"), said(8, "new"), said(8, "new"), said(9, "newest"))
    assert [one.text for one in heard if isinstance(one, Record)] == ["new", "newest"]


def test_what_carries_a_nonce_is_sent_again_as_it_was() -> None:
    """The nonce stays, so that the server can tell; so does the order."""
    talk = Talk()
    talk.come_in()
    talk.sent()
    for text in ("one", "two"):
        talk.conversation.ask(Say("#lobby", text, nonce=f"nonce-{text}"))
    first = talk.sent()
    assert talk.conversation.lose() == []
    talk.come_in(RESUMED)
    assert talk.sent()[2:] == first


def test_ones_own_message_in_what_was_missed_is_acknowledged() -> None:
    """It was stored before the connection was lost, so it is not sent again."""
    talk = Talk()
    talk.come_in()
    stored = talk.conversation.ask(Say("#lobby", "stored", nonce="a"))
    talk.conversation.ask(Reply("4-7", "lost", nonce="b"))
    talk.sent()
    talk.conversation.lose()
    mine = said(8, "stored", author="p1", nonce="a")
    heard = talk.come_in(mine, {"type": "resumed", "room": 4, "seq": 8}, rooms=[LOBBY | {"seq": 8}])
    assert [(one.question, one.answer) for one in heard if isinstance(one, Answered)] == [(stored, Done("4-8"))]
    assert [message.get("nonce") for message in talk.sent()[2:]] == ["b"]


def test_ones_own_message_in_a_room_told_anew_is_acknowledged() -> None:
    """Too much was missed, and yet it stands among the last messages."""
    talk = Talk()
    talk.come_in()
    talk.conversation.ask(Say("#lobby", "stored", nonce="a"))
    talk.conversation.lose()
    record = {"room": 4, "seq": 90, "time_ms": 1, "event": said(90, "stored", author="p1", nonce="a")["event"]}
    heard = talk.come_in({"type": "reset", "room": LOBBY | {"seq": 99, "recent": [record]}})
    assert [type(one) for one in heard] == [Welcomed, RoomReset, Answered, Ready]
    assert talk.conversation.model.since() == {4: 99}


def test_another_persons_nonce_acknowledges_nothing() -> None:
    """Whoever copies one from a record cannot make others believe that their message arrived."""
    talk = Talk()
    talk.come_in()
    talk.conversation.ask(Say("#lobby", "mine", nonce="a"))
    assert [type(one) for one in talk.hear(said(8, "not mine", author="p2", nonce="a"))] == [Record]
    assert talk.conversation.waiting == 1


def test_what_may_not_be_done_twice_fails() -> None:
    """Of a command without a nonce nobody can know; a query is asked again, and so is what was not sent yet."""
    talk = Talk()
    talk.come_in()
    sent = talk.conversation.ask(Join("#tea"))
    talk.conversation.ask(ListRooms())
    (failed,) = talk.conversation.lose()
    assert failed.question is sent
    assert isinstance(failed.error, Unanswered)
    talk.conversation.ask(Join("#pie"))
    assert talk.conversation.lose() == []
    talk.come_in(RESUMED)
    assert [message["type"] for message in talk.sent()[2:]] == ["list_rooms", "join"]


def test_whoever_is_somebody_else_now_says_nothing_twice() -> None:
    """The server has forgotten the guest; what he sent may be stored under who he was."""
    talk = Talk()
    talk.come_in()
    sent = talk.conversation.ask(Say("#lobby", "sent", nonce="a"))
    talk.conversation.lose()
    talk.conversation.ask(Say("#lobby", "unsent", nonce="b"))
    talk.conversation.begin()
    talk.hear({"type": "refusal", "code": "bad_code", "sentence": "That key is not known here any more."})
    talk.conversation.begin_anew()
    assert "key" not in talk.sent()[-1]
    heard = talk.hear(welcome(you={"id": "p9", "name": "ann"}, rooms=[LOBBY | {"seq": 12}]))
    assert [one.question for one in heard if isinstance(one, Failed)] == [sent]
    assert [message.get("nonce") for message in talk.sent()[1:]] == ["b"]
    assert [type(one) for one in talk.hear({"type": "pong"})] == [Ready]


def test_another_server_brings_nothing_that_was_missed() -> None:
    """Its rooms are others, whatever their numbers."""
    talk = Talk()
    talk.come_in(said(8))
    talk.conversation.lose()
    heard = talk.come_in(server={"id": "s2", "software": "hubbub"}, rooms=[LOBBY | {"seq": 2}])
    assert isinstance(heard[-1], Ready)
    assert talk.conversation.model.since() == {4: 2}


def test_conversations_that_rest_are_kept() -> None:
    """A welcome need not name them, and what was missed there is brought all the same."""
    talk = Talk()
    record = said(3) | {"room": 5, "in": "@bob"}
    talk.come_in(record)
    talk.conversation.lose()
    talk.conversation.begin()
    assert talk.sent()[-1]["since"] == {"4": 7, "5": 3}
    heard = talk.hear(welcome(), RESUMED, {"type": "pong"}, record | {"seq": 4})
    assert [type(one) for one in heard] == [Welcomed, Ready, Record]


def test_what_else_happens() -> None:
    """Signals, names, departures, complaints and closings are told; what only newer clients know is not."""
    talk = Talk()
    talk.come_in()
    talk.sent()
    heard = talk.hear(
        {"type": "signal", "signal": {"type": "typing", "room": "#lobby", "name": "bob"}},
        {"type": "you", "you": {"id": "p1", "name": "anna"}},
        {"type": "departed", "room": 4},
        {"type": "refusal", "code": "bad_request", "sentence": "What?"},
        {"type": "closing", "code": "stopping", "sentence": "Come back.", "come_back": True},
        {"type": "throttled"},
        {"type": "tomorrow", "news": 1},
        {"type": "ping", "id": "x"},
    )
    assert [type(one) for one in heard] == [Typing, Renaming, Departed, Complaint, Closing]
    assert talk.conversation.model.you.name == "anna"
    assert talk.conversation.model.rooms == {}
    assert talk.sent() == [{"type": "pong", "id": "x"}]


def test_who_is_not_let_in_hears_why() -> None:
    """A refusal without an id, before the welcome, is that of the introduction."""
    talk = Talk()
    talk.conversation.begin()
    refusal = {"type": "refusal", "code": "name_taken", "sentence": "Taken.", "suggestion": "ann2"}
    assert talk.hear(refusal) == [NotWelcomed(Refusal("name_taken", "Taken.", "ann2"))]


def test_a_log_in_is_remembered() -> None:
    """Who proved meanwhile that he has an account comes back as that."""
    talk = Talk()
    talk.come_in()
    talk.conversation.ask(LogIn("ann", "secret"))
    answer = {"type": "logged_in", "name": "ann", "rooms": [], "waiting": [], "unread": []}
    talk.hear({"type": "answer", "id": 1, "answer": answer})
    talk.conversation.lose()
    talk.conversation.begin()
    assert talk.sent()[-1]["password"] == "secret"


def test_records_know_whose_they_are() -> None:
    """A bot that answers itself would never end."""
    heard = Talk().come_in(said(8, author="p1"), said(9, author="p2"))
    mine, theirs = (one for one in heard if isinstance(one, Record))
    assert isinstance(mine.event, Said)
    assert (mine.is_mine, theirs.is_mine) == (True, False)
    assert (mine.id, mine.room, mine.text) == ("4-8", "#lobby", "hi")


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_are_understood_or_refused(line: bytes | str) -> None:
    """Whoever answers may be anybody."""
    talk = Talk()
    talk.conversation.begin()
    with contextlib.suppress(Misunderstood):
        assert not any(isinstance(heard, Record) for heard in talk.conversation.receive(line))


@pytest.mark.parametrize(
    "line",
    [b"HTTP/1.1 400 Bad Request", b"", b"[" * 100_000, b"5", b'{"type":"welcome"', b'{"type":"welcome"}', b"\xff"],
    ids=["http", "nothing", "nested", "number", "cut", "empty", "binary"],
)
def test_who_speaks_something_else_is_found_out(line: bytes) -> None:
    """A program is told, instead of waiting for ever."""
    talk = Talk()
    talk.conversation.begin()
    with pytest.raises(Misunderstood):
        list(talk.conversation.receive(line))
