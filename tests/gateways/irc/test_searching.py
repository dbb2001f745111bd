"""Searching: SEARCH. https://codeberg.org/emersion/soju/src/branch/master/doc/ext/search.md is quoted."""

import pytest

from tests.gateways.irc.clients import SERVER, Client, network
from tests.gateways.irc.talking import said, tags_of, two

KNOWING = ("batch", "server-time", "message-tags", "soju.im/search", "standard-replies")


async def found(client: Client, attributes: str) -> list[str]:
    """Return what is found."""
    first, *lines, last = await client.ask(f"SEARCH {attributes}")
    reference = first.split()[2].removeprefix("+")
    assert first == f":{SERVER} BATCH +{reference} soju.im/search"
    assert last == f":{SERVER} BATCH -{reference}"
    assert all(tags_of(line)["batch"] == reference and "msgid" in tags_of(line) for line in lines)
    return [said(line)[1] for line in lines]


async def test_attributes() -> None:
    """`in`, `from`, `after`, `before`, `text`, `limit`; what is found comes in "ascending time order"."""
    async with network() as place:
        ann, bob = await two(place, *KNOWING)
        times = []
        for line in ("#tea :green tea", "ann :black tea", "#tea :cake", "#tea :tea-time: from:ann"):
            place.node.clock.advance(1)
            await bob.ask(f"PRIVMSG {line}")
            times += [tags_of(one)["time"] for one in await ann.settle()]
        place.node.clock.advance(1)
        await ann.ask("PRIVMSG #tea :no tea")
        everything = ["#tea :green tea", "ann :black tea", "#tea :tea-time: from:ann", "#tea :no tea"]
        assert await found(ann, "text=tea") == everything
        assert await found(ann, "text=tea;limit=2") == everything[-2:]
        assert await found(ann, "text=tea;in=#tea;from=bob") == ["#tea :green tea", "#tea :tea-time: from:ann"]
        assert await found(ann, "in=bob") == ["ann :black tea"]
        assert await found(ann, "text=from:ann") == ["#tea :tea-time: from:ann"]
        assert await found(ann, f"from=bob;after={times[1]};before={times[2]}") == ["ann :black tea", "#tea :cake"]
        assert await found(ann, "text=coffee") == []


async def test_without_batches() -> None:
    """Batches: "limited functionality is available to clients without support for these CAPs"."""
    async with network() as place:
        ann, bob = await two(place)
        await bob.ask("PRIVMSG #tea :green tea")
        await ann.settle()
        [line] = await ann.ask("SEARCH text=green")
        assert line.startswith(":bob!")
        assert line.endswith("] green tea")


@pytest.mark.parametrize(
    ("attributes", "problem"),
    [
        ("colour=green", "INVALID_PARAMS colour"),
        ("text=x;limit=0", "INVALID_PARAMS limit"),
        ("text=x;limit=many", "INVALID_PARAMS limit"),
        ("text=x;after=yesterday", "INVALID_PARAMS after"),
        ("text=x;in=#none", "INVALID_PARAMS"),
        ("limit=1", "INVALID_PARAMS"),
    ],
)
async def test_errors(attributes: str, problem: str) -> None:
    """Errors: "If the selectors were invalid, the INVALID_PARAMS error code SHOULD be returned"."""
    async with network() as place:
        ann, _ = await two(place, *KNOWING)
        [line] = await ann.ask(f"SEARCH {attributes}")
        assert line.startswith(f":{SERVER} FAIL SEARCH {problem} :")
