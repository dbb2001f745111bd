"""Multiline: messages of several lines, in both directions. https://ircv3.net/specs/extensions/multiline is quoted."""

import pytest

from hubbub.core.limits import Limits
from tests.gateways.irc.clients import SERVER, Client, network
from tests.gateways.irc.talking import body_of, said, tags_of, two

KNOWING = ("batch", "message-tags", "draft/multiline", "standard-replies")
ECHOING = (*KNOWING, "echo-message")


def sent(*lines: str, target: str = "#tea") -> list[str]:
    """Return the lines of a batch: with `+` before a text that continues the one before it."""
    tags = ["@batch=x;draft/multiline-concat" if line.startswith("+") else "@batch=x" for line in lines]
    said = [f"{tag} PRIVMSG {target} :{line.removeprefix('+')}" for tag, line in zip(tags, lines, strict=True)]
    return [f"BATCH +x draft/multiline {target}", *said, "BATCH -x"]


def texts(lines: list[str]) -> list[str]:
    """Return the texts of lines."""
    return [line.partition(" PRIVMSG ")[2].partition(" :")[2] for line in lines if " PRIVMSG " in line]


async def test_a_message_of_several_lines() -> None:
    """It goes to those who know such as a batch, and to others line by line; "the full batch" is one message."""
    async with network() as place:
        ann, bob = await two(place, *ECHOING)
        heard = await ann.ask(*sent("hello", "", "how is ", "+everyone?"))
        opening, *lines, closing = heard
        reference = body_of(opening).split()[2].removeprefix("+")
        assert body_of(opening).endswith(f" BATCH +{reference} draft/multiline #tea")
        assert set(tags_of(opening)) == {"msgid"}
        assert closing.endswith(f" BATCH -{reference}")
        assert [tags_of(line) for line in lines] == [{"batch": reference}] * 3
        assert texts(lines) == ["hello", "", "how is everyone?"]
        # "Servers MUST NOT send blank lines to clients that have not negotiated the multiline capability."
        assert texts(await bob.settle()) == ["hello", "how is everyone?"]


async def test_a_long_line_is_continued() -> None:
    """`draft/multiline-concat`: the line is "directly joined with the previous line's message with no separation"."""
    async with network() as place:
        ann, bob = await two(place, *ECHOING)
        text = "grüße an euch " * 60
        pieces = [text[begin : begin + 200] for begin in range(0, len(text), 200)]
        _, *lines, _ = await ann.ask(*sent(pieces[0], *[f"+{piece}" for piece in pieces[1:]]))
        assert all("draft/multiline-concat" in tags_of(line) for line in lines[1:])
        assert "draft/multiline-concat" not in tags_of(lines[0])
        assert "".join(texts(lines)) == text
        assert all(len(body_of(line).encode()) <= 510 for line in lines)
        # Cut anew between words, in as few lines as it takes, wherever the sender had to cut.
        shown = texts(await bob.settle())
        assert " ".join(shown).split() == text.split()
        assert len(shown) < len(pieces)


async def test_one_line_needs_no_batch() -> None:
    """What fits into a line is one, also of a batch."""
    async with network() as place:
        ann, _ = await two(place, *ECHOING)
        [line] = await ann.ask(*sent("hello ", "+there"))
        assert said(line) == ("PRIVMSG", "#tea :hello there")


async def test_between_two() -> None:
    """The target may be a nick; client-only tags "must be sent attached to the initial BATCH command"."""
    async with network() as place:
        ann, bob = await two(place, *ECHOING)
        [first] = await ann.ask("PRIVMSG bob :question")
        opening, *rest = sent("one", "two", target="bob")
        heard = await ann.ask(f"@+reply={tags_of(first)['msgid']} {opening}", *rest)
        assert tags_of(heard[0])["+reply"] == tags_of(first)["msgid"]
        assert texts(await bob.settle()) == ["question", "> question : one", "two"]


async def test_a_label_is_told_once() -> None:
    """With labels: the label is only "on the opening BATCH command" of the echo, and is that of the opening."""
    async with network() as place:
        ann, _ = await two(place, *ECHOING, "labeled-response")
        opening, *rest = sent("one", "two")
        heard = await ann.ask(f"@label=a {opening}", *rest)
        assert [tags_of(line).get("label") if line.startswith("@") else None for line in heard] == ["a", *[None] * 3]


async def test_in_history() -> None:
    """A batch may be part of another one."""
    async with network() as place:
        ann, _ = await two(place, *ECHOING, "server-time")
        await ann.ask(*sent("one", "two"))
        outer, opening, *lines, closing, _ = await ann.ask("CHATHISTORY LATEST #tea * 10")
        reference = outer.split()[2].removeprefix("+")
        assert tags_of(opening)["batch"] == tags_of(closing)["batch"] == reference
        assert texts(lines) == ["one", "two"]
        assert reference not in {tags_of(line)["batch"] for line in lines}


async def test_who_has_no_batches_is_sent_none() -> None:
    """Batch "MUST be negotiated to use multiline messages"."""
    async with network() as place:
        ann, bob = await two(place, "draft/multiline")
        other = await place.arrive("carol", *KNOWING)
        await other.ask("JOIN #tea")
        await ann.settle()
        await other.ask(*sent("one", "two"))
        assert texts(await ann.settle()) == ["one", "two"]
        assert texts(await bob.settle()) == ["one", "two"]


async def code_of(client: Client, *lines: str) -> list[str]:
    """Return what is said to be wrong."""
    return [line.removeprefix(f":{SERVER} FAIL BATCH ").partition(" :")[0] for line in await client.ask(*lines)]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["BATCH +x other #tea"], "MULTILINE_INVALID"),
        (["BATCH +x draft/multiline"], "MULTILINE_INVALID"),
        (["BATCH +x draft/multiline #tea,bob"], "MULTILINE_INVALID"),
        (["BATCH -x"], "MULTILINE_INVALID"),
        (["BATCH x"], "MULTILINE_INVALID"),
        (["BATCH +x draft/multiline #tea", "BATCH +y draft/multiline #tea", "BATCH -x"], "MULTILINE_INVALID"),
        (sent(""), "MULTILINE_INVALID"),
        (sent("", "", ""), "MULTILINE_INVALID"),
        (sent("a", "+"), "MULTILINE_INVALID"),
        (sent("+a"), "MULTILINE_INVALID"),
        (["BATCH +x draft/multiline #tea", "@batch=x NOTICE #tea :a", "BATCH -x"], "MULTILINE_INVALID"),
        (
            ["BATCH +x draft/multiline #tea", "@batch=x JOIN #a", "@batch=x PART #tea", "BATCH -x"],
            "MULTILINE_INVALID",
        ),
        (["BATCH +x draft/multiline #tea", "@batch=x NONSENSE", "BATCH -x"], "MULTILINE_INVALID"),
        (["BATCH +x draft/multiline #tea", "@batch=x PRIVMSG #tea", "BATCH -x"], "MULTILINE_INVALID"),
        (["@batch=x PRIVMSG #tea :a"], "MULTILINE_INVALID"),
        (["@batch=x NOTICE #tea :a"], "MULTILINE_INVALID"),
        (["@batch=x PART #tea"], "MULTILINE_INVALID"),
        (["BATCH +x draft/multiline #tea", "@batch=y PRIVMSG #tea :a"], "MULTILINE_INVALID"),
        (
            ["BATCH +x draft/multiline #tea", "@batch=x PRIVMSG bob :a", "@batch=x PRIVMSG #tea :b", "BATCH -x"],
            "MULTILINE_INVALID_TARGET #tea bob",
        ),
        (sent(*["x"] * 101), "MULTILINE_MAX_LINES 100"),
        (sent(*["x" * 400] * 42), "MULTILINE_MAX_BYTES 16384"),
    ],
)
async def test_errors(lines: list[str], code: str) -> None:
    """`FAIL BATCH` and the code that the specification names; nothing is said then."""
    async with network() as place:
        ann, bob = await two(place, *KNOWING)
        assert await code_of(ann, *lines) == [code]
        assert await bob.settle() == []


async def test_a_batch_of_which_nothing_is_known() -> None:
    """Its lines are said nowhere, and answered with their own labels; who knows no such batches means none by it."""
    async with network() as place:
        ann, bob = await two(place, *KNOWING, "labeled-response")
        heard = await ann.ask("BATCH +x other #tea", "@batch=x;label=a PRIVMSG #tea :one", "@batch=x PRIVMSG #tea :two")
        assert [line.rpartition(" :")[0] for line in heard] == [
            f":{SERVER} FAIL BATCH MULTILINE_INVALID",
            f"@label=a :{SERVER} FAIL BATCH MULTILINE_INVALID",
            f":{SERVER} FAIL BATCH MULTILINE_INVALID",
        ]
        assert await ann.ask("BATCH +x draft/multiline #tea", "PRIVMSG #tea :meanwhile") == []
        assert texts(await bob.ask("@batch=x PRIVMSG #tea :plainly")) == ["meanwhile"]
        assert texts(await ann.settle()) == ["plainly"]


async def test_limits_are_told() -> None:
    """The capability "MUST be advertised by servers with a REQUIRED value": `max-bytes`, and `max-lines`."""
    async with network() as place:
        ann = await place.connect()
        heard = " ".join(await ann.ask("CAP LS 302"))
        assert "draft/multiline=max-bytes=16384,max-lines=100" in heard.replace(":", " ").split()


async def test_as_much_as_there_may_be() -> None:
    """Exactly so many lines are one message."""
    async with network() as place:
        ann, bob = await two(place, *KNOWING)
        assert await ann.ask(*sent(*[str(number) for number in range(100)])) == []
        assert texts(await bob.settle()) == [str(number) for number in range(100)]


async def test_the_pace_is_that_of_one_message() -> None:
    """Flood protection: "clients might send an entire batched multiline message all at once"."""
    async with network(Limits()) as place:
        ann = await place.arrive("ann", *KNOWING)
        await ann.ask("JOIN #tea")
        # With a clock that stands still, whoever is slowed down is answered never.
        assert await ann.ask(*sent(*["x"] * 100)) == []
