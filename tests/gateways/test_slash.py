"""Slash commands: one table says how each is written, what it means, and how it is explained."""

from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hubbub.core.features.blocking import Block, Unblock
from hubbub.core.features.membership import Join, Leave
from hubbub.core.features.messages import Broadcast, Say, Tell
from hubbub.core.features.presence import ComeBack, GoAway
from hubbub.core.features.renaming import Rename
from hubbub.core.features.topics import SetTopic
from hubbub.core.queries import FindHistory, FindTopic, ListBlocks, ListMembers, ListRooms
from hubbub.gateways.account_slash import Prompt
from hubbub.gateways.slash import (
    COMMANDS,
    NO_ROOM,
    Help,
    Meaning,
    Misuse,
    Ping,
    Quit,
    Unknown,
    explain,
    explain_usage,
    parse_slash,
)
from hubbub.service.account_requests import (
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
from tests.fuzz.budget import QUICK

TEA: Final = "#tea"
CODE: Final = "7K3M-9Q2X-0ZTB-4V8N"
DAY_MS: Final = 86_400_000

MEANINGS: Final[list[tuple[str, Meaning]]] = [
    ("/help", Help("")),
    ("/? nick", Help("nick")),
    ("/list", ListMembers(TEA)),
    ("/who #milk", ListMembers("#milk")),
    ("/names", ListMembers(TEA)),
    ("/rooms", ListRooms()),
    ("/join #milk", Join("#milk")),
    ("/j milk", Join("milk")),
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
    ("/nick bob", Rename("bob")),
    ("/name bob smith", Rename("bob smith")),
    ("/topic", FindTopic(TEA)),
    ("/topic green tea", SetTopic(TEA, "green tea")),
    ("/topic -", SetTopic(TEA, "")),
    ("/block bob", Block(("bob",))),
    ("/ignore bob, carol dave", Block(("bob", "carol", "dave"))),
    ("/block bob Silently", Block(("bob",), silent=True)),
    ("/block silently", Block(("silently",))),
    ("/unblock bob,carol", Unblock(("bob", "carol"))),
    ("/unignore bob", Unblock(("bob",))),
    ("/blocks", ListBlocks()),
    ("/history", FindHistory(TEA, 20)),
    ("/history 5", FindHistory(TEA, 5)),
    ("/away", GoAway("")),
    ("/away at lunch", GoAway("at lunch")),
    ("/back", ComeBack()),
    ("/ping", Ping("")),
    ("/ping 42", Ping("42")),
    ("/register secret words", Register("secret words")),
    (f"/register secret words {CODE}", Register("secret words", CODE)),
    (f"/register {CODE}", Register(CODE)),
    ("/login ann secret words", LogIn("ann", "secret words")),
    ("/login ann  secret", LogIn("ann", "secret")),
    ("/logout", LogOut()),
    (f"/claim {CODE}", Claim(CODE)),
    ("/token", ListTokens()),
    ("/token List", ListTokens()),
    ("/token new", MakeToken("")),
    ("/token new my bot", MakeToken("my bot")),
    ("/token revoke T1", RevokeToken("T1")),
    ("/invitation", ListInvitations()),
    ("/invitation list", ListInvitations()),
    ("/invitation new", MakeInvitation(1, 7 * DAY_MS)),
    ("/invitation new 5", MakeInvitation(5, 7 * DAY_MS)),
    ("/invitation NEW 30D 5", MakeInvitation(5, 30 * DAY_MS)),
    ("/invitation revoke I1", RevokeInvitation("I1")),
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
    *("/join", "/join #a b", "/msg", "/msg bob", "/msg bob  ", "/tell", "/whisper", "/w bob", "/broadcast", "/me"),
    *(
        "/msg bob, carol hi",
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
    *("/login", "/logout now", "/password secret", "/unregister secret", "/claim", "/token revoke", "/token x"),
    *("/invitation new 0", "/invitation new 0d", "/invitation new 7w", "/invitation new ٣", "/invitation new d"),
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
    """Who writes it wrongly is shown how it is written."""
    command = COMMANDS[line[1:].partition(" ")[0]]
    assert parse_slash(line, TEA) == Misuse(explain_usage(command))
    assert explain_usage(command).startswith(f"Usage: /{command.words[0]}")


@pytest.mark.parametrize("line", ["/list", "/me waves", "/topic", "/topic x", "/history", "/history 5"])
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


@pytest.mark.parametrize(
    ("word", "near"), [("hlep", "help"), ("jion", "join"), ("WHISPR", "whisper"), ("", None), ("xyzzy", None)]
)
def test_a_misspelt_command_suggests_the_nearest(word: str, near: str | None) -> None:
    """And what is like none suggests none."""
    assert parse_slash(f"/{word} some more", TEA) == Unknown(word, near)


def test_help_covers_the_table() -> None:
    """One line for each command, with its form and what it does, and one for what is no command."""
    first, *lines, last = explain("")
    assert first == "Commands:"
    assert "said in your current room" in last
    commands = [command for command in dict.fromkeys(COMMANDS.values()) if command.is_listed]
    assert len(lines) == len(commands)
    for line, command in zip(lines, commands, strict=True):
        form, help_ = line[: -len(command.help)].rstrip(), line[-len(command.help) :]
        assert (form, help_) == (f"/{command.words[0]} {command.usage}".rstrip(), command.help)
        assert line.isprintable()


@pytest.mark.parametrize("word", COMMANDS)
def test_help_about_one_command(word: str) -> None:
    """By any of its words, with a slash or without, in capitals or not: its usage, and the other words for it."""
    command = COMMANDS[word]
    for topic in (word, f"/{word}", word.upper()):
        first, *more = explain(topic)
        assert first == explain_usage(command)
        assert more == ([f"Also: /{' /'.join(command.words[1:])}"] if command.words[1:] else [])


def test_help_about_nothing_there_is() -> None:
    """Says so, and what may have been meant."""
    assert explain("hlep") == ["There is no command hlep. Did you mean /help?"]
    assert explain("xyzzy") == ["There is no command xyzzy."]


@QUICK
@given(st.sampled_from([*COMMANDS, "", "foo"]), st.text(max_size=30), st.sampled_from(["", TEA]))
@example("msg", ", hi", TEA)
@example("msg", "#  x", TEA)
def test_anything_means_something(word: str, rest: str, room: str) -> None:
    """Whatever follows a slash, something is made of it."""
    assert parse_slash(f"/{word} {rest}", room) is not None
    assert parse_slash(f"/{word}{rest}", room) is not None
