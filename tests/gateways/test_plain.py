"""Plain clients: every answer and signal there is, in sentences, in every protocol that only has sentences."""

import time
from typing import Final, get_args

import pytest

from hubbub.core.catalog import Record
from hubbub.core.features.blocking import Block, Unblock
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Said, Say, Tell
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.renaming import Rename
from hubbub.core.features.topics import SetTopic
from hubbub.core.kinds import PersonId, Refusal, RoomId, Seq
from hubbub.core.queries import (
    Answer,
    BlockList,
    BlocksChanged,
    Called,
    Departed,
    Done,
    Entered,
    FindHistory,
    FindMessages,
    FindTopic,
    Found,
    History,
    Hit,
    InvitationList,
    InvitationMade,
    InvitationView,
    ListBlocks,
    ListMembers,
    ListRooms,
    LoggedIn,
    LoggedOut,
    Members,
    MemberView,
    Outcome,
    Registered,
    RoomList,
    RoomView,
    TokenList,
    TokenMade,
    TokenView,
    Told,
    TopicFound,
)
from hubbub.core.room import LOBBY, Room, RoomKind, Topic
from hubbub.core.signals import AnySignal, Appearing, Hiding, Idling, Refusing, Returning, Telling
from hubbub.gateways.conversation import Ask, Refocus, Reply, Wait
from hubbub.gateways.plain import FIRST_STEPS
from hubbub.gateways.slash.finding import HITS_SHOWN
from hubbub.service.account_requests import (
    AnyAccountRequest,
    ChangePassword,
    Claim,
    DeleteAccount,
    ListInvitations,
    ListTokens,
    LogIn,
    LogOut,
    MakeInvitation,
    MakeToken,
    Register,
    RevokeInvitation,
    RevokeToken,
)
from hubbub.service.requests import Request
from hubbub.wire.detect import Protocol
from tests.gateways.making import NOW_MS, make_conversation
from tests.gateways.strict import read_frames, read_lines, read_packets, read_pairs
from tests.gateways.talk import Talk
from tests.gateways.test_dialects import SPEECH

DAY_MS: Final = 86_400_000
ANN: Final = PersonId("id-ann")
NOW: Final = time.strftime("%Y-%m-%d %H:%M", time.localtime(NOW_MS // 1_000))


def record(text: str, days_ago: int = 0) -> Record:
    """Return what Ann said at this time of some day."""
    return Record(RoomId(1), Seq(1), NOW_MS - days_ago * DAY_MS, Said(ANN, "ann", text))


def day_of(days_ago: int) -> str:
    """Return this time of some day as it stands in sentences."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime((NOW_MS - days_ago * DAY_MS) // 1_000))


TOLD: Final = Told(
    "hi",
    (
        Outcome("ann", "delivered"),
        Outcome("carol", "delivered", "lunch"),
        Outcome("dave", "waiting"),
        Outcome("eve", "refused"),
        Outcome("zoe", "unknown"),
    ),
)

HOSTILE: Final = "\x1b[2Jzoe\u202e\x9b\n[SERVER] x\ud800"
"""What somebody may type, or have S0 send in a Python string, where a name belongs."""

ANSWERS: Final[list[tuple[Request, Answer, list[str]]]] = [
    (Say(LOBBY, "hi"), Done(), []),
    (Say(LOBBY, ""), Refusal("empty", "There is nothing to say."), []),
    (Say(LOBBY, "hi"), Refusal("try_again", "Not now."), ["Not now."]),
    (Block((HOSTILE,)), BlocksChanged((), (HOSTILE,)), ["User '[2Jzoe [SERVER] x' not found."]),
    (SetTopic(LOBBY, "x"), Done(), []),
    (GoAway("x"), Done(), ["You are away. Who writes to you is told. End it with /back."]),
    (ComeBack(), Done(), ["Welcome back."]),
    (Broadcast("x"), Done(), ["Everyone who hears you has been told."]),
    (Rename("bobby"), Called("bobby"), ["Your username has been changed to 'bobby'."]),
    (
        Join("#tea"),
        Entered("#Tea", Seq(1), Topic("green", "ann", 0), 2, ("ann",), ()),
        ["You are in #Tea, with ann.", "Topic: green"],
    ),
    (Leave(LOBBY), Departed(LOBBY), ["You have left #lobby. You are in no room now."]),
    (
        Tell(("ann",), "hi"),
        TOLD,
        [
            "carol is away: lunch",
            "dave is not here and will see it later.",
            "eve does not take messages from you.",
            "User 'zoe' not found.",
        ],
    ),
    (
        Block(("ann",)),
        BlocksChanged(("ann",), ("zoe",)),
        ["User 'zoe' not found.", "You no longer hear ann. They have been told."],
    ),
    (Block(("ann",), silent=True), BlocksChanged(("ann",), ()), ["You no longer hear ann. They are not told."]),
    (Unblock(("ann", "carol")), BlocksChanged(("ann", "carol"), ()), ["You hear ann and carol again."]),
    (ListBlocks(), BlockList(("ann",)), ["You block ann."]),
    (ListMembers(LOBBY), Members(LOBBY, (MemberView("ann", ""),)), ["In #lobby (1): ann (away)"]),
    (ListRooms(), RoomList((RoomView(LOBBY, 1, "", joined=False),)), ["#lobby  1 here"]),
    (FindTopic(LOBBY), TopicFound(LOBBY, None), ["#lobby has no topic. /topic TEXT gives it one."]),
    (FindTopic(LOBBY), TopicFound(LOBBY, Topic("x", "ann", 0)), ["Topic of #lobby: x (set by ann)"]),
    (FindHistory(LOBBY, 5), History(LOBBY, ()), ["Nothing was said in #lobby yet."]),
    (FindMessages("tea", 10), Found("tea", ()), ["Nothing was found."]),
    (
        FindMessages("tea", 10),
        Found("tea", (Hit(LOBBY, record("hot tea", 2), ((4, 7),)), Hit("@ann", record("x", 2))), "5"),
        [
            f"#lobby {day_of(2)} ann: hot *tea*",
            f"@ann {day_of(2)} ann: x",
            "There is more: /search more",
        ],
    ),
    (
        FindMessages("tea", 10),
        Found("tea", (), "5", is_complete=False),
        ["Nothing was found.", "Not everything was looked through: /search more goes on."],
    ),
    (
        FindMessages("tea", 10),
        Found("tea", (), is_complete=False),
        ["Nothing was found.", "Not everything that was said can be found yet. Search again in a minute."],
    ),
    # Accounts
    (
        Register("secret"),
        Registered("bob"),
        [
            "'bob' is yours from now on.",
            "From anywhere: /login bob. Your rooms and blocks stay when you leave.",
        ],
    ),
    (
        LogIn("ann", "secret"),
        LoggedIn("ann", (Entered(LOBBY, Seq(1), None, 2, ("bob",), ()), Entered("#Tea", Seq(1), None, 1, (), ()))),
        [
            "You are logged in as 'ann'.",
            "You are in #lobby, with bob.",
            "You are in #Tea, nobody else is here yet.",
            "Your current room is #lobby.",
        ],
    ),
    (LogIn("ann", "secret"), LoggedIn("ann", ()), ["You are logged in as 'ann'."]),
    (LogIn("ann", "guess"), Refusal("wrong_password", "Check both."), ["Check both."]),
    (LogOut(), LoggedOut("bob2"), []),
    (ChangePassword("old", "new"), Done(), ["Your password is changed."]),
    (DeleteAccount("secret"), Done(), []),
    (Claim("code"), Done(), ["You are the owner of this server from now on."]),
    (MakeToken("bot"), TokenMade("T1", "hub_X"), ["Your new token T1, shown this once:", "hub_X"]),
    (ListTokens(), TokenList(()), ["You have no tokens."]),
    (
        ListTokens(),
        TokenList((TokenView("T1", "bot", NOW_MS, None), TokenView("T2", "", NOW_MS, NOW_MS))),
        [
            "Your tokens:",
            f"T1  bot  made {NOW}, never used",
            f"T2  (no label)  made {NOW}, used {NOW}",
        ],
    ),
    (RevokeToken("T1"), Done(), ["That token is worth nothing any more."]),
    (
        MakeInvitation(1, None),
        InvitationMade("I1", "7K3M", 1, None),
        ["With this code one person can open an account: /register NAME PASSWORD CODE", "7K3M"],
    ),
    (
        MakeInvitation(5, DAY_MS),
        InvitationMade("I1", "7K3M", 5, NOW_MS),
        [f"With this code 5 people can open an account until {NOW}: /register NAME PASSWORD CODE", "7K3M"],
    ),
    (ListInvitations(), InvitationList(()), ["There are no invitations that can be used."]),
    (
        ListInvitations(),
        InvitationList((InvitationView("I1", "friends", 2, None), InvitationView("I2", "", 1, NOW_MS))),
        ["Invitations:", "I1  friends  2 left, for ever", f"I2  (no label)  1 left, until {NOW}"],
    ),
    (RevokeInvitation("I1"), Done(), ["That invitation is worth nothing any more."]),
]
"""What was asked, what was answered, and what the server says to that."""


def in_lobby(protocol: Protocol) -> Talk:
    """Return Bob's talk in a protocol, in the lobby, with nothing unread."""
    talk = Talk(make_conversation(protocol)).hear(SPEECH[protocol])
    talk.enter().take()
    return talk


def sentences_of(protocol: Protocol, data: bytes) -> list[str]:
    """Return what the server itself says in some bytes."""
    match protocol:
        case Protocol.TEXT:
            lines = [line for line in read_lines(data) if line.startswith("[SERVER] ")]
            return [line.removeprefix("[SERVER] ") for line in lines]
        case Protocol.HEADER_FRAMES:
            return [text for sender, text in read_pairs(data) if sender == "server"]
        case Protocol.JSON_FRAMES:
            return [packet["message"] for packet in read_packets(data) if packet["nick"] == "server"]
        case _:
            texts = [text for text in read_frames(data) if text.startswith("server: ")]
            return [text.removeprefix("server: ") for text in texts]


@pytest.mark.parametrize("protocol", SPEECH)
@pytest.mark.parametrize(("request_", "answer", "sentences"), ANSWERS, ids=lambda value: str(value)[:40])
def test_every_answer_is_said(protocol: Protocol, request_: Request, answer: Answer, sentences: list[str]) -> None:
    """The same sentences in every protocol, and silence where everything is as one wanted it."""
    talk = in_lobby(protocol)
    replies = [intent for intent in talk.conversation.answered(request_, answer) if isinstance(intent, Reply)]
    heard = sentences_of(protocol, b"".join(reply.data for reply in replies))
    if isinstance(answer, Told) and protocol is not Protocol.TEXT:
        assert heard.pop(0) == "to ann, carol, dave: hi"
    assert heard == sentences


def test_every_wish_about_an_account_is_in_the_table() -> None:
    """There is none of which this table does not say what is told."""
    assert {type(request) for request, _, _ in ANSWERS} >= set(get_args(AnyAccountRequest))


def test_a_private_message_is_confirmed() -> None:
    """In the words of S4, to those whom it has reached; where it has reached nobody, nothing is confirmed."""
    talk = in_lobby(Protocol.TEXT)
    talk.hear(b"/msg ann hi\n").answer(TOLD)
    assert read_lines(talk.take())[0] == "[PRIVATE TO ann, carol, dave] hi"
    talk.hear(b"/msg zoe hi\n").answer(Told("hi", (Outcome("zoe", "unknown"),)))
    assert read_lines(talk.take()) == ["[SERVER] User 'zoe' not found."]


def test_a_search_goes_on() -> None:
    """Where the last one ended, in one's own order; with nothing behind it, that is said."""
    talk = in_lobby(Protocol.TEXT)
    nothing = "[SERVER] There is nothing more to show. /search WORDS looks for something."
    assert read_lines(talk.hear(b"/search more\n").take()) == [nothing]
    talk.hear(b"/search tea\n/search more\n")
    talk.answer(Found("tea", (), "5"))
    assert talk.asked[-1] == FindMessages("tea", HITS_SHOWN, cursor="5")
    talk.answer(Found("tea", ()))
    talk.take()
    assert read_lines(talk.hear(b"/search more\n").take()) == [nothing]
    talk.hear(b"/search order:best tea\n").answer(Found("tea", (), "7"))
    talk.hear(b"/search from:\n").answer(Refusal("bad_query", "Write who."))
    talk.hear(b"/search more\n")
    assert talk.asked[-1] == FindMessages("order:best tea", HITS_SHOWN, cursor="7")


def test_what_was_said_earlier_is_shown_with_its_day() -> None:
    """A line tells where another day begins; what was said today needs none."""
    talk = in_lobby(Protocol.TEXT)
    history = History(LOBBY, (record("then", 2), record("still then", 2), record("now")))
    talk.hear(b"/history\n").answer(history)
    first_day, said, said_too, today, now = read_lines(talk.take())
    assert first_day.startswith("[SERVER] On ")
    assert (said, said_too, now) == ("[ann] then", "[ann] still then", "[ann] now")
    assert today.startswith("[SERVER] On ")
    assert today > first_day


def test_what_was_said_earlier_has_its_time_in_frames() -> None:
    """These clients show no time of their own, so it stands before each message, with the day unless it is today."""
    talk = in_lobby(Protocol.HEADER_FRAMES)
    request = FindHistory(LOBBY, 2)
    (reply,) = talk.conversation.answered(request, History(LOBBY, (record("then", 2), record("now"))))
    assert isinstance(reply, Reply)
    (_, then), (_, now) = read_pairs(reply.data)
    assert (then[:1], then[-6:]) == ("[", "] then")
    assert (now[:1], now[-5:]) == ("[", "] now")
    assert len(then) - len("then") == len(now) - len("now") + len("2026-01-01 ")


def test_the_welcome_is_one_write() -> None:
    """Everything a newcomer is told comes in one piece: those who come by the thousand cost one write each."""
    talk = Talk(make_conversation(Protocol.TEXT)).hear(b"bob\n")
    talk.take()
    entered = Entered(LOBBY, Seq(9), Topic("green", "ann", 0), 2, ("ann",), (record("hello"),))
    reply, refocus = talk.conversation.answered(Join(LOBBY), entered)
    assert isinstance(reply, Reply)
    assert isinstance(refocus, Refocus)
    assert read_lines(reply.data) == [
        "[SERVER] You have been assigned the username 'bob'.",
        "[SERVER] You are in #lobby, with ann.",
        "[SERVER] Topic: green",
        f"[SERVER] {FIRST_STEPS}",
        "[SERVER] Earlier in #lobby:",
        "[ann] hello",
    ]


def test_a_newcomer_who_may_not_enter_yet_knocks_until_he_may() -> None:
    """When his coming cannot be kept he is told once, and comes in by himself as soon as it can."""
    conversation = Talk(make_conversation(Protocol.TEXT)).hear(b"bob\n").conversation
    told, again = conversation.answered(Join(LOBBY), Refusal("try_again", "Not now.", retry_seconds=2.0))
    assert isinstance(told, Reply)
    (line,) = read_lines(told.data)
    assert line.startswith("[SERVER] You have been assigned the username 'bob'. The server cannot let you in just yet")
    assert isinstance(again, Wait)
    assert again.seconds == 2.0
    assert list(again.resume()) == [Ask(Join(LOBBY))]
    (again,) = conversation.answered(Join(LOBBY), Refusal("try_again", "Not now.", retry_seconds=2.0))
    assert isinstance(again, Wait)


SIGNALS: Final[list[tuple[AnySignal, list[str]]]] = [
    (Idling("ann", "lunch"), ["ann is away: lunch"]),
    (Idling("ann", ""), ["ann is away."]),
    (Returning("ann"), ["ann is back."]),
    (Refusing("ann"), ["ann no longer takes messages from you."]),
    (Hiding(LOBBY, ("ann", "carol")), ["ann and carol do not see what you say in #lobby."]),
    (Appearing(("ann",), ()), ["ann is here again."]),
    (Appearing((), ("ann", "carol")), ["ann and carol are offline."]),
    (Appearing(("ann",), ("carol",)), ["ann is here again. carol is offline."]),
    (
        Appearing(tuple(f"n{number:02}" for number in range(12)), ()),
        ["n00, n01, n02, n03, n04, n05, n06, n07, n08, n09 and 2 more are here again."],
    ),
]


@pytest.mark.parametrize("protocol", SPEECH)
@pytest.mark.parametrize(("signal", "sentences"), SIGNALS, ids=lambda value: str(value)[:40])
def test_every_signal_is_said(protocol: Protocol, signal: AnySignal, sentences: list[str]) -> None:
    """The same sentences in every protocol."""
    replies = [one for one in in_lobby(protocol).conversation.noticed(signal) if isinstance(one, Reply)]
    assert sentences_of(protocol, b"".join(reply.data for reply in replies)) == sentences


def test_one_s_own_words_are_shown_as_such() -> None:
    """What was told somebody on another connection looks as if it had been told on this one."""
    for protocol in SPEECH:
        talk = in_lobby(protocol)
        (reply,) = talk.conversation.noticed(Telling(("ann",), "psst"))
        assert isinstance(reply, Reply)
        if protocol is Protocol.TEXT:
            assert read_lines(reply.data) == ["[PRIVATE TO ann] psst"]
        else:
            assert sentences_of(protocol, reply.data) == ["to ann: psst"]


def test_nobody_is_told_who_comes_where_that_is_not_announced() -> None:
    """Presence is a coming and going like others, and is switched off with them."""
    for protocol in SPEECH:
        talk = Talk(make_conversation(protocol, announce=False)).hear(SPEECH[protocol]).enter()
        assert list(talk.conversation.noticed(Appearing(("ann",), ()))) == []
        assert list(talk.conversation.noticed(Idling("ann", "")))


@pytest.mark.parametrize("protocol", SPEECH)
def test_signals_and_farewells_are_said(protocol: Protocol) -> None:
    """In the protocol's own way; and nothing is said where there is nothing to say."""
    conversation = in_lobby(protocol).conversation
    (reply,) = conversation.noticed(Idling("ann", "lunch"))
    assert isinstance(reply, Reply)
    assert sentences_of(protocol, reply.data) == ["ann is away: lunch"]
    (reply,) = conversation.throttled()
    assert isinstance(reply, Reply)
    assert len(sentences_of(protocol, reply.data)) == 1
    assert sentences_of(protocol, conversation.farewell("Goodbye.")) == ["Goodbye."]
    assert conversation.farewell("") == b""


def test_who_has_not_said_who_he_is_is_not_told_goodbye_in_frames() -> None:
    """These clients would not expect anything yet; a person on netcat is told, and S3, which shows every frame."""
    for protocol in SPEECH:
        farewell = make_conversation(protocol).farewell("Goodbye.")
        assert bool(farewell) == (protocol in {Protocol.TEXT, Protocol.TEXT_FRAMES})


def test_the_room_one_turned_to_needs_no_label() -> None:
    """Coming into a room turns to it; leaving it turns back to the one before."""
    talk = in_lobby(Protocol.TEXT)
    lobby = Room(RoomId(1), RoomKind.CHANNEL, LOBBY, LOBBY)
    tea = Room(RoomId(2), RoomKind.CHANNEL, "#tea", "#Tea")

    def labelled() -> list[bool]:
        event = Record(RoomId(1), Seq(1), NOW_MS, Said(ANN, "ann", "hi"))
        rooms = (lobby, tea)
        return [talk.conversation.dialect_in(room).encode(room, event).count(b"[#") > 0 for room in rooms]

    assert labelled() == [False, True]
    talk.hear(b"/join #tea\n").enter("#Tea")
    assert labelled() == [True, False]
    talk.hear(b"/join #lobby\n").enter()
    assert labelled() == [False, True]
    talk.hear(b"/leave\n").answer(Departed(LOBBY))
    assert labelled() == [True, False]
    talk.hear(b"/leave #tea\n").answer(Departed("#Tea"))
    assert labelled() == [True, True]
