"""Moderation phrases: how everything sounds that those do who look after a room, in every protocol."""

import time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.answers import Answer
from hubbub.core.bans import Target
from hubbub.core.catalog import AnyEvent, ModerationEvent, QuietEvent, Record
from hubbub.core.features.auditing import Audited
from hubbub.core.features.blocking import Block
from hubbub.core.features.inviting import Invited, Uninvited
from hubbub.core.features.messages import Erased, Said
from hubbub.core.features.moderation import Banned, Excepted, Kick, Kicked, Muted, Unbanned, Unexcepted, Unmuted
from hubbub.core.features.room_roles import RoleSet
from hubbub.core.features.settings import RetentionSet, RoomRenamed, SettingsChanged
from hubbub.core.kinds import PersonId, RoomId, Seq
from hubbub.core.people_answers import BlocksChanged
from hubbub.core.queries import (
    FindAudit,
    FindRoom,
    ListBans,
    ListInvited,
    ListRooms,
)
from hubbub.core.roles import RoomRole
from hubbub.core.room import LOBBY, Room, RoomKind
from hubbub.core.room_answers import AuditTrail, BanList, BanView, Governed, InvitedList, RoomFound, RoomList, RoomView
from hubbub.core.room_settings import Change, Retention, RoomSettings
from hubbub.core.signals import AnySignal, AskingIn, Ejecting, Excluding, Inviting, Removing, Retitling
from hubbub.core.terms import Term
from hubbub.gateways.conversation import Refocus, Reply
from hubbub.service.requests import Request
from hubbub.wire.detect import Protocol
from tests.core.histories import any_struct
from tests.fuzz.budget import QUICK
from tests.gateways.making import NOW_MS
from tests.gateways.strict import read_frames, read_lines, read_packets, read_pairs
from tests.gateways.test_dialects import LOBBY as LOBBY_ROOM
from tests.gateways.test_dialects import ROOMS, SPEECH, TEA, encode, server
from tests.gateways.test_plain import in_lobby, sentences_of

ANN, BOB = PersonId("id-ann"), PersonId("id-bob")
HOUR: Final = Term(NOW_MS, NOW_MS + 3_600_000)
LEAVE: Final = {"type": "leave", "nick": "bob"}
BOBS: Final = Target("person", BOB, "bob")
SPAM: Final = Target("pattern", "spam*", "Spam*")
ACCOUNT: Final = Target("account", "spammer", "account:Spammer")
MASK: Final = Target("mask", "*!*@x.guest", "*!*@x.guest")
PLACE: Final = Target("address", "192.0.2.1", "192.0.2.1")

SAID: Final[list[tuple[ModerationEvent, str]]] = [
    (Kicked(ANN, "ann", BOB, "bob"), "ann put bob out of #Tea."),
    (Kicked(ANN, "ann", BOB, "bob", "rude"), "ann put bob out of #Tea: rude"),
    (Kicked(ANN, "ann", BOB, "bob", "rude", is_banned=True), "User 'bob' has left #Tea. (banned)"),
    (Banned(ANN, "ann", BOBS), "ann banned bob from #Tea."),
    (Banned(ANN, "ann", BOBS, "rude", HOUR), "ann banned bob from #Tea for 1 hour: rude"),
    (Banned(ANN, "ann", SPAM), "ann banned everybody called Spam* from #Tea."),
    (Banned(ANN, "ann", PLACE, "rude"), "ann banned an address from #Tea: rude"),
    (Unbanned(ANN, "ann", BOBS), "ann lifted the ban of bob from #Tea."),
    (Unbanned(ANN, "ann", PLACE), "ann lifted the ban of an address from #Tea."),
    (Banned(ANN, "ann", ACCOUNT), "ann banned the account Spammer from #Tea."),
    (Banned(ANN, "ann", MASK), "ann banned *!*@x.guest from #Tea."),
    (
        Banned(ANN, "ann", SPAM, "rude", HOUR, is_silencing=True),
        "ann muted everybody called Spam* in #Tea for 1 hour: rude",
    ),
    (Unbanned(ANN, "ann", SPAM, is_silencing=True), "ann lets everybody called Spam* speak in #Tea again."),
    (Excepted(ANN, "ann", MASK), "ann excepted *!*@x.guest from the bans of #Tea."),
    (Excepted(ANN, "ann", PLACE, "invitations"), "ann invited an address into #Tea for ever."),
    (Unexcepted(ANN, "ann", BOBS), "ann excepts bob from the bans of #Tea no longer."),
    (Unexcepted(ANN, "ann", BOBS, "invitations"), "ann took the invitation of bob into #Tea back."),
    (Muted(ANN, "ann", BOB, "bob"), "ann muted bob in #Tea."),
    (Muted(ANN, "ann", BOB, "bob", "loud", HOUR), "ann muted bob in #Tea for 1 hour: loud"),
    (Unmuted(ANN, "ann", BOB, "bob"), "ann lets bob speak in #Tea again."),
    (RoleSet(ANN, "ann", BOB, "bob", RoomRole.OWNER), "ann made bob an owner of #Tea."),
    (RoleSet(ANN, "ann", BOB, "bob", RoomRole.ASSISTANT), "ann made bob an assistant of #Tea."),
    (RoleSet(ANN, "ann", BOB, "bob", RoomRole.DEPUTY), "ann made bob a deputy of #Tea."),
    (RoleSet(ANN, "ann", BOB, "bob", RoomRole.MEMBER), "ann made bob a member of #Tea."),
    (Invited(ANN, "ann", BOB, "bob"), "ann invited bob into #Tea."),
    (Uninvited(ANN, "ann", BOB, "bob"), "ann took the invitation of bob into #Tea back."),
    (RoomRenamed(ANN, "ann", "#Tee", "#Tea", "#tea"), "ann renamed #Tee to #Tea."),
    (RoomRenamed(ANN, "ann", "#Tee", "#Tea", "#tea", "a slip"), "ann renamed #Tee to #Tea (a slip)."),
    *(
        (SettingsChanged(ANN, "ann", change), f"ann changed #Tea: {told}.")
        for change, told in (
            (Change(access="public"), "anyone may come in and speak"),
            (Change(access="private"), "only those who are invited come in"),
            (Change(access="announcement"), "only speakers speak"),
            (Change(is_moderated=True), "only speakers speak"),
            (Change(is_moderated=False), "every member may speak"),
            (Change(slow_seconds=90), "one message in 1 minute and 30 seconds"),
            (Change(slow_seconds=0), "no slow mode"),
            (Change(member_limit=50), "at most 50 members"),
            (Change(member_limit=0), "no limit of members"),
            (Change(key="secret"), "it needs a key"),
            (Change(key=""), "it needs no key"),
            (Change(is_topic_locked=True), "only moderators set the topic"),
            (Change(is_topic_locked=False), "every member may set the topic"),
            (Change(history="everyone"), "history is for everyone"),
            (Change(history="joined"), "history is for those who were there"),
            (Change(keep_days=30), "messages are kept 30 days"),
            (Change(keep_days=0), "messages are kept however old"),
            (Change(keep_messages=500), "the last 500 messages are kept"),
            (Change(keep_messages=0), "messages are kept however many"),
            (Change(is_archived=True), "it is archived"),
            (Change(is_archived=False), "it is archived no longer"),
            (Change(is_hidden=True), "it is in no list"),
            (Change(is_hidden=False), "it is in the list of rooms"),
            (Change(accounts_only=True), "guests come in when they are invited"),
            (Change(accounts_only=False), "guests may come in"),
            (Change(speakers_have_accounts=True), "guests only listen"),
            (Change(speakers_have_accounts=False), "guests may speak"),
            (Change(refuses_queries=True), "nobody's client may be asked anything here"),
            (Change(refuses_queries=False), "clients may be asked here"),
            (Change(is_plain=True), "texts are shown as they are written"),
            (Change(is_plain=False), "texts may be formatted"),
            (Change(is_archived=False, access="public"), "anyone may come in and speak; it is archived no longer"),
        )
    ),
]
"""What happens in #Tea, and the sentence that everybody there hears."""

QUIET: Final[list[QuietEvent]] = [
    Erased(PersonId(""), ""),
    RetentionSet(ANN, "ann", RoomId(1), Retention(30)),
    Audited(ANN, "ann", "kick", "bob"),
]
"""What nobody is told of, besides blocks, which have a table of their own."""


@pytest.mark.parametrize(("event", "sentence"), SAID, ids=lambda value: str(value)[:40])
def test_everybody_hears_what_moderators_do(event: ModerationEvent, sentence: str) -> None:
    """From the server, in every protocol; where people come and go, who is put out goes."""
    assert read_lines(encode(Protocol.TEXT, TEA, event)) == [server(sentence)]
    assert read_pairs(encode(Protocol.HEADER_FRAMES, TEA, event)) == [("server", sentence)]
    assert read_frames(encode(Protocol.TEXT_FRAMES, TEA, event)) == [f"server: {sentence}"]
    assert read_packets(encode(Protocol.JSON_FRAMES, TEA, event)) == [
        {"type": "chat", "nick": "server", "message": sentence}
    ]


def test_who_is_put_out_of_the_current_room_is_seen_to_go() -> None:
    """In the protocol that has a packet for it."""
    packets = read_packets(encode(Protocol.JSON_FRAMES, LOBBY_ROOM, Kicked(ANN, "ann", BOB, "bob")))
    assert packets[0] == LEAVE
    assert packets[1]["message"] == "ann put bob out of #lobby."


@pytest.mark.parametrize("protocol", SPEECH)
@pytest.mark.parametrize("event", QUIET)
def test_of_some_things_nobody_is_told(protocol: Protocol, event: AnyEvent) -> None:
    """They are there to be looked up."""
    assert encode(protocol, TEA, event) == b""


@QUICK
@given(st.sampled_from(ROOMS), st.one_of(*map(any_struct, ModerationEvent.__args__)))
def test_whatever_is_kept_can_be_heard(room: Room, event: AnyEvent) -> None:
    """Also what no decision would have come to: whoever hears it is not the one to judge it."""
    for protocol in SPEECH:
        encode(protocol, room, event)


AUDITED: Final = Record(RoomId(9), Seq(1), NOW_MS, Audited(ANN, "ann", "kick", "bob", RoomId(2), "#Tea", "rude"))
DISABLED: Final = Record(RoomId(9), Seq(2), NOW_MS, Audited(ANN, "ann", "disable", "bob"))
WHEN: Final = time.strftime("%Y-%m-%d %H:%M", time.localtime(NOW_MS // 1_000))

GUARDED: Final = "hidden on, accounts-only on, quiet-guests on, no-queries on, plain on"
MORE: Final = "topic-lock on, history joined, keep 30 days and 500 messages, archive on"

ANSWERS: Final[list[tuple[Request, Answer, list[str]]]] = [
    (
        Kick("#tea", "bob"),
        Governed("#Tea", (Banned(ANN, "ann", BOBS), Kicked(ANN, "ann", BOB, "bob", is_banned=True))),
        ["ann banned bob from #Tea.", "User 'bob' has left #Tea. (banned)"],
    ),
    (Kick("#tea", "bob"), Governed("#Tea", ()), ["Nothing changes in #Tea: it is so already."]),
    (
        FindRoom("#tea"),
        RoomFound("#Tea", RoomSettings(), has_key=False, roles=()),
        ["#Tea: access public, history everyone"],
    ),
    (
        FindRoom("#tea"),
        RoomFound(
            "#Tea",
            RoomSettings("private", True, 90, 50, "", True, "joined", 30, 500, True),
            has_key=True,
            roles=(
                (RoomRole.OWNER, "ann"),
                (RoomRole.DEPUTY, "dan"),
                (RoomRole.SPEAKER, "bob"),
                (RoomRole.SPEAKER, "carol"),
            ),
        ),
        [
            f"#Tea: access private, moderated on, slow 1 minute and 30 seconds, limit 50, key a secret one, {MORE}",
            "Owners: ann",
            "Deputies: dan",
            "Speakers: bob, carol",
        ],
    ),
    (
        FindRoom("#tea"),
        RoomFound("#Tea", RoomSettings(key="secret"), has_key=True, roles=()),
        ["#Tea: access public, key secret, history everyone"],
    ),
    (
        FindRoom("#tea"),
        RoomFound(
            "#Tea",
            RoomSettings(
                is_hidden=True, accounts_only=True, speakers_have_accounts=True, refuses_queries=True, is_plain=True
            ),
            has_key=False,
            roles=(),
        ),
        [f"#Tea: access public, history everyone, {GUARDED}"],
    ),
    (
        ListBans("#tea"),
        BanList("#Tea", (BanView("spam*", "ann", "", None),), (BanView("bob", "ann", "loud", 90.0),)),
        ["Banned: spam*, by ann", "Muted: bob, by ann for another 1 minute and 30 seconds (loud)"],
    ),
    (
        ListBans("#tea"),
        BanList(
            "#Tea",
            (),
            (),
            (BanView("loud*", "ann", "", 90.0, "pattern"),),
            (BanView("bob", "ann", "", None),),
            (BanView("account:*", "ann", "", None, "account"),),
        ),
        [
            "Muted: loud*, by ann for another 1 minute and 30 seconds",
            "Excepted from bans: bob, by ann",
            "Invited for ever: account:*, by ann",
        ],
    ),
    (ListBans("#tea"), BanList("#Tea", (), ()), ["Nobody is banned from #Tea, or muted there."]),
    (ListInvited("#tea"), InvitedList("#Tea", ("bob", "carol")), ["Invited into #Tea: bob, carol"]),
    (ListInvited("#tea"), InvitedList("#Tea", ()), ["Nobody is invited into #Tea."]),
    (
        FindAudit(5),
        AuditTrail((AUDITED, DISABLED)),
        [f"{WHEN} ann: kick bob in #Tea (rude)", f"{WHEN} ann: disable bob"],
    ),
    (FindAudit(5), AuditTrail(()), ["Nothing was written down yet."]),
    (
        ListRooms(),
        RoomList((RoomView("#Tea", 2, "green", joined=True, access="private", is_archived=True),)),
        ["#Tea  2 here (you too) (private, archived)  green"],
    ),
    (
        ListRooms(),
        RoomList((RoomView("#Tea", 2, "", joined=True, is_hidden=True),)),
        ["#Tea  2 here (you too) (hidden)"],
    ),
    (
        Block(("ann",), seconds=7_200),
        BlocksChanged(("ann",), ()),
        ["You no longer hear ann for 2 hours. They have been told."],
    ),
]
"""What was asked, what was answered, and what the server says to that."""


@pytest.mark.parametrize("protocol", SPEECH)
@pytest.mark.parametrize(("request_", "answer", "sentences"), ANSWERS, ids=lambda value: str(value)[:40])
def test_every_answer_is_said(protocol: Protocol, request_: Request, answer: Answer, sentences: list[str]) -> None:
    """The same sentences in every protocol; a long one may be divided."""
    talk = in_lobby(protocol)
    replies = [intent for intent in talk.conversation.answered(request_, answer) if isinstance(intent, Reply)]
    heard = sentences_of(protocol, b"".join(reply.data for reply in replies))
    assert " ".join(heard) == " ".join(sentences)


SIGNALS: Final[list[tuple[AnySignal, list[str]]]] = [
    (Removing(LOBBY, "ann"), ["ann has put you out of #lobby. You are in no room now."]),
    (Removing(LOBBY, "ann", "rude"), ["ann has put you out of #lobby (rude). You are in no room now."]),
    (
        Removing(LOBBY, "ann", "rude", is_banned=True, term=HOUR),
        ["ann has banned you from #lobby for 1 hour (rude). You are in no room now."],
    ),
    (Inviting("#Tea", "ann"), ["ann invites you into #Tea: /join #Tea"]),
    (AskingIn("#Tea", "ann", ""), ["ann asks to come into #Tea (/invite ann #Tea lets him in)."]),
    (AskingIn("#Tea", "ann", "please"), ["ann asks to come into #Tea (/invite ann #Tea lets him in): please"]),
    (Retitling(LOBBY, "#Hall"), []),
    (Ejecting("ann", "rude"), []),
    (Excluding("#Tea", "banned", "You are banned."), ["You are in #Tea no longer: You are banned."]),
]
"""What somebody is told who is in the lobby."""


@pytest.mark.parametrize("protocol", SPEECH)
@pytest.mark.parametrize(("signal", "sentences"), SIGNALS, ids=str)
def test_every_signal_is_told(protocol: Protocol, signal: AnySignal, sentences: list[str]) -> None:
    """By whom, why and for how long, and where one is now."""
    replies = [intent for intent in in_lobby(protocol).conversation.noticed(signal) if isinstance(intent, Reply)]
    assert sentences_of(protocol, b"".join(reply.data for reply in replies)) == sentences


def test_who_is_put_out_is_back_where_he_was_before() -> None:
    """His current room is the one before, he hears his rooms otherwise now, and what he types is said there."""
    talk = in_lobby(Protocol.TEXT)
    talk.hear(b"/join #tea\n").enter("#Tea").take()
    reply, refocus = talk.conversation.noticed(Removing("#Tea", "ann", "rude"))
    assert isinstance(reply, Reply)
    assert isinstance(refocus, Refocus)
    assert b"Your current room is #lobby." in reply.data
    room = talk.conversation.dialect_in(Room(RoomId(1), RoomKind.CHANNEL, LOBBY, LOBBY))
    assert room is talk.conversation.dialect_in(Room(RoomId(3), RoomKind.DIRECT, "a b", ""))


def test_who_is_put_out_of_another_room_stays_where_he_is() -> None:
    """Only his list of rooms is shorter."""
    talk = in_lobby(Protocol.TEXT)
    talk.hear(b"/join #tea\n").enter("#Tea").hear(b"/join #lobby\n").enter().take()
    reply, _ = talk.conversation.noticed(Removing("#Tea", "ann"))
    assert isinstance(reply, Reply)
    assert b"Your current room is #lobby." in reply.data


def test_a_room_that_is_renamed_stays_the_current_one() -> None:
    """What is typed goes on being said there, and what is said there needs no label."""
    talk = in_lobby(Protocol.TEXT)
    talk.hear(b"/join #tea\n").enter("#Tea").take()
    (refocus,) = talk.conversation.noticed(Retitling("#Tea", "#Mate"))
    assert isinstance(refocus, Refocus)
    mate = Room(RoomId(2), RoomKind.CHANNEL, "#mate", "#Mate")
    said = Record(RoomId(2), Seq(1), NOW_MS, Said(ANN, "ann", "hi"))
    assert b"[#" not in talk.conversation.dialect_in(mate).encode(mate, said)
    talk.hear(b"hello\n")
    assert str(talk.asked[-1]).startswith("Say(room='#Mate'")
