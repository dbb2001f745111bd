"""CHATHISTORY: https://ircv3.net/specs/extensions/chathistory, whose words are quoted."""

import pytest

from hubbub.core.features.accounts import OpenAccount
from hubbub.core.roles import ServerRole
from hubbub.wire.irc.timestamps import format_time
from tests.gateways.irc.clients import PASSWORD, SERVER, Client, Network, network
from tests.gateways.irc.talking import body_of, said, tags_of, two

KNOWING = ("batch", "server-time", "message-tags", "draft/chathistory", "echo-message")
COUNT = 8
EVER = "timestamp=1970-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z"


async def talked(place: Network, *capabilities: str) -> tuple[Client, dict[str, str], dict[str, str]]:
    """Return Ann, the ids of what Bob said in #tea, `m0` to `m7`, and when he did, each a second after the other."""
    ann, bob = await two(place, *KNOWING, *capabilities)
    for number in range(COUNT):
        place.node.clock.advance(1)
        await bob.ask(f"PRIVMSG #tea :m{number}")
    heard = [line for line in await ann.settle() if " PRIVMSG " in line]
    ids = {text_of(line): f"msgid={tags_of(line)['msgid']}" for line in heard}
    times = {text_of(line): f"timestamp={tags_of(line)['time']}" for line in heard}
    assert list(ids) == [f"m{number}" for number in range(COUNT)]
    return ann, ids, times


def text_of(line: str) -> str:
    """Return what was said."""
    return line.rpartition(" :")[2]


async def page(client: Client, asked: str) -> str:
    """Ask for a page, and return the texts on it."""
    first, *lines, last = await client.ask(f"CHATHISTORY {asked}")
    target = asked.split()[1]
    reference = first.split()[2].removeprefix("+")
    assert first == f":{SERVER} BATCH +{reference} chathistory {target}"
    assert last == f":{SERVER} BATCH -{reference}"
    assert all(tags_of(line)["batch"] == reference for line in lines)
    return " ".join(map(text_of, lines))


@pytest.mark.parametrize("by_time", [False, True])
async def test_pages(*, by_time: bool) -> None:
    """LATEST, BEFORE, AFTER, AROUND and BETWEEN: selectors are left out, but by AROUND, and times ascend."""
    async with network() as place:
        ann, ids, times = await talked(place)
        at = times if by_time else ids
        assert await page(ann, "LATEST #tea * 3") == "m5 m6 m7"
        assert await page(ann, f"LATEST #tea {at['m6']} 3") == "m7"
        assert await page(ann, f"BEFORE #tea {at['m4']} 3") == "m1 m2 m3"
        assert await page(ann, f"AFTER #tea {at['m4']} 2") == "m5 m6"
        assert await page(ann, f"AROUND #tea {at['m4']} 3") == "m3 m4 m5"
        assert await page(ann, f"BETWEEN #tea {at['m2']} {at['m6']} 10") == "m3 m4 m5"
        assert await page(ann, f"BETWEEN #tea {at['m2']} {at['m6']} 2") == "m3 m4"
        # From the first point on: where it is the later one, what is nearest to that.
        assert await page(ann, f"BETWEEN #tea {at['m6']} {at['m2']} 2") == "m4 m5"
        assert await page(ann, f"AFTER #tea {at['m7']} 2") == ""
        assert await page(ann, f"BEFORE #tea {at['m0']} 2") == ""


async def test_selectors_of_both_kinds() -> None:
    """BETWEEN takes a `msgid` and a `timestamp`, whichever is earlier."""
    async with network() as place:
        ann, ids, times = await talked(place)
        assert await page(ann, f"BETWEEN #tea {ids['m2']} {times['m6']} 10") == "m3 m4 m5"
        assert await page(ann, f"BETWEEN #tea {times['m6']} {ids['m2']} 10") == "m3 m4 m5"


async def test_what_is_told_of_each_message() -> None:
    """Messages carry the `time` and the `msgid` that they had, and look as they look now."""
    async with network() as place:
        ann, _ = await two(place, *KNOWING)
        [line] = await ann.ask("PRIVMSG #tea :helo")
        place.node.clock.advance(60)
        await ann.ask(f"@+draft/edit={tags_of(line)['msgid']} PRIVMSG #tea :hello")
        _, again, _ = await ann.ask("CHATHISTORY LATEST #tea * 10")
        assert body_of(again) == body_of(line).replace("helo", "hello")
        assert {**tags_of(again), "batch": ""} == {**tags_of(line), "batch": ""}


async def test_what_was_deleted_is_left_out() -> None:
    """message-redaction: after it, "chathistory responses SHOULD … exclude it entirely"."""
    async with network() as place:
        ann, _, _ = await talked(place)
        [line] = await ann.ask("PRIVMSG #tea :mine")
        await ann.ask(f"REDACT #tea {tags_of(line)['msgid']}")
        assert await page(ann, "LATEST #tea * 2") == "m6 m7"


@pytest.mark.parametrize("capabilities", [(), ("draft/event-playback", "draft/message-redaction")])
async def test_pages_are_full_of_what_is_shown(capabilities: tuple[str, ...]) -> None:
    """What is excluded does not count: a page with less than `limit` is the last one, and clients stop there."""
    async with network() as place:
        ann, ids, times = await talked(place, *capabilities)
        await place.carry_out("ann", OpenAccount(ServerRole.ADMINISTRATOR))
        await ann.ask(*[f"REDACT #tea {ids[text].removeprefix('msgid=')}" for text in ("m2", "m3", "m4", "m7")])
        if not capabilities:
            assert await page(ann, "LATEST #tea * 1") == "m6"
            assert await page(ann, "LATEST #tea * 4") == "m0 m1 m5 m6"
            assert await page(ann, f"LATEST #tea {ids['m2']} 2") == "m5 m6"
        assert await page(ann, f"BEFORE #tea {ids['m5']} 1") == "m1"
        assert await page(ann, f"BEFORE #tea {times['m6']} 2") == "m1 m5"
        assert await page(ann, f"AFTER #tea {ids['m1']} 1") == "m5"
        assert await page(ann, f"AFTER #tea {times['m0']} 2") == "m1 m5"
        assert await page(ann, f"BETWEEN #tea {ids['m1']} {ids['m6']} 1") == "m5"
        assert await page(ann, f"BETWEEN #tea {ids['m6']} {ids['m1']} 2") == "m5"
        assert await page(ann, f"BETWEEN #tea {ids['m0']} {times['m6']} 2") == "m1 m5"
        assert await page(ann, f"AROUND #tea {ids['m6']} 2") == "m5 m6"


async def test_a_conversation() -> None:
    """The target may be a nick; what one has said oneself is for the other."""
    async with network() as place:
        ann, bob = await two(place, *KNOWING)
        await ann.ask("PRIVMSG bob :question")
        await bob.ask("PRIVMSG ann :answer")
        await ann.settle()
        _, *lines, _ = await ann.ask("CHATHISTORY LATEST bob * 10")
        assert [said(line) for line in lines] == [("PRIVMSG", "bob :question"), ("PRIVMSG", "ann :answer")]
        await place.arrive("zoe")
        assert await page(ann, "LATEST zoe * 10") == ""


async def test_events() -> None:
    """event-playback: with it, other lines than PRIVMSG and NOTICE are there as well, and count."""
    async with network() as place:
        ann, ids, _ = await talked(place, "draft/event-playback", "draft/message-redaction")
        carol = await place.arrive("carol")
        await carol.ask("JOIN #tea", "TOPIC #tea :leaves", "PRIVMSG #tea :hi", "PART #tea :bye")
        await ann.ask(f"@+draft/reply={ids['m7'][6:]};+draft/react=x TAGMSG #tea")
        _, *lines, _ = await ann.ask("CHATHISTORY LATEST #tea * 6")
        assert [body_of(line).split()[1] for line in lines] == ["PRIVMSG", "JOIN", "TOPIC", "PRIVMSG", "PART", "TAGMSG"]
        _, *lines, _ = await ann.ask(f"CHATHISTORY AFTER #tea {ids['m6']} 2")
        assert [body_of(line).split()[1] for line in lines] == ["PRIVMSG", "JOIN"]
        _, *lines, _ = await ann.ask(f"CHATHISTORY BEFORE #tea {ids['m1']} 100")
        assert [body_of(line).split()[1] for line in lines][-2:] == ["JOIN", "PRIVMSG"]
        _, *lines, _ = await ann.ask(f"CHATHISTORY AROUND #tea {ids['m7']} 2")
        assert [body_of(line).split()[1] for line in lines][:2] == ["PRIVMSG", "PRIVMSG"]


async def test_every_line_has_its_time() -> None:
    """`server-time`: "the time at which the message was received", also of what followed from it."""
    async with network() as place:
        await place.register("ann")
        ann = await place.connect()
        await ann.ask("CAP REQ :batch server-time draft/chathistory draft/event-playback", f"PASS :{PASSWORD}")
        await ann.ask("NICK ann", "USER u 0 * :Ann", "CAP END")
        await ann.ask("JOIN #tea")
        _, *lines, _ = await ann.ask("CHATHISTORY LATEST #tea * 10")
        assert [body_of(line).split()[1] for line in lines] == ["JOIN", "MODE"]
        assert all("time" in tags_of(line) for line in lines)


async def test_without_events() -> None:
    """Without event-playback nothing else comes, nor counts."""
    async with network() as place:
        ann, _, _ = await talked(place)
        carol = await place.arrive("carol")
        await carol.ask("JOIN #tea", "PRIVMSG #tea :hi")
        await ann.settle()
        assert (await page(ann, "LATEST #tea * 2")) == "m7 hi"


async def test_without_batches() -> None:
    """Who has no batches is told the lines all the same; who has no times reads them in the text."""
    async with network() as place:
        ann, bob = await two(place)
        await bob.ask("PRIVMSG #tea :hi")
        await ann.settle()
        [line] = await ann.ask("CHATHISTORY LATEST #tea * 2")
        assert line.startswith(":bob!~u@")
        assert line.endswith("] hi")
        assert " PRIVMSG #tea :[" in line


async def test_targets() -> None:
    """TARGETS: the `draft/chathistory-targets` batch lists what was active between two times, by the last message."""
    async with network() as place:
        ann, bob = await two(place, *KNOWING)
        begin = format_time(place.node.clock.time_ms())
        place.node.clock.advance(10)
        await bob.ask("PRIVMSG ann :psst")
        place.node.clock.advance(10)
        await bob.ask("PRIVMSG #tea :hello")
        alone, public = [tags_of(line)["time"] for line in await ann.settle()]
        end = format_time(place.node.clock.time_ms() + 1)
        first, *lines, last = await ann.ask(f"CHATHISTORY TARGETS timestamp={begin} timestamp={end} 10")
        reference = first.split()[2].removeprefix("+")
        assert first == f":{SERVER} BATCH +{reference} draft/chathistory-targets"
        assert last == f":{SERVER} BATCH -{reference}"
        assert [body_of(line) for line in lines] == [
            f":{SERVER} CHATHISTORY TARGETS bob {alone}",
            f":{SERVER} CHATHISTORY TARGETS #tea {public}",
        ]
        _, only, _ = await ann.ask(f"CHATHISTORY TARGETS timestamp={end} timestamp={alone} 10")
        assert " #tea " in only
        _, only, _ = await ann.ask(f"CHATHISTORY TARGETS timestamp={begin} timestamp={end} 1")
        assert " bob " in only


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("", "INVALID_PARAMS *"),
        ("LATEST #tea *", "INVALID_PARAMS LATEST"),
        ("BETWEEN #tea msgid=1-1 msgid=1-2", "INVALID_PARAMS BETWEEN"),
        ("OLDEST #tea * 10", "INVALID_PARAMS OLDEST"),
        ("LATEST #tea * 0", "INVALID_PARAMS LATEST"),
        ("LATEST #tea * -1", "INVALID_PARAMS LATEST"),
        ("LATEST #tea * many", "INVALID_PARAMS LATEST"),
        ("BEFORE #tea * 10", "INVALID_PARAMS BEFORE #tea"),
        ("BEFORE #tea yesterday 10", "INVALID_PARAMS BEFORE #tea"),
        ("BEFORE #tea timestamp=2019 10", "INVALID_PARAMS BEFORE #tea"),
        ("BEFORE #tea msgid=nonsense 10", "INVALID_PARAMS BEFORE #tea"),
        ("BEFORE #tea msgid=999-1 10", "INVALID_PARAMS BEFORE #tea"),
        ("BEFORE #tea id=1 10", "INVALID_MSGREFTYPE BEFORE #tea"),
        ("LATEST #none * 10", "INVALID_TARGET LATEST #none"),
        ("LATEST #other * 10", "INVALID_TARGET LATEST #other"),
        ("LATEST nobody * 10", "INVALID_TARGET LATEST nobody"),
        ("TARGETS timestamp=2019-01-04T14:33:26.123Z * 10", "INVALID_PARAMS TARGETS"),
    ],
)
async def test_errors(asked: str, answer: str) -> None:
    """Errors are standard replies; nobody learns of what he may not read."""
    async with network() as place:
        ann, bob = await two(place, *KNOWING, "standard-replies")
        await bob.ask("JOIN #other")
        [line] = await ann.ask(f"CHATHISTORY {asked}")
        assert line.startswith(f":{SERVER} FAIL CHATHISTORY {answer} :")


async def test_a_label_stands_before_the_batch() -> None:
    """labeled-response: a batch carries the label of what asked for it."""
    async with network() as place:
        ann, _ = await two(place, *KNOWING, "labeled-response")
        first, last = await ann.ask("@label=x CHATHISTORY LATEST #tea * 10")
        assert first.startswith(f"@label=x :{SERVER} BATCH +")
        assert last.startswith(f":{SERVER} BATCH -")


async def test_no_more_than_may_be() -> None:
    """005 `CHATHISTORY` tells the most that one answer has; who asks for more gets so many."""
    async with network() as place:
        ann, bob = await two(place, *KNOWING)
        await bob.ask(*[f"PRIVMSG #tea :m{number}" for number in range(105)])
        await ann.settle()
        assert (await page(ann, "LATEST #tea * 1000")).split() == [f"m{number}" for number in range(5, 105)]


async def told_by_guests(place: Network) -> Client:
    """Let two guests, one after the other, be called Zoe, talk with Ann, and leave; return Ann."""
    ann = await place.arrive("ann", *KNOWING, "draft/read-marker", "standard-replies")
    for number in ("one", "two"):
        place.node.clock.advance(1)
        zoe = await place.arrive("zoe")
        await zoe.ask(f"PRIVMSG ann :{number}")
        await ann.ask(f"PRIVMSG zoe :not {number}")
        zoe.send("QUIT")
        await zoe.hear_end()
    await ann.settle()
    return ann


async def test_a_conversation_with_a_guest_who_is_gone() -> None:
    """It is found by the name that he had, the last one of several, and what one said there was said to that name."""
    async with network() as place:
        ann = await told_by_guests(place)
        assert await page(ann, "LATEST Zoe * 9") == "two not two"
        _, first, own, _ = await ann.ask("CHATHISTORY LATEST zoe * 9")
        assert (body_of(first).split("!")[0], said(own)[1]) == (":zoe", "zoe :not two")
        assert await page(ann, f"BEFORE zoe msgid={tags_of(own)['msgid']} 9") == "two"
        assert await page(ann, f"AFTER zoe timestamp={tags_of(first)['time']} 9") == ""
        _, *lines, _ = await ann.ask(f"CHATHISTORY TARGETS {EVER} 9")
        assert [line.split()[-2] for line in lines] == ["zoe"]


async def test_a_name_means_whoever_has_it() -> None:
    """A guest who is called as another was is told nothing of him, and nor is whoever asks about the new one."""
    async with network() as place:
        ann = await told_by_guests(place)
        bob = await place.arrive("bob", *KNOWING, "standard-replies")
        [refused] = await bob.ask("CHATHISTORY LATEST zoe * 9")
        assert " FAIL CHATHISTORY INVALID_TARGET LATEST zoe :" in refused
        zoe = await place.arrive("zoe", *KNOWING)
        assert await page(ann, "LATEST zoe * 9") == ""
        assert await page(zoe, "LATEST ann * 9") == ""
        _, *lines, _ = await ann.ask(f"CHATHISTORY TARGETS {EVER} 9")
        assert lines == []
