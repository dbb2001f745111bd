"""Seed commands: the lists that Python writes are read, by a grammar, and everything else is talk or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.wire.errors import BadCommand
from hubbub.wire.seeds import LIST_LIMIT, SeedBlock, SeedBroadcast, SeedSend, parse_seed, split_chunk
from tests.fuzz.budget import QUICK

NAMES = st.text(st.sampled_from("ab'\" ,:[]\\ü👍\u200b"), min_size=1, max_size=6).filter(str.isprintable)


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("SEND ['bob']: hello bob", SeedSend(("bob",), "hello bob")),
        ("SEND ['bob', 'carol']:  hi  there: x", SeedSend(("bob", "carol"), " hi  there: x")),
        ("""SEND ["o'hara"]: x""", SeedSend(("o'hara",), "x")),
        ("SEND ['a','b']:x", SeedSend(("a", "b"), "x")),
        ("SEND ['bob']:", SeedSend(("bob",), "")),
        ("SEND []: x", SeedSend((), "x")),
        ("SEND [']: x']: y", SeedSend(("]: x",), "y")),
        ("SEND bob,carol: hi", SeedSend(("bob", "carol"), "hi")),
        ("SEND bob, carol: hi: there", SeedSend(("bob", "carol"), "hi: there")),
        ("SEND o'hara: hi", SeedSend(("o'hara",), "hi")),
        ("BROADCAST:  hey all", SeedBroadcast(" hey all")),
        ("BROADCAST:hey", SeedBroadcast("hey")),
        ("BLOCK ['alice', 'carol']", SeedBlock(("alice", "carol"))),
        ("BLOCK ['']", SeedBlock(())),
        ("BLOCK ['a', '', 'b'] ", SeedBlock(("a", "b"))),
    ],
)
def test_commands_are_understood(line: str, command: SeedSend | SeedBroadcast | SeedBlock) -> None:
    """What the original client sends, and what a person would type; the text stays as it is after one space."""
    assert parse_seed(line) == command


@pytest.mark.parametrize(
    "line",
    [
        *("", "hello", "send bob: hi", "SENDING bob: hi", "SEND help", "SEND me the file: thanks", "SEND : hi"),
        *("SEND bob,: hi", "BROADCAST everyone", "BLOCK party tonight", "BLOCK bob", " SEND bob: hi"),
    ],
)
def test_talk_stays_talk(line: str) -> None:
    """A sentence that happens to begin like a command is none."""
    assert parse_seed(line) is None


@pytest.mark.parametrize(
    "line",
    [
        *(
            "SEND [",
            "SEND [bob]: x",
            "SEND ['bob: x",
            "SEND ['bob'] x",
            "SEND [1]: x",
            "SEND [b'a']: x",
            "SEND [f'a']: x",
        ),
        *("SEND [['a']]: x", "SEND ['a' 'b']: x", "SEND ['a']*9: x", "SEND ['a', *x]: x", "SEND [__import__('os')]: x"),
        *("SEND ['\\U00110000']: x", "SEND ['\\d']: x", "SEND ['\\N{BULLET}']: x", "SEND ['\\ud800']: x"),
        *("SEND ['\\x1b[31m']: x", "SEND ['\x1b']: x", "SEND ['\0']: x", "BLOCK ['a'] b", "BLOCK ['a'", "BLOCK ['a']]"),
        *(
            "SEND " + "[" * 9000,
            "SEND ['" + "a" * LIST_LIMIT + "']: x",
            "SEND ['a'" + " " * 9000,
            "SEND [" + "'','" * 2000,
        ),
        "SEND [" + "-" * 9000 + "1]: x",
    ],
)
def test_what_is_no_list_of_names_is_refused(line: str) -> None:
    """Nothing is evaluated: a list of plain strings is read, anything else answered with how to write one."""
    with pytest.raises(BadCommand) as caught:
        parse_seed(line)
    assert caught.value.sentence.isprintable()


@QUICK
@given(st.lists(NAMES), st.text())
def test_every_list_that_python_writes_is_read(names: list[str], text: str) -> None:
    """`repr` and the grammar agree, whatever quotes, colons and brackets the names hold."""
    assert parse_seed(f"SEND {names}: {text}") == SeedSend(tuple(names), text)
    assert parse_seed(f"BLOCK {names}") == SeedBlock(tuple(names))


@QUICK
@given(st.text(st.sampled_from("SENDBLOCK []'\\\",:abx\x00\n")))
def test_any_line_is_understood_talk_or_refused(rest: str) -> None:
    """No line raises anything else."""
    for line in (rest, "SEND " + rest, "SEND [" + rest, "BLOCK [" + rest):
        try:
            command = parse_seed(line)
        except BadCommand:
            continue
        assert command is None or isinstance(command, SeedSend | SeedBroadcast | SeedBlock)


@pytest.mark.parametrize(
    ("chunk", "messages"),
    [
        ("SEND ['a']: xSEND ['b']: y", ["SEND ['a']: x", "SEND ['b']: y"]),
        ("aliceBROADCAST: hi", ["alice", "BROADCAST: hi"]),
        ("BLOCK ['a']BLOCK ['b']hello", ["BLOCK ['a']", "BLOCK ['b']hello"]),
        ("hello", ["hello"]),
        ("SEND bob: xSEND bob: y", ["SEND bob: xSEND bob: y"]),
        ("", []),
    ],
)
def test_quick_messages_in_one_piece_are_told_apart(chunk: str, messages: list[str]) -> None:
    """A chunk is cut before what only a command begins with, and nowhere else."""
    assert split_chunk(chunk) == messages


@QUICK
@given(st.lists(st.sampled_from(["SEND [", "BLOCK [", "BROADCAST:", "a", "'", "]: ", " "])).map("".join))
def test_splitting_loses_nothing(chunk: str) -> None:
    """Put together again, the messages are the chunk."""
    assert "".join(split_chunk(chunk)) == chunk
