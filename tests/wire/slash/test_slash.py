"""Slash commands: one table says how each is written, what it means, and how it is explained."""

from datetime import datetime
from typing import Any, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hubbub.core.account_requests import (
    AddSshKey,
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
from hubbub.core.attention_requests import (
    FindDraft,
    FindLevel,
    FollowThread,
    ListDrafts,
    ListLevels,
    ListUnread,
    MarkMessage,
    MarkRead,
    SaveDraft,
    SetLevel,
    WatchAudit,
    WatchPeople,
)
from hubbub.core.features.accounts import DisableAccount, EnableAccount, SetAlerts, SetPrivacy, SetServerRole
from hubbub.core.features.alerting import Alert
from hubbub.core.features.annotating import Delete, Edit, PinMessage, React, Reply, UnpinMessage, Unreact
from hubbub.core.features.blocking import Block, Unblock
from hubbub.core.features.ejection import BanFromServer, Eject, UnbanFromServer
from hubbub.core.features.gathering import Gather
from hubbub.core.features.inviting import AskIn, Invite, Uninvite
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.features.moderation import Ban, Except, Kick, Mute, Unban, Unexcept, Unmute
from hubbub.core.features.portraits import Describe, MarkBot
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.reloading import ReloadSettings
from hubbub.core.features.renaming import Rename
from hubbub.core.features.room_roles import SetRole
from hubbub.core.features.senders import Accept, LimitSenders, Unaccept
from hubbub.core.features.settings import ChangeSettings, RenameRoom
from hubbub.core.features.topics import SetTopic
from hubbub.core.features.traits import SetTrait
from hubbub.core.hook_requests import ListHooks, MakeHook, RestartHook, RevokeHook
from hubbub.core.kinds import RoomId, Seq
from hubbub.core.notes import LastMessage, MessageRef
from hubbub.core.queries import (
    FindAudit,
    FindExport,
    FindHistory,
    FindMessage,
    FindMessages,
    FindNear,
    FindPerson,
    FindRoom,
    FindThread,
    FindTopic,
    ListAccepted,
    ListAccounts,
    ListAlerts,
    ListBans,
    ListBlocks,
    ListInvited,
    ListMembers,
    ListPins,
    ListRooms,
    ListServerBans,
    ListTraits,
)
from hubbub.core.roles import RoomRole, ServerRole
from hubbub.core.room_settings import Change
from hubbub.wire.slash.finding import HITS_SHOWN
from hubbub.wire.slash.hooks import TOPICS
from hubbub.wire.slash.meanings import (
    NO_ROOM,
    GatherAndSay,
    Help,
    Meaning,
    Misuse,
    OnMessage,
    Ping,
    Prompt,
    Quit,
    SearchOn,
    SlashCommand,
    Unknown,
)
from hubbub.wire.slash.table import AREAS, COMMANDS, explain, explain_usage, parse_slash
from tests.fuzz.budget import QUICK

TEA: Final = "#tea"
REF: Final = MessageRef(RoomId(3), Seq(4))
CODE: Final = "7K3M-9Q2X-0ZTB-4V8N"
DAY_MS: Final = 86_400_000


def change(**settings: Any) -> ChangeSettings:  # noqa: ANN401 - each setting has a type of its own
    """Return what changes these settings in #tea."""
    return ChangeSettings(TEA, Change(**settings))


MEANINGS: Final[list[tuple[str, Meaning]]] = [
    ("/help", Help("")),
    ("/? nick", Help("nick")),
    ("/list", ListMembers(TEA)),
    ("/who #milk", ListMembers("#milk")),
    ("/names", ListMembers(TEA)),
    ("/rooms", ListRooms()),
    ("/join #milk", Join("#milk")),
    ("/j milk", Join("milk")),
    ("/join #milk sour", Join("#milk", "sour")),
    ("/leave", Leave(TEA)),
    ("/leave to bed", Leave(TEA, "to bed")),
    ("/part #milk", Leave("#milk")),
    ("/part #milk  sour ", Leave("#milk", "sour")),
    ("/msg bob hello bob", Tell(("bob",), "hello bob")),
    ("/msg bob,,carol  hi  there", Tell(("bob", "carol"), " hi  there")),
    ("/tell #milk hello all", Say("#milk", "hello all")),
    ("/whisper bob hi", Tell(("bob",), "hi")),
    ("/w bob hi", Tell(("bob",), "hi")),
    ("/broadcast hello all", Broadcast("hello all")),
    ("/me waves", Say(TEA, "waves", "action")),
    ("/ops help", Say(TEA, "help", to=RoomRole.MODERATOR)),
    ("/ops #milk help me", Say("#milk", "help me", to=RoomRole.MODERATOR)),
    ("/nick bob", Rename("bob")),
    ("/name bob smith", Rename("bob smith")),
    ("/topic", FindTopic(TEA)),
    ("/topic green tea", SetTopic(TEA, "green tea")),
    ("/topic -", SetTopic(TEA, "")),
    ("/topic #milk", FindTopic("#milk")),
    ("/topic #milk white", SetTopic("#milk", "white")),
    ("/msg bob, carol hi all", Tell(("bob", "carol"), "hi all")),
    ("/tell bob,carol, dave hi", Tell(("bob", "carol", "dave"), "hi")),
    ("/block bob", Block(("bob",))),
    ("/ignore bob, carol dave", Block(("bob", "carol", "dave"))),
    ("/block bob Silently", Block(("bob",), silent=True)),
    ("/block silently", Block(("silently",))),
    ("/block bob for 2h", Block(("bob",), seconds=7_200)),
    ("/block bob, carol FOR 2 hours Silently", Block(("bob", "carol"), silent=True, seconds=7_200)),
    ("/block bob for carol", Block(("bob", "for", "carol"))),
    ("/block for", Block(("for",))),
    ("/unblock bob,carol", Unblock(("bob", "carol"))),
    ("/unignore bob", Unblock(("bob",))),
    ("/blocks", ListBlocks()),
    ("/history", FindHistory(TEA, 20)),
    ("/history 5", FindHistory(TEA, 5)),
    ("/history #milk", FindHistory("#milk", 20)),
    ("/history @bob", FindHistory("@bob", 20)),
    ("/history #milk 5", FindHistory("#milk", 5)),
    ("/search tea", FindMessages("tea", HITS_SHOWN)),
    ('/search  "hot  tea" from:ann ', FindMessages('"hot  tea" from:ann', HITS_SHOWN)),
    ("/find more tea", FindMessages("more tea", HITS_SHOWN)),
    ('/search "more"', FindMessages('"more"', HITS_SHOWN)),
    ("/search MORE", SearchOn()),
    ("/group ann", Gather(("ann",))),
    ("/group ann, bob", Gather(("ann", "bob"))),
    ("/group ann,bob lunch?", GatherAndSay(("ann", "bob"), "lunch?")),
    ("/add ann bob", Gather(("ann", "bob"), TEA)),
    ("/reply sure", Reply(LastMessage(TEA, "others"), "sure")),
    ("/r  sure #2 ", Reply(LastMessage(TEA, "others"), "sure #2")),
    ("/edit hello", Edit(LastMessage(TEA, "mine"), "hello")),
    ("/delete", Delete(LastMessage(TEA, "mine"))),
    ("/delete wrong room", Delete(LastMessage(TEA, "mine"), "wrong room")),
    ("/react 👍", React(LastMessage(TEA, "others"), "👍")),
    ("/react -👍", Unreact(LastMessage(TEA, "others"), "👍")),
    ("/react -", React(LastMessage(TEA, "others"), "-")),
    ("/thread", FindThread(LastMessage(TEA), 20)),
    ("/thread 5", FindThread(LastMessage(TEA), 5)),
    ("/thread follow", FollowThread(LastMessage(TEA))),
    ("/thread unfollow", FollowThread(LastMessage(TEA), is_following=False)),
    ("/message", FindMessage(LastMessage(TEA))),
    ("/pin", PinMessage(LastMessage(TEA))),
    ("/unpin", UnpinMessage(LastMessage(TEA))),
    ("/pins", ListPins(TEA)),
    ("/pins #milk", ListPins("#milk")),
    ("/pins @bob", ListPins("@bob")),
    ("/export", FindExport(TEA)),
    ("/export md", FindExport(TEA, "markdown")),
    ("/export html", FindExport(TEA, "html")),
    ("/export before 17", FindExport(TEA, before=Seq(17))),
    ("/export #milk md before 17", FindExport("#milk", "markdown", Seq(17))),
    ("/export #milk", FindExport("#milk")),
    ("/export @bob md", FindExport("@bob", "markdown")),
    ("/export #Milk JSONL", FindExport("#Milk", "jsonl")),
    ("/away", GoAway("")),
    ("/away at lunch", GoAway("at lunch")),
    ("/back", ComeBack()),
    ("/ping", Ping("")),
    ("/ping 42", Ping("42")),
    ("/room", FindRoom(TEA)),
    ("/room #milk", FindRoom("#milk")),
    ("/room #milk archive off", ChangeSettings("#milk", Change(is_archived=False))),
    ("/room #milk  name #sour", RenameRoom("#milk", "#sour")),
    ("/room access private", change(access="private")),
    ("/room ACCESS ann", change(access="announcement")),
    ("/room moderated on", change(is_moderated=True)),
    ("/room moderated off", change(is_moderated=False)),
    ("/room slow 10", change(slow_seconds=10)),
    ("/room slow 1m", change(slow_seconds=60)),
    ("/room slow off", change(slow_seconds=0)),
    ("/room limit 50", change(member_limit=50)),
    ("/room limit off", change(member_limit=0)),
    ("/room key Secret", change(key="Secret")),
    ("/room key -", change(key="")),
    ("/room topic-lock on", change(is_topic_locked=True)),
    ("/room history joined", change(history="joined")),
    ("/room keep 30 days", change(keep_days=30)),
    ("/room keep 1 day", change(keep_days=1)),
    ("/room keep 500 messages", change(keep_messages=500)),
    ("/room keep everything", change(keep_days=0, keep_messages=0)),
    ("/room archive on", change(is_archived=True)),
    ("/room hidden on", change(is_hidden=True)),
    ("/room accounts-only on", change(accounts_only=True)),
    ("/room quiet-guests off", change(speakers_have_accounts=False)),
    ("/room no-queries on", change(refuses_queries=True)),
    ("/room plain on", change(is_plain=True)),
    ("/room name #milk", RenameRoom(TEA, "#milk")),
    ("/invite bob", Invite(TEA, "bob")),
    ("/invite bob #milk", Invite("#milk", "bob")),
    ("/knock #milk", AskIn("#milk")),
    ("/knock #milk  let me in ", AskIn("#milk", "let me in")),
    ("/uninvite bob", Uninvite(TEA, "bob")),
    ("/invited", ListInvited(TEA)),
    ("/unread", ListUnread()),
    ("/read", MarkRead(TEA)),
    ("/read #den", MarkRead("#den")),
    ("/read @bob", MarkRead("@bob")),
    ("/read ALL", MarkRead()),
    ("/draft", FindDraft(TEA)),
    ("/draft I think, that", SaveDraft(TEA, "I think, that")),
    ("/draft -", SaveDraft(TEA, "")),
    ("/drafts", ListDrafts()),
    ("/notify", ListLevels()),
    ("/notify #den", FindLevel("#den")),
    ("/notify @bob", FindLevel("@bob")),
    ("/notify nothing", SetLevel(TEA, "nothing")),
    ("/notify #den  ALL ", SetLevel("#den", "all")),
    ("/notify @bob mentions", SetLevel("@bob", "mentions")),
    ("/notify default", SetLevel(TEA, "default")),
    ("/notify off", SetLevel(TEA, "nothing")),
    ("/notify on", SetLevel(TEA, "default")),
    ("/whois ann", FindPerson("ann")),
    ("/alerts", ListAlerts()),
    ("/alert tea, Cake", SetAlerts(("tea", "Cake"))),
    ("/unalert tea", SetAlerts(removed=("tea",))),
    ("/privacy lastseen on", SetPrivacy(shows_last_seen=True)),
    ("/privacy lastseen OFF", SetPrivacy(shows_last_seen=False)),
    ("/privacy nobody", SetPrivacy("nobody")),
    ("/privacy room", SetPrivacy("roommates")),
    ("/about Ann Lee, from Kyoto", Describe("Ann Lee, from Kyoto")),
    ("/about -", Describe("")),
    ("/bot on", MarkBot()),
    ("/trait pronouns she/her", SetTrait("pronouns", "she/her")),
    ("/trait #tea url https://example.org/", SetTrait("url", "https://example.org/", "#tea")),
    ("/trait url -", SetTrait("url", None)),
    ("/traits ann", ListTraits("ann")),
    ("/traits #tea", ListTraits("#tea")),
    ("/senders", ListAccepted()),
    ("/senders Accounts", LimitSenders("accounts")),
    ("/senders every", LimitSenders("everyone")),
    ("/accept ann, bob", Accept(("ann", "bob"))),
    ("/unaccept ann", Unaccept(("ann",))),
    ("/accepted", ListAccepted()),
    ("/bot off", MarkBot(is_bot=False)),
    ("/kick bob", Kick(TEA, "bob")),
    ("/kick bob  for being rude ", Kick(TEA, "bob", "for being rude")),
    ("/ban bob", Ban(TEA, "bob")),
    ("/ban spam* for 1d selling things", Ban(TEA, "spam*", "selling things", 86_400)),
    ("/ban 192.0.2.0/24 for 2 hours", Ban(TEA, "192.0.2.0/24", "", 7_200)),
    ("/ban bob for spam", Ban(TEA, "bob", "for spam")),
    ("/unban spam*", Unban(TEA, "spam*")),
    ("/ban account:bob", Ban(TEA, "account:bob")),
    ("/mute *!*@x.guest for 10m too loud", Ban(TEA, "*!*@x.guest", "too loud", 600, is_silencing=True)),
    ("/mute spam*", Ban(TEA, "spam*", is_silencing=True)),
    ("/unmute spam*", Unban(TEA, "spam*", is_silencing=True)),
    ("/except bob", Except(TEA, "bob")),
    ("/except account:* Invitations", Except(TEA, "account:*", "invitations")),
    ("/unexcept bob bans", Unexcept(TEA, "bob")),
    ("/unexcept bob inv", Unexcept(TEA, "bob", "invitations")),
    ("/bans", ListBans(TEA)),
    ("/mute bob for 10m too loud", Mute(TEA, "bob", "too loud", 600)),
    ("/mute bob", Mute(TEA, "bob")),
    ("/unmute bob", Unmute(TEA, "bob")),
    ("/role bob moderator", SetRole(TEA, "bob", RoomRole.MODERATOR)),
    ("/role bob deputy", SetRole(TEA, "bob", RoomRole.DEPUTY)),
    ("/role bob a", SetRole(TEA, "bob", RoomRole.ASSISTANT)),
    ("/role bob Sp", SetRole(TEA, "bob", RoomRole.SPEAKER)),
    ("/audit", FindAudit(20)),
    ("/audit 5", FindAudit(5)),
    ("/watch bob, ann", WatchPeople(("bob", "ann"))),
    ("/unwatch bob", WatchPeople(("bob",), is_watching=False)),
    ("/audit on", WatchAudit()),
    ("/audit off", WatchAudit(is_watching=False)),
    ("/reload", ReloadSettings()),
    ("/admins spam in #tea", Alert("spam in #tea")),
    ("/register secret words", Register("secret words")),
    (f"/register secret words {CODE}", Register("secret words", CODE)),
    (f"/register {CODE}", Register(CODE)),
    ("/login ann secret words", LogIn("ann", "secret words")),
    ("/login ann  secret", LogIn("ann", "secret")),
    ("/logout", LogOut()),
    (f"/claim {CODE}", Claim(CODE)),
    ("/ssh-key", ListSshKeys()),
    ("/ssh-key LIST", ListSshKeys()),
    ("/ssh-key add  ssh-ed25519 AAAA my laptop ", AddSshKey("ssh-ed25519 AAAA my laptop")),
    ("/ssh-key remove my laptop", RemoveSshKey("my laptop")),
    ("/token", ListTokens()),
    ("/token List", ListTokens()),
    ("/token new", MakeToken("")),
    ("/token new my bot", MakeToken("my bot")),
    ("/token revoke T1", RevokeToken("T1")),
    ("/webhook", ListHooks(TEA)),
    ("/webhooks list", ListHooks(TEA)),
    ("/webhook #ops", ListHooks("#ops")),
    ("/webhook new", MakeHook(TEA)),
    ("/webhook #ops new my CI", MakeHook("#ops", "my CI")),
    ("/webhook to https://a.b/c", MakeHook(TEA, "", "https://a.b/c")),
    ("/notify loud", Misuse("What you are told of a room is one of default, all, mentions and nothing.")),
    ("/webhook to https://a.b m, TOP edits", Misuse(f"What is posted is one or more of: {', '.join(TOPICS)}.")),
    ("/webhook to https://a.b mess, TOP edits", MakeHook(TEA, "", "https://a.b", ("messages", "topic", "edits"))),
    ("/webhook revoke W1", RevokeHook("W1")),
    ("/webhook restart W1", RestartHook("W1")),
    ("/invitation", ListInvitations()),
    ("/invitation list", ListInvitations()),
    ("/invitation new", MakeInvitation(1, 7 * DAY_MS)),
    ("/invitation new 5", MakeInvitation(5, 7 * DAY_MS)),
    ("/invitation NEW 30D 5", MakeInvitation(5, 30 * DAY_MS)),
    ("/invitation revoke I1", RevokeInvitation("I1")),
    ("/eject bob being rude", Eject("bob", "being rude")),
    ("/serverban spam* for 1d", BanFromServer("spam*", "", 86_400)),
    ("/serverban 192.0.2.0/24 a nuisance", BanFromServer("192.0.2.0/24", "a nuisance")),
    ("/serverunban spam*", UnbanFromServer("spam*")),
    ("/serverbans", ListServerBans()),
    ("/serverrole bob admin", SetServerRole("bob", ServerRole.ADMINISTRATOR)),
    ("/accounts", ListAccounts()),
    ("/accounts An", ListAccounts("An")),
    ("/disable bob on holiday", DisableAccount("bob", "on holiday")),
    ("/enable bob", EnableAccount("bob")),
    ("/exit", Quit("")),
    ("/quit to bed", Quit("to bed")),
    ("/q", Quit("")),
]
"""What somebody writes in #tea, and what it means."""

ASKED: Final[list[tuple[str, list[str], Meaning]]] = [
    ("/register", ["Choose a password of 8 characters or more:"], Register("1")),
    ("/login ann", ["Password of ann:"], LogIn("ann", "1")),
    ("/password", ["Your old password:", "Your new one:"], ChangePassword("1", "2")),
    (
        "/unregister",
        ["This deletes your account for good. Your password, or Enter to keep it:"],
        DeleteAccount("1"),
    ),
]
"""What is asked for in so many questions, and what it means when they are answered with 1, 2 …"""

MISUSED: Final = [
    *(
        "/join",
        "/join #a b c",
        "/msg",
        "/msg bob",
        "/msg bob  ",
        "/tell",
        "/whisper",
        "/w bob",
        "/broadcast",
        "/me",
        "/ops",
        "/ops #tea",
    ),
    *(
        "/msg bob, hi",
        "/msg bob, carol, hi",
        "/nick",
        "/name ",
        "/block",
        "/ignore ,",
        "/unblock",
        "/unblock ,",
        "/history five",
        "/history -1",
    ),
    *("/history 99999999999", "/history ٣", "/history 0"),
    *("/room nonsense on", "/room name", "/invite", "/invite bob #a b", "/uninvite", "/uninvite a b", "/invited x"),
    *("/export all", "/export jsonl x"),
    *("/privacy", "/privacy everything", "/kick", "/ban", "/unban", "/unban a b", "/bans x", "/mute", "/unmute"),
    *("/eject", "/serverban", "/serverunban a b", "/serverbans x", "/serverrole bob", "/serverrole bob king"),
    *("/disable", "/enable", "/enable a b", "/accounts a b"),
    *("/role", "/role bob", "/role bob m", "/role bob king", "/audit x", "/audit 0"),
    *("/login", "/logout now", "/password secret", "/unregister secret", "/claim", "/token revoke", "/token x"),
    *("/ssh-key add", "/ssh-key remove", "/ssh-key x"),
    *("/invitation new 0", "/invitation new 0d", "/invitation new 7w", "/invitation new ٣", "/invitation new d"),
    *("/webhook x", "/webhook to", "/webhook revoke", "/webhook list all"),
    *("/invitation new 999999", "/invitation revoke ", "/invitation x"),
]
"""What cannot be meant by anybody."""


@pytest.mark.parametrize(("line", "meaning"), MEANINGS)
def test_what_a_command_means(line: str, meaning: Meaning) -> None:
    """Each row of the table, each of its words, with and without what may follow."""
    assert parse_slash(line, TEA) == meaning


@pytest.mark.parametrize(("line", "questions", "meaning"), ASKED)
def test_what_is_asked_for(line: str, questions: list[str], meaning: Meaning) -> None:
    """Secrets are asked for, so that they need not stand in a line that everybody sees."""
    means = parse_slash(line, TEA)
    for number, question in enumerate(questions, 1):
        assert isinstance(means, Prompt)
        assert means.question == question
        means = means.then(str(number))
    assert means == meaning


@pytest.mark.parametrize("line", MISUSED)
def test_a_misused_command_is_explained(line: str) -> None:
    """Who writes it wrongly is shown how it is written, and what he may not have known."""
    command = COMMANDS[line[1:].partition(" ")[0]]
    misuse = parse_slash(line, TEA)
    assert isinstance(misuse, Misuse)
    assert misuse.sentence.startswith(explain_usage(command))
    assert explain_usage(command).startswith(f"Usage: /{command.words[0]}")
    more = "" if not command.more else command.more[0] if len(command.more) == 1 else f"/help {command.words[0]}"
    assert misuse.sentence.endswith(more)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "/list",
            "/me waves",
            "/topic",
            "/topic x",
            "/history",
            "/history 5",
            "/export",
            "/room",
            "/room slow 5",
            "/uninvite bob",
        ),
        *("/kick bob", "/ban bob", "/unban bob", "/bans", "/mute bob", "/unmute bob", "/role bob owner", "/invited"),
        "/invite bob",
    ],
)
def test_what_needs_a_room_is_refused_without_one(line: str) -> None:
    """Who is in no room is told how to come into one."""
    assert parse_slash(line, "") == NO_ROOM


def test_who_is_in_no_room_cannot_leave() -> None:
    """Unless he names one, which is then for the house to judge."""
    assert isinstance(parse_slash("/leave", ""), Misuse)
    assert parse_slash("/leave #tea", "") == Leave("#tea")


def test_every_word_is_in_a_table() -> None:
    """No command is without an example here, and none of its words, in capitals or not."""
    words = {line[1:].partition(" ")[0] for line, _ in MEANINGS} | {line[1:].partition(" ")[0] for line, _, _ in ASKED}
    assert words == set(COMMANDS)
    for line, meaning in MEANINGS:
        word, space, rest = line.partition(" ")
        assert parse_slash(word.upper() + space + rest, TEA) == meaning


NAMED: Final[list[tuple[str, Meaning]]] = [
    ("/reply #2 sure", Reply(REF, "sure")),
    ("/edit #2  hello", Edit(REF, "hello")),
    ("/delete #2 spam", Delete(REF, "spam")),
    ("/react #2 👍", React(REF, "👍")),
    ("/react #2 -👍", Unreact(REF, "👍")),
    ("/thread #2 7", FindThread(REF, 7)),
    ("/message #2", FindMessage(REF)),
    ("/read #2", MarkMessage(REF)),
    ("/thread #2 read", MarkMessage(REF, is_thread=True)),
    ("/pin #2", PinMessage(REF)),
    ("/unpin 3-4", UnpinMessage(REF)),
    ("/history before #2", FindNear(REF, "before", 20)),
    ("/history after #2", FindNear(REF, "after", 20)),
    ("/history around 3-4", FindNear(REF, "around", 20)),
]


@pytest.mark.parametrize(("line", "meaning"), NAMED)
def test_messages_are_named(line: str, meaning: Meaning) -> None:
    """By the number they were listed with, or by their id; also of another room, and in none."""
    for room in (TEA, ""):
        on_message = parse_slash(line, room)
        assert isinstance(on_message, OnMessage)
        assert on_message.then(REF) == meaning


def test_a_moment_in_history() -> None:
    """A day, and perhaps a time, where the server is."""
    midnight = datetime(2026, 11, 25).astimezone().timestamp() * 1_000
    assert parse_slash("/history 2026-11-25", TEA) == FindHistory(TEA, 20, at_ms=int(midnight))
    afternoon = int(midnight) + 52_200_000
    assert parse_slash("/history #milk 2026-11-25 14:30", TEA) == FindHistory("#milk", 20, at_ms=afternoon)
    for nonsense in ("2026-13-01", "2026-11-25 25:00", "1-1"):
        meaning = parse_slash(f"/history {nonsense}", TEA)
        assert isinstance(meaning, Misuse)
        assert "is no day" in meaning.sentence


@pytest.mark.parametrize("line", ["/reply", "/reply #2", "/edit 3-4", "/react", "/react #2", "/pin x", "/message #2 x"])
def test_what_is_missing_is_explained(line: str) -> None:
    """With the usage of the command."""
    meaning = parse_slash(line, TEA)
    assert isinstance(meaning, Misuse)
    assert "Usage: /" in meaning.sentence


@pytest.mark.parametrize(
    ("word", "near"), [("hlep", "help"), ("jion", "join"), ("WHISPR", "whisper"), ("", None), ("xyzzy", None)]
)
def test_a_misspelt_command_suggests_the_nearest(word: str, near: str | None) -> None:
    """And what is like none suggests none."""
    assert parse_slash(f"/{word} some more", TEA) == Unknown(word, near)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "/block bob for 2x",
            "/block bob for 0m",
            "/block bob for 2h carol",
            "/ban bob for 2x",
            "/mute bob for 99999w",
        ),
        *("/room access", "/room access everybody", "/room moderated", "/room moderated maybe", "/room slow"),
        *("/room slow fast", "/room limit", "/room limit few", "/room key", "/room key a b", "/room topic-lock ?"),
        *("/room history some", "/room keep", "/room keep 30", "/room keep 0 days", "/room keep 3 years"),
        "/room archive",
    ],
)
def test_a_value_that_cannot_be_meant_is_explained(line: str) -> None:
    """In a sentence about this value, not about the whole command."""
    meaning = parse_slash(line, TEA)
    assert isinstance(meaning, Misuse)
    assert not meaning.sentence.startswith("Usage:")


def test_help_covers_the_table() -> None:
    """One line for each command of the area, with its form and what it does; and where the others are."""
    listed: list[SlashCommand] = []
    for area in AREAS:
        lines = explain("" if area == "everyday" else area)
        while not lines.pop(0).startswith("Commands"):
            pass
        commands = [command for command in dict.fromkeys(COMMANDS.values()) if command.area == area]
        commands = [command for command in commands if command.is_listed]
        for line, command in zip(lines, commands, strict=False):
            form, help_ = line[: -len(command.help)].rstrip(), line[-len(command.help) :]
            assert (form, help_) == (f"/{command.words[0]} {command.usage}".rstrip(), command.help)
        more = lines[len(commands) :]
        assert len(more) == (2 if area == "everyday" else 0)
        listed += commands
    assert [command for command in dict.fromkeys(COMMANDS.values()) if command.is_listed] == listed
    assert "said in your current room" in explain("")[-2]
    assert all(area in explain("")[-1] for area in AREAS if area != "everyday")


@pytest.mark.parametrize("topic", ["", *AREAS])
def test_help_fits_on_a_screen(topic: str) -> None:
    """Eighty columns with the stamp and the server's name before each line, and no more lines than a terminal has."""
    lines = explain(topic)
    assert len(lines) <= 24
    for line in lines:
        assert len("[12:00:00] [SERVER] " + line) <= 80
        assert line.isprintable()


@pytest.mark.parametrize("word", COMMANDS)
def test_help_about_one_command(word: str) -> None:
    """By any of its words, with a slash or without, in capitals or not: its usage, and the other words for it."""
    command = COMMANDS[word]
    for topic in (word, f"/{word}", word.upper()):
        first, *more = explain(topic)
        assert first == explain_usage(command)
        also = [f"Also: /{' /'.join(command.words[1:])}"] if command.words[1:] else []
        assert more[: len(command.more) + len(also)] == [*command.more, *also]
        assert (len(more) > len(command.more) + len(also)) == (word in AREAS)


def test_help_about_nothing_there_is() -> None:
    """Says so, and what may have been meant."""
    assert explain("hlep") == ["There is no command hlep. Did you mean /help?"]
    assert explain("xyzzy") == ["There is no command xyzzy. /help lists them all."]


@QUICK
@given(st.sampled_from([*COMMANDS, "", "foo"]), st.text(max_size=30), st.sampled_from(["", TEA]))
@example("msg", ", hi", TEA)
@example("msg", "#  x", TEA)
def test_anything_means_something(word: str, rest: str, room: str) -> None:
    """Whatever follows a slash, something is made of it."""
    assert parse_slash(f"/{word} {rest}", room) is not None
    assert parse_slash(f"/{word}{rest}", room) is not None
