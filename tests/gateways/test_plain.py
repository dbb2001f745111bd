"""Plain clients: every answer and signal there is, in sentences, in every protocol that only has sentences."""

import time
from typing import Final, get_args

import pytest
from msgspec.structs import replace

from hubbub.core.account_answers import (
    InvitationList,
    InvitationMade,
    InvitationView,
    LoggedIn,
    LoggedOut,
    Registered,
    SshKeyAdded,
    SshKeyList,
    SshKeyView,
    TokenList,
    TokenMade,
    TokenView,
)
from hubbub.core.account_requests import (
    AddSshKey,
    AnyAccountRequest,
    ChangePassword,
    Claim,
    DeleteAccount,
    ListInvitations,
    ListSshKeys,
    ListTokens,
    LogIn,
    LogOut,
    MakeInvitation,
    MakeToken,
    Register,
    RemoveSshKey,
    RevokeInvitation,
    RevokeToken,
)
from hubbub.core.answers import Answer
from hubbub.core.catalog import Record
from hubbub.core.features.annotating import Delete, Edit, PinMessage, React, Removed, UnpinMessage, Unreact
from hubbub.core.features.annotating import Reply as AskReply
from hubbub.core.features.blocking import Block, Unblock
from hubbub.core.features.gathering import Gather
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Said, Say, Tell
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.renaming import Rename
from hubbub.core.features.topics import SetTopic
from hubbub.core.kinds import PersonId, Refusal, RoomId, Seq
from hubbub.core.message_answers import (
    Done,
    Exported,
    Found,
    History,
    Hit,
    MessageFound,
    Outcome,
    PinList,
    PinView,
    ThreadFound,
    Told,
)
from hubbub.core.notes import LastMessage, MessageRef, Note, Quote, Version
from hubbub.core.people_answers import BlockList, BlocksChanged, Called
from hubbub.core.queries import (
    FindExport,
    FindHistory,
    FindMessages,
    FindThread,
    FindTopic,
    ListBlocks,
    ListMembers,
    ListPins,
    ListRooms,
)
from hubbub.core.room import LOBBY, Room, RoomKind, Topic
from hubbub.core.room_answers import Departed, Entered, Gathered, Members, MemberView, RoomList, RoomView, TopicFound
from hubbub.core.signals import AnySignal, Appearing, Gathering, Hiding, Idling, Refusing, Returning, Telling
from hubbub.gateways.closing import Closing
from hubbub.gateways.conversation import Ask, Refocus, Reply, Wait
from hubbub.gateways.plain import FIRST_STEPS
from hubbub.service.requests import Request
from hubbub.wire.detect import Protocol
from hubbub.wire.slash.finding import HITS_SHOWN
from tests.gateways.making import NOW_MS, make_conversation
from tests.gateways.strict import read_frames, read_lines, read_packets, read_pairs
from tests.gateways.talk import Talk
from tests.gateways.test_dialects import SPEECH

DAY_MS: Final = 86_400_000
ANN: Final = PersonId("id-ann")
LAST: Final = LastMessage(LOBBY)
NOW: Final = time.strftime("%Y-%m-%d %H:%M", time.localtime(NOW_MS // 1_000))

NO_LINK: Final = "Or as a link, with this server's address for HOST:PORT: http://HOST:PORT/invite/7K3M"


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
    (AskReply(LAST, "x"), Done(), []),
    (Edit(LAST, "x"), Done(), ["It says that now."]),
    (Delete(LAST), Done(), ["It is deleted."]),
    (React(LAST, "👍"), Done(), ["You reacted with 👍."]),
    (Unreact(LAST, "👍"), Done(), ["Your reaction is taken back."]),
    (PinMessage(LAST), Done(), []),
    (UnpinMessage(LAST), Done(), []),
    (Gather(("ann",)), Gathered("#x", ()), []),
    (
        Gather(("ann",)),
        Gathered("#x", (Outcome("ann", "delivered"), Outcome("eve", "refused"), Outcome("zoe", "unknown"))),
        [
            "eve cannot be taken in: he does not take messages from you, or is in too many rooms.",
            "User 'zoe' not found.",
        ],
    ),
    (
        Gather(("ann",)),
        Gathered("#x", (Outcome("ann", "waiting"),), Entered(RoomId(2), "#x", Seq(1), None, 2, ("ann",), ())),
        ["You are in #x, with ann."],
    ),
    (FindHistory(LOBBY, 9), History(LOBBY, ()), ["Nothing was said in #lobby yet."]),
    (FindHistory(LOBBY, 9, at_ms=0), History(LOBBY, ()), ["Nothing was said in #lobby then."]),
    (FindThread(LAST, 9), ThreadFound(LOBBY, ()), ["There is nothing here that you may read."]),
    (ListPins(LOBBY), PinList(LOBBY, ()), ["Nothing is pinned in #lobby."]),
    (
        FindExport("#tea"),
        Exported("#tea", (), 1, is_all=True),
        ["1 message: all that you may read in #tea."],
    ),
    (
        FindExport("#tea"),
        Exported("#tea", (), 9, is_all=False, first=Seq(17)),
        ["The last 9 messages of #tea. Those before: /export #tea before 17"],
    ),
    (Rename("bobby"), Called("bobby"), ["Your username has been changed to 'bobby'."]),
    (
        Join("#tea"),
        Entered(RoomId(2), "#Tea", Seq(1), Topic("green", "ann", 0), 2, ("ann",), ()),
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
            f"#1 #lobby {day_of(2)} ann: hot *tea*",
            f"#2 @ann {day_of(2)} ann: x",
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
        LoggedIn(
            "ann",
            (
                Entered(RoomId(1), LOBBY, Seq(1), None, 2, ("bob",), ()),
                Entered(RoomId(2), "#Tea", Seq(1), None, 1, (), ()),
            ),
        ),
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
    (ListSshKeys(), SshKeyList(()), ["You have no SSH keys."]),
    (
        AddSshKey("…"),
        SshKeyAdded(SshKeyView("laptop", "ssh-ed25519", "SHA256:x", NOW_MS, None)),
        [
            "Whoever has the private half of 'laptop' is logged in as you by ssh.",
            f"laptop  ssh-ed25519 SHA256:x  added {NOW}, never used",
        ],
    ),
    (
        ListSshKeys(),
        SshKeyList((SshKeyView("laptop", "ssh-ed25519", "SHA256:x", NOW_MS, NOW_MS),)),
        ["Your SSH keys:", f"laptop  ssh-ed25519 SHA256:x  added {NOW}, used {NOW}"],
    ),
    (RemoveSshKey("laptop"), Done(), ["That key lets nobody in any more."]),
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
        ["With this code one person can open an account: /register NAME PASSWORD CODE", "7K3M", NO_LINK],
    ),
    (
        MakeInvitation(5, DAY_MS),
        InvitationMade("I1", "7K3M", 5, NOW_MS, "https://chat.example.org/invite/7K3M"),
        [
            f"With this code 5 people can open an account until {NOW}: /register NAME PASSWORD CODE",
            "7K3M",
            "Or as a link: https://chat.example.org/invite/7K3M",
        ],
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


def test_what_was_found_has_numbers() -> None:
    """They can be answered, wherever they were said."""
    talk = in_lobby(Protocol.TEXT)
    hits = (Hit(LOBBY, record("hot tea")), Hit("@ann", Record(RoomId(7), Seq(9), NOW_MS, Said(ANN, "ann", "tea"))))
    talk.hear(b"/search tea\n").answer(Found("tea", hits))
    talk.hear(b"/reply #2 sure\n")
    assert talk.asked[-1] == AskReply(MessageRef(RoomId(7), Seq(9)), "sure")


def test_what_was_said_earlier_is_shown_with_its_day() -> None:
    """A line tells where another day begins; what was said today needs none."""
    talk = in_lobby(Protocol.TEXT)
    history = History(LOBBY, (record("then", 2), record("still then", 2), record("now")))
    talk.hear(b"/history\n").answer(history)
    first_day, said, said_too, today, now = read_lines(talk.take())
    assert first_day.startswith("[SERVER] On ")
    assert (said, said_too, now) == ("#1 [ann] then", "#2 [ann] still then", "#3 [ann] now")
    assert today.startswith("[SERVER] On ")
    assert today > first_day


NOTE: Final = Note(
    (Version("hullo\nthere", 0),), "hello", 5, (Seq(2),), {"👍": {PersonId("b"): "bob", PersonId("c"): "carol"}}, 3
)


def test_what_became_of_a_message_is_shown_behind_it() -> None:
    """That it was edited, how people reacted, and how many answers there are; what it answers, before it."""
    talk = in_lobby(Protocol.TEXT)
    answer = Said(ANN, "ann", "sure", reply_to=Seq(1))
    shown = replace(record("hello"), note=NOTE), replace(record("x"), event=answer, quote=Quote("bob", "tea?"))
    gone = (
        replace(record("x"), event=Removed(ANN, "ann")),
        replace(record("x"), event=Removed(ANN, "ann", "bob", "spam")),
    )
    talk.hear(b"/thread\n").answer(ThreadFound(LOBBY, (*shown, *gone)))
    assert read_lines(talk.take()) == [
        "#1 [ann] hello (edited) (👍 2) (3 replies)",
        '#2 [ann → bob "tea?"] sure',
        "#3 [ann] (deleted)",
        "#4 [ann] (deleted by bob (spam))",
    ]


def test_one_message_with_all_that_became_of_it() -> None:
    """Its earlier versions, each in one line, who reacted how, and the id under which it is found."""
    talk = in_lobby(Protocol.TEXT)
    talk.hear(b"/message\n").answer(MessageFound(LOBBY, replace(record("hello"), note=NOTE)))
    message, version, reactions, name = read_lines(talk.take())
    assert message == "#1 [ann] hello (edited) (👍 2) (3 replies)"
    assert version.endswith('it said: "hullo there"')
    assert reactions == "[SERVER] 👍 from bob and carol"
    assert name.startswith("[SERVER] Its id is 1-")


def test_who_writes_to_several_is_offered_a_group() -> None:
    """Once, in the chat's own words; whoever sends to a list as the raw chat does is told nothing."""
    talk = in_lobby(Protocol.TEXT)
    talk.hear(b"SEND ['ann', 'carol']: hi\n").answer(TOLD)
    assert b"/group" not in talk.take()
    talk.hear(b"/msg ann hi\n").answer(Told("hi", (Outcome("ann", "delivered"),)))
    assert b"/group" not in talk.take()
    talk.hear(b"/msg ann,carol,dave hi\n").answer(TOLD)
    offer = "[SERVER] To talk with all of them in one conversation: /group ann,carol,dave"
    assert read_lines(talk.take())[-1] == offer
    talk.hear(b"/msg ann,carol,dave hi\n").answer(TOLD)
    assert b"/group" not in talk.take()


def test_what_is_said_first_in_a_group_is_said_when_everybody_is_there() -> None:
    """And nothing is said anywhere if there is none."""
    talk = in_lobby(Protocol.TEXT)
    talk.hear(b"/group ann lunch?\n").answer(Refusal("nobody", "Nobody."))
    talk.hear(b"/group ann tea?\n")
    talk.answer(Gathered("#x", (), Entered(RoomId(2), "#x", Seq(1), None, 2, ("ann",), ())))
    assert talk.waiting == Say("#x", "tea?")
    talk.answer(Done()).hear(b"yes\n")
    assert talk.waiting == Say("#x", "yes")


def test_a_number_means_what_was_listed_last() -> None:
    """In whatever room; a number that was not listed means nothing."""
    talk = in_lobby(Protocol.TEXT)
    talk.hear(b"/pins #tea\n").answer(PinList("#tea", (PinView(record("hello"), "ann", 0),)))
    talk.take()
    listed = record("hello")
    assert talk.hear(b"/reply #1 sure\n").waiting == AskReply(MessageRef(listed.room, listed.seq), "sure")
    talk.answer(Done())
    talk.hear(b"/reply #2 sure\n")
    assert read_lines(talk.take()) == [
        "[SERVER] There is no #2 here. /history shows the last messages with their numbers."
    ]


def test_what_was_said_earlier_has_its_time_in_frames() -> None:
    """These clients show no time of their own, so it stands before each message, with the day unless it is today."""
    talk = in_lobby(Protocol.HEADER_FRAMES)
    request = FindHistory(LOBBY, 2)
    (reply,) = talk.conversation.answered(request, History(LOBBY, (record("then", 2), record("now"))))
    assert isinstance(reply, Reply)
    (_, then), (_, now) = read_pairs(reply.data)
    assert (then[:4], then[-6:]) == ("#1 [", "] then")
    assert (now[:4], now[-5:]) == ("#2 [", "] now")
    assert len(then) - len("then") == len(now) - len("now") + len("2026-01-01 ")


def test_the_welcome_is_one_write() -> None:
    """Everything a newcomer is told comes in one piece: those who come by the thousand cost one write each."""
    talk = Talk(make_conversation(Protocol.TEXT)).hear(b"bob\n")
    talk.take()
    entered = Entered(RoomId(1), LOBBY, Seq(9), Topic("green", "ann", 0), 2, ("ann",), (record("hello"),))
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


def test_what_was_heard_is_not_told_again_to_who_logs_in() -> None:
    """A guest who logs in was in the room, and has heard what was said there; in another one he has not been."""
    talk = in_lobby(Protocol.TEXT)
    lobby, tea = (Entered(RoomId(1), room, Seq(9), None, 1, (), (record("hello"),)) for room in (LOBBY, "#tea"))
    for rooms, told in ((lobby,), False), ((tea,), True), ((tea,), False):
        (reply, *_) = talk.conversation.answered(LogIn("ann", "four words"), LoggedIn("ann", rooms))
        assert isinstance(reply, Reply)
        assert (b"Earlier in" in reply.data) is told


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
    (Gathering("#x", "ann"), ["ann has taken you into #x: /join #x turns to it, /leave goes out."]),
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
    assert sentences_of(protocol, conversation.farewell("Goodbye.", Closing.LEFT)) == ["Goodbye."]
    assert conversation.farewell("", Closing.GONE) == b""


def test_who_has_not_said_who_he_is_is_not_told_goodbye_in_frames() -> None:
    """These clients would not expect anything yet; a person on netcat is told, and S3, which shows every frame."""
    for protocol in SPEECH:
        farewell = make_conversation(protocol).farewell("Goodbye.", Closing.LEFT)
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
