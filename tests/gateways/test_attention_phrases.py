"""What is said about what wants somebody's attention, in every protocol that only has sentences."""

from typing import Final, get_args

import pytest
from msgspec.structs import replace

from hubbub.core.account_answers import LoggedIn
from hubbub.core.account_requests import LogIn
from hubbub.core.answers import Answer
from hubbub.core.attention_answers import (
    AlertList,
    DraftFound,
    DraftList,
    Following,
    LevelFound,
    LevelList,
    Marked,
    MarkFound,
    UnreadList,
    UnreadView,
)
from hubbub.core.attention_requests import (
    AnyAttentionRequest,
    FindDraft,
    FindLevel,
    FindMark,
    FollowThread,
    ListDrafts,
    ListLevels,
    ListUnread,
    MarkMessage,
    MarkRead,
    SaveDraft,
    SetLevel,
    ShowTyping,
    WatchAudit,
    WatchPeople,
)
from hubbub.core.features.accounts import SetAlerts
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.levels import Level
from hubbub.core.message_answers import ActiveList, ActiveView, Done
from hubbub.core.notes import LastMessage, MessageRef
from hubbub.core.people_answers import AccountList, AccountView, PeopleWatched, PersonFound
from hubbub.core.queries import FindPerson, ListAccounts, ListActive, ListAlerts
from hubbub.core.roles import ServerRole
from hubbub.core.room_answers import Entered
from hubbub.core.signals import AnySignal, Drafting, Levelling, Marking, Reconfiguring, Typing, Uncalled
from hubbub.core.unread import NO_THREAD
from hubbub.gateways.conversation import Reply
from hubbub.service.requests import Request
from hubbub.wire.detect import Protocol
from tests.gateways.making import NOW_MS
from tests.gateways.test_dialects import SPEECH
from tests.gateways.test_plain import NOW, in_lobby, sentences_of

NO_ALERTS: Final = "You have no alerts. /alert WORD calls you when somebody says it."


def view(room: str, unread: int, mentions: int = 0, thread: int = 0, *, is_more: bool = False) -> UnreadView:
    """Return what is unread in a place."""
    beginning = MessageRef(RoomId(3), Seq(thread)) if thread else None
    return UnreadView(room, Seq(thread), unread, mentions, Seq(5), Seq(4), is_more, beginning)


def found(room: str, level: Level) -> LevelFound:
    """Return of what somebody is told in a room."""
    return LevelFound(room, level, RoomId(3))


REF: Final = MessageRef(RoomId(3), Seq(9))

ANSWERS: Final[list[tuple[Request, Answer, list[str]]]] = [
    (ListAlerts(), AlertList(()), [NO_ALERTS]),
    (ListAlerts(), AlertList(("tea", "cake")), ["You are called at: tea, cake"]),
    (SetAlerts(removed=("tea",)), AlertList(()), [NO_ALERTS]),
    (ListUnread(), UnreadList(()), ["Nothing is unread."]),
    (
        ListUnread(),
        UnreadList((view("#tea", 3, 1), view("#ops", 250, is_more=True), view("@bob", 2), view("#tea", 1, thread=7))),
        ["Unread: #tea 3 (1 for you), #ops 250+, @bob 2, a thread in #tea (/thread 3-7) 1"],
    ),
    (MarkRead("#tea"), Marked("#Tea", NO_THREAD, Seq(9)), ["#Tea is marked as read."]),
    (MarkRead("#tea", Seq(7)), Marked("#Tea", Seq(7), Seq(9)), ["A thread in #Tea is marked as read."]),
    (MarkMessage(REF), Marked("#Tea", NO_THREAD, Seq(9)), ["#Tea is marked as read up to there."]),
    (MarkMessage(REF, True), Marked("#Tea", Seq(7), Seq(9)), ["A thread in #Tea is marked as read."]),
    (MarkRead(), Marked("", NO_THREAD, Seq(0)), ["Everything is marked as read."]),
    (FindMark("#tea"), MarkFound("#Tea", Seq(9), NOW_MS), ["You have read #Tea up to its record 9."]),
    (ListActive(9), ActiveList(()), ["Nothing was said."]),
    (
        ListActive(9),
        ActiveList((ActiveView("@bob", NOW_MS - 1), ActiveView("#tea", NOW_MS))),
        ["Something was said in #tea and @bob."],
    ),
    (
        SaveDraft("#tea", "x"),
        DraftFound("#tea", "x"),
        ["Your draft in #tea is kept, for all your connections. /draft shows it."],
    ),
    (SaveDraft("#tea", ""), DraftFound("#tea", ""), ["You have no draft in #tea any more."]),
    (FindDraft("#tea"), DraftFound("#tea", "one\ntwo"), ["Your draft in #tea:", "one", "two"]),
    (FindDraft("#tea"), DraftFound("#tea", ""), ["You have no draft in #tea."]),
    (ListDrafts(), DraftList(()), ["You have no drafts."]),
    (
        ListDrafts(),
        DraftList((DraftFound("#tea", "x"), DraftFound("@bob", "y"))),
        ["Your draft in #tea:", "x", "Your draft in @bob:", "y"],
    ),
    (
        SetLevel("#tea", "all"),
        found("#Tea", "all"),
        ["#Tea tells you everything from now on, on all your connections."],
    ),
    (
        SetLevel("#tea", "default"),
        found("#Tea", "default"),
        ["#Tea tells you what is usual from now on, on all your connections."],
    ),
    (FindLevel("#tea"), found("#Tea", "mentions"), ["#Tea tells you what calls you."]),
    (
        ListLevels(),
        LevelList((found("#tea", "nothing"), found("@bob", "all"))),
        ["#tea tells you nothing.", "@bob tells you everything."],
    ),
    (
        ListLevels(),
        LevelList(()),
        ["All rooms tell you what is usual. /notify #room nothing mutes one; /help notify says more."],
    ),
    (FollowThread(LastMessage("#tea")), Following("#Tea", Seq(7), True), ["You follow that thread in #Tea."]),
    (
        FollowThread(LastMessage("#tea"), False),
        Following("#Tea", Seq(7), False),
        ["You no longer follow that thread in #Tea."],
    ),
    (ShowTyping("#tea"), Done(), []),
    (WatchPeople(("bob",)), PeopleWatched(("bob",), ()), ["bob is here."]),
    (
        WatchPeople(("bob", "ann", "zoe")),
        PeopleWatched(("ann", "bob"), ("zoe",), ("carol",)),
        [
            "ann and bob are here.",
            "You are told when zoe comes.",
            "100 people are the most: you are not told of carol.",
        ],
    ),
    (
        WatchPeople(("bob", "ann"), is_watching=False),
        PeopleWatched((), ()),
        ["You are not told any more when bob and ann come and go."],
    ),
    (WatchAudit(), Done(), ["You are told what is done."]),
    (WatchAudit(is_watching=False), Done(), ["You are told no longer what is done."]),
    (FindPerson("ann"), PersonFound("ann", True, True, None, None, ()), ["ann is here, has an account."]),
    (
        FindPerson("ann"),
        PersonFound("ann", False, True, "lunch", None, ("#ops", "#tea")),
        ["ann is away, is a guest, and is in #ops and #tea with you.", "Away: lunch"],
    ),
    (FindPerson("ann"), PersonFound("ann", True, False, None, None, ()), ["ann is offline, has an account."]),
    (
        FindPerson("ann"),
        PersonFound("ann", True, False, None, NOW_MS, ()),
        [f"ann is offline since {NOW}, has an account."],
    ),
    (ListAccounts("x"), AccountList(()), ["There is no such account."]),
    (
        ListAccounts(),
        AccountList(
            (
                AccountView("ann", ServerRole.OWNER, 1, False, True, None, None),
                AccountView("bob", ServerRole.MEMBER, 1, True, False, None, None),
                AccountView("eve", ServerRole.MEMBER, 1, False, True, "lunch", None),
                AccountView("zoe", ServerRole.ADMINISTRATOR, 1, False, False, None, NOW_MS),
            ),
            7,
        ),
        [
            "ann: owner of the server, here",
            "bob: disabled, offline",
            "eve: away",
            f"zoe: administrator of the server, offline since {NOW}",
            "There are 7 more: /accounts NAME shows those whose names begin so.",
        ],
    ),
    (
        LogIn("ann", "secret"),
        LoggedIn(
            "ann", (Entered(RoomId(2), "#tea", Seq(1), None, 1, (), ()),), unread=(view("#tea", 3, 1), view("@bob", 1))
        ),
        [
            "You are logged in as 'ann'.",
            "You are in #tea, nobody else is here yet.",
            "Unread: #tea 3 (1 for you)",
        ],
    ),
    (
        LogIn("ann", "secret"),
        LoggedIn(
            "ann",
            (Entered(RoomId(2), "#tea", Seq(1), None, 1, (), ()),),
            unread=(replace(view("#tea", 3), id=RoomId(2)), replace(view("#den", 2, 1), id=RoomId(4)), view("#ops", 1)),
            levels={RoomId(2): "nothing", RoomId(4): "nothing", RoomId(5): "all"},
        ),
        [
            "You are logged in as 'ann'.",
            "You are in #tea, nobody else is here yet.",
            "Unread: #den 2 (1 for you), #ops 1",
        ],
    ),
]
"""What was asked, what was answered, and what the server says to that."""

SIGNALS: Final[list[tuple[AnySignal, list[str]]]] = [
    (
        Uncalled("#tea"),
        ["Only moderators of #tea call everybody with @room. Your message was sent; nobody was called."],
    ),
    (Marking("#tea", NO_THREAD, Seq(1)), []),
    (Drafting("#tea", "x"), []),
    (Levelling("#tea", "nothing", RoomId(3)), []),
    (Typing("#tea", "ann"), []),
    (Reconfiguring(), []),
]
"""What is true for a moment, and what is said of it."""


@pytest.mark.parametrize("protocol", SPEECH)
@pytest.mark.parametrize(("request_", "answer", "sentences"), ANSWERS, ids=lambda value: str(value)[:40])
def test_every_answer_is_said(protocol: Protocol, request_: Request, answer: Answer, sentences: list[str]) -> None:
    """The same sentences in every protocol."""
    replies = in_lobby(protocol).conversation.answered(request_, answer)
    assert sentences_of(protocol, b"".join(reply.data for reply in replies if isinstance(reply, Reply))) == sentences


@pytest.mark.parametrize("protocol", SPEECH)
@pytest.mark.parametrize(("signal", "sentences"), SIGNALS, ids=repr)
def test_every_signal_is_told(protocol: Protocol, signal: AnySignal, sentences: list[str]) -> None:
    """Or none is, where these clients have no place to show it."""
    replies = in_lobby(protocol).conversation.noticed(signal)
    assert sentences_of(protocol, b"".join(reply.data for reply in replies if isinstance(reply, Reply))) == sentences


def test_every_wish_about_attention_is_in_the_table() -> None:
    """There is none of which this table does not say what is told."""
    assert {type(request) for request, _, _ in ANSWERS} >= set(get_args(AnyAttentionRequest))
