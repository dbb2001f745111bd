"""The common words of scripts, as each kind of client shows them."""

import re

import pytest

from tests.harness.heard import UNSTAMPED, normalise, take_piece, wanted_lines
from tests.harness.script import Doing, Kind, Matching, ServerSaying, Verb


@pytest.mark.parametrize(
    ("kind", "verb", "line"),
    [
        ("netcat", "say", "[ann] hi"),
        ("s0", "whisper", "[PRIVATE FROM ann] hi"),
        ("s4", "broadcast", "[BROADCAST FROM ann] hi"),
        ("telnet", "act", "* ann hi"),
        ("netcat", "join", "[SERVER] User 'ann' has joined the chat."),
        ("netcat", "leave", "[SERVER] User 'ann' has left the chat."),
        ("netcat", "become", "[SERVER] User 'ann' is now known as 'hi'."),
        ("s1", "say", "ann > hi"),
        ("s1", "whisper", "ann [private] > hi"),
        ("s1", "act", "server > * ann hi"),
        ("s2", "say", "ann: hi"),
        ("s2", "join", "ann joined"),
        ("s2", "leave", "ann left"),
        ("s3", "act", "* ann hi"),
        ("s3", "become", "server: ann is now known as hi."),
        ("irc", "say", ":ann!~u@HOST.guest PRIVMSG #lobby :hi"),
        ("irc3", "say", "@msgid=ID;time=TIME :ann!~u@HOST.account PRIVMSG #lobby :hi"),
        ("irc", "whisper", ":ann!~u@HOST.guest PRIVMSG bob :hi"),
        ("irc", "broadcast", ":ann!~u@HOST.guest NOTICE $$* :hi"),
        ("irc", "act", ":ann!~u@HOST.guest PRIVMSG #lobby :\x01ACTION hi\x01"),
        ("irc", "join", ":ann!~u@HOST.guest JOIN #lobby"),
        ("irc3", "join", ":ann!~u@HOST.guest JOIN #lobby * :ann"),
        ("irc", "leave", ":ann!~u@HOST.guest PART #lobby"),
        ("irc", "leave", ":ann!~u@HOST.guest QUIT :good night"),
        ("irc", "become", ":ann!~u@HOST.guest NICK hi"),
    ],
)
def test_each_kind_shows_it_in_its_own_way(kind: Kind, verb: Verb, line: str) -> None:
    """The shapes are those of the dialects; another name or text is something else."""
    (wanted,) = wanted_lines(kind, Doing("ann", verb, "hi"))
    assert wanted.meets(line)
    assert not wanted.meets(line.replace("ann", "bob"))
    assert not wanted.meets(f"x{line}")


@pytest.mark.parametrize("kind", ["s1", "s3"])
def test_two_protocols_have_no_word_for_coming_and_going(kind: Kind) -> None:
    """Where nothing can be shown, nothing is waited for."""
    assert wanted_lines(kind, Doing("ann", "join")) == wanted_lines(kind, Doing("ann", "leave")) == []


def test_several_lines_are_several_lines_on_the_text_protocol_only() -> None:
    """A text protocol has no line breaks inside a message; a frame holds them."""
    said = Doing("ann", "say", "one\ntwo")
    assert [wanted.meets("[ann] two") for wanted in wanted_lines("netcat", said)] == [False, True]
    assert [wanted.meets("ann: one\ntwo") for wanted in wanted_lines("s3", said)] == [True]


@pytest.mark.parametrize(
    ("kind", "prefix"), [("s0", "[SERVER] "), ("s1", "server > "), ("s2", "server: "), ("irc", "NOTICE ann :")]
)
def test_the_server_speaks_under_its_own_name(kind: Kind, prefix: str) -> None:
    """A sentence or a pattern counts only when the server says it."""
    (exactly,) = wanted_lines(kind, ServerSaying("Good-bye."))
    (loosely,) = wanted_lines(kind, ServerSaying(re.compile("good|bad", re.IGNORECASE)))
    assert exactly.meets(f"{prefix}Good-bye.")
    assert loosely.meets(f"{prefix}So it is a Good-bye.")
    assert not loosely.meets("[bob] good-bye")


def test_time_stamps_are_taken_off_and_missing_ones_are_marked() -> None:
    """Every line of the text protocol begins with the time of day; no other line does."""
    assert normalise("netcat", "[23:59:59] [ann] hi") == "[ann] hi"
    assert normalise("netcat", "[24:00:00] [ann] hi") == f"{UNSTAMPED}[24:00:00] [ann] hi"
    assert normalise("s3", "ann: hi") == "ann: hi"
    assert wanted_lines("s0", Matching(re.compile("hi")))[0].meets(f"{UNSTAMPED}hi")


@pytest.mark.parametrize(("kind", "prefix"), [("s1", "ann > "), ("s2", "ann: "), ("s3", "ann: ")])
def test_a_long_text_may_come_in_pieces(kind: Kind, prefix: str) -> None:
    """Pieces are taken off one by one; what is no piece is refused."""
    said = Doing("ann", "say", "one two three", in_pieces=True)
    assert take_piece(kind, said, said.text, f"{prefix}one two") == "three"
    assert take_piece(kind, said, "three", f"{prefix}three") == ""
    assert take_piece(kind, said, "three", f"{prefix}two") is None
    assert take_piece(kind, said, "three", "bob: three") is None


def test_a_piece_has_to_fit_where_reads_are_never_repeated() -> None:
    """S1 and S3 bear 1 400 bytes at a time, headers included; S2 puts anything together."""
    assert take_piece("s1", Doing("ann", "say"), "x" * 1377, "ann > " + "x" * 1377) == ""
    assert take_piece("s1", Doing("ann", "say"), "x" * 1378, "ann > " + "x" * 1378) is None
    assert take_piece("s3", Doing("ann", "say"), "x" * 1393, "ann: " + "x" * 1393) == ""
    assert take_piece("s3", Doing("ann", "say"), "x" * 1394, "ann: " + "x" * 1394) is None
    assert take_piece("s2", Doing("ann", "say"), "x" * 9000, "ann: " + "x" * 9000) == ""
