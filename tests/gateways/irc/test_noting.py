"""METADATA: what programs note about people and channels. https://github.com/ircv3/ircv3-specifications/pull/613."""

import pytest

from hubbub.core.features.traits import SetTrait
from tests.gateways.irc.clients import PASSWORD, Client, Network, network
from tests.gateways.irc.company import act, open_account, plain, seated

CAPABILITY = "draft/metadata-3"

MUTED = "soju.im/muted"


async def knowing(place: Network, nick: str) -> Client:
    """Return a client that knows metadata, and no batches, so that its lines are easy to read."""
    return await place.arrive(nick, CAPABILITY, "standard-replies")


async def come_in(place: Network, nick: str, *capabilities: str) -> Client:
    """Come in with an account that there is."""
    client = await place.connect()
    await client.ask(
        f"CAP REQ :{' '.join(capabilities)}", f"PASS :{PASSWORD}", f"NICK {nick}", "USER u 0 * :A", "CAP END"
    )
    await client.settle()
    return client


async def test_the_capability() -> None:
    """Its value tells the limits."""
    async with network() as place:
        ann = await place.connect()
        listed = " ".join(await ann.ask("CAP LS 302")).split()
        assert f"{CAPABILITY}=before-connect,max-subs=50,max-keys=20,max-value-bytes=300" in listed


async def test_setting_and_getting() -> None:
    """761, `<target> <key> <visibility> :<value>`, or 766, `<target> <key>`; keys are told in small letters."""
    async with network() as place:
        ann = await knowing(place, "ann")
        assert plain(
            await ann.ask("METADATA * SET Color :dark red", "METADATA ANN GET color url", "METADATA * LIST")
        ) == [
            "761 ann ann color * :dark red",
            "761 ann ann color * :dark red",
            "766 ann ann url :Nothing is noted under that key",
            "761 ann ann color * :dark red",
        ]
        assert plain(await ann.ask("METADATA ann SET color", "METADATA ann SET color", "METADATA ann SET x :")) == [
            "766 ann ann color :Nothing is noted under that key",
            "766 ann ann color :Nothing is noted under that key",
            "761 ann ann x * :",
        ]


async def test_what_is_muted() -> None:
    """`soju.im/muted` of a channel or a nick is his who says it, told to the clients of his that want to know."""
    async with network() as place:
        await place.register("ann")
        bob = await knowing(place, "bob")
        ann, phone = [await come_in(place, "ann", CAPABILITY, "standard-replies") for _ in range(2)]
        for client in (ann, bob, phone):
            await client.ask(f"METADATA * SUB {MUTED}", "JOIN #tea")
        for client in (ann, phone):
            await client.settle()
        assert plain(await ann.ask(f"METADATA #tea GET {MUTED.upper()} url")) == [
            f"761 ann #tea {MUTED} private :0",
            "766 ann #tea url :Nothing is noted under that key",
        ]
        assert plain(await ann.ask(f"METADATA #tea SET {MUTED} 1")) == [f"761 ann #tea {MUTED} private :1"]
        assert plain(await phone.settle()) == [f"761 ann #tea {MUTED} private :1"]
        await ann.ask("PRIVMSG bob :hello")
        assert (
            plain(await ann.ask(f"METADATA bob SET {MUTED} 1", f"METADATA bob GET {MUTED}"))
            == [f"761 ann bob {MUTED} private :1"] * 2
        )
        assert not [line for line in await bob.settle() if MUTED in line]
        assert plain(await bob.ask(f"METADATA #tea GET {MUTED}")) == [f"761 bob #tea {MUTED} private :0"]
        late = await come_in(place, "ann", CAPABILITY)
        assert plain(await late.ask(f"METADATA * SUB {MUTED}")) == [
            f"770 ann {MUTED}",
            f"761 ann #tea {MUTED} private :1",
            f"761 ann bob {MUTED} private :1",
        ]
        await phone.settle()
        assert plain(await ann.ask(f"METADATA #tea SET {MUTED}")) == [f"761 ann #tea {MUTED} private :0"]
        assert plain(await phone.settle()) == [f"761 ann #tea {MUTED} private :0"]


async def test_what_cannot_be_muted() -> None:
    """Where one is not, with whom one has not talked, by what is neither 0 nor 1; what it does not know stays."""
    async with network() as place:
        await place.register("ann")
        ann, bob = await come_in(place, "ann", CAPABILITY, "standard-replies"), await knowing(place, "bob")
        await bob.ask("JOIN #den")
        codes = [
            line.split()[2:4]
            for target, value in [("#nowhere", "1"), ("nobody", "0"), ("bob", "1"), ("#den", "1"), ("#den", "loud")]
            for line in plain(await ann.ask(f"METADATA {target} SET {MUTED} {value}"))
        ]
        assert codes == [
            ["INVALID_TARGET", "#nowhere"],
            ["INVALID_TARGET", "nobody"],
            ["INVALID_TARGET", "bob"],
            ["NOT_A_MEMBER", "#den"],
            ["INVALID_VALUE", MUTED],
        ]
        await ann.ask("JOIN #tea")
        tea = place.node.house.channels["#tea"].id
        await place.node.notebook.save_level(seated(place, "ann").id, tea, "all")
        assert plain(await ann.ask(f"METADATA #tea SET {MUTED} 0")) == [f"761 ann #tea {MUTED} private :0"]
        assert await place.node.notebook.load_levels(seated(place, "ann").id) == {tea: "all"}


async def test_what_is_muted_is_told_on_arrival() -> None:
    """To whoever has asked for it before he was in."""
    async with network() as place:
        await place.register("ann")
        ann = await come_in(place, "ann", CAPABILITY)
        await ann.ask("JOIN #tea", f"METADATA #tea SET {MUTED} 1")
        phone = await place.connect()
        heard = await phone.ask(f"CAP REQ :{CAPABILITY}", f"METADATA * SUB {MUTED}", f"PASS :{PASSWORD}", "NICK ann")
        heard += await phone.ask("USER u 0 * :Ann", "CAP END")
        heard += await phone.settle()
        assert f"761 ann #tea {MUTED} private :1" in plain(heard)


async def test_batches() -> None:
    """GET, LIST, CLEAR and SYNC are answered by a batch of type `metadata` with the target; an empty one, too."""
    async with network() as place:
        ann = await place.arrive("ann", CAPABILITY, "batch")
        await ann.ask("METADATA * SET color :red", "METADATA * SET url :x")
        for command in ("GET color url", "LIST", "CLEAR"):
            first, *lines, last = plain(await ann.ask(f"METADATA * {command}"))
            reference = first.split()[1].removeprefix("+")
            assert (first, last) == (f"BATCH +{reference} metadata ann", f"BATCH -{reference}")
            assert [line.split()[2] for line in lines] == [("766" if command == "CLEAR" else "761")] * 2
        for command in ("LIST", "CLEAR", "SYNC"):
            first, last = plain(await ann.ask(f"METADATA * {command}"))
            assert first.endswith(" metadata ann")


async def test_ones_own_on_arrival() -> None:
    """A batch with what is noted about oneself, after coming in."""
    async with network() as place:
        await place.register("dora")
        dora = await place.connect()
        come = (f"CAP REQ :{CAPABILITY}", "PASS :four words in a row", "NICK dora", "USER d 0 * :Dora", "CAP END")
        await dora.ask(*come)
        await dora.ask("METADATA * SET color :red")
        again = await place.connect()
        assert "761 dora dora color * :red" in plain(await again.ask(*come))


async def test_subscribing() -> None:
    """770, 771 and 772 list keys; only what is subscribed is told when it changes, to others."""
    async with network() as place:
        ann, bob = await knowing(place, "ann"), await knowing(place, "bob")
        for client in (ann, bob):
            await client.ask("JOIN #tea")
        await ann.settle()
        assert plain(await bob.ask("METADATA * SUB color URL", "METADATA * SUBS", "METADATA * UNSUB url other")) == [
            "770 bob color url",
            "772 bob color url",
            "771 bob url other",
        ]
        await ann.ask("METADATA * SET color :red", "METADATA * SET url :x", "METADATA * SET color")
        assert plain(await bob.settle()) == [
            "761 bob ann color * :red",
            "766 bob ann color :Nothing is noted under that key",
        ]
        assert plain(await bob.ask("METADATA * SUBS", "METADATA * UNSUB color", "METADATA * SUBS")) == [
            "772 bob color",
            "771 bob color",
        ]


async def test_coming_into_a_channel() -> None:
    """What is subscribed is told of the channel and its members; also when more is subscribed, and by SYNC."""
    async with network() as place:
        ann, bob = await knowing(place, "ann"), await knowing(place, "bob")
        await open_account(place, "ann")
        await ann.ask("JOIN #tea")
        for line in ("* SET color :red", "* SET url :x", "#tea SET url :https://tea.example.org"):
            await ann.ask(f"METADATA {line}")
        await bob.ask("METADATA * SUB url")
        told = ["761 bob #tea url * :https://tea.example.org", "761 bob ann url * :x"]
        assert [line for line in plain(await bob.ask("JOIN #tea")) if line.startswith("76")] == told
        assert plain(await bob.ask("METADATA #tea SYNC", "METADATA ann SYNC")) == [*told, "761 bob ann url * :x"]
        assert plain(await bob.ask("METADATA * SUB color")) == ["770 bob color", "761 bob ann color * :red"]


async def test_a_large_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    """774, `<target> <seconds>`: the client asks later."""
    async with network() as place:
        ann, bob = await knowing(place, "ann"), await knowing(place, "bob")
        await ann.ask("JOIN #tea")
        await bob.ask("METADATA * SUB url")
        monkeypatch.setattr("hubbub.gateways.irc.metadata.SYNCED", 1)
        assert "774 bob #tea 2 :There are many: ask with SYNC" in plain(await bob.ask("JOIN #tea"))
        monkeypatch.setattr("hubbub.gateways.irc.metadata.TOLD", 1)
        await act(place, "ann", SetTrait("url", "x"))
        await act(place, "bob", SetTrait("url", "y"))
        await bob.settle()
        assert plain(await bob.ask("METADATA #tea SYNC")) == ["761 bob ann url * :x"]


async def test_who_knows_nothing_of_it() -> None:
    """Nothing is told of it but answers."""
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob")
        for client in (ann, bob):
            await client.ask("JOIN #tea")
        await ann.settle()
        await bob.ask("METADATA * SUB url")
        await ann.ask("METADATA * SET url :x")
        assert await bob.settle() == []


@pytest.mark.parametrize(
    ("line", "failure"),
    [
        ("METADATA nobody GET url", "INVALID_TARGET nobody"),
        ("METADATA #none LIST", "INVALID_TARGET #none"),
        ("METADATA nobody SET url :x", "INVALID_TARGET nobody"),
        ("METADATA #none SET url :x", "INVALID_TARGET #none"),
        ("METADATA nobody CLEAR", "INVALID_TARGET nobody"),
        ("METADATA #none CLEAR", "INVALID_TARGET #none"),
        ("METADATA nobody SYNC", "INVALID_TARGET nobody"),
        ("METADATA #none SYNC", "INVALID_TARGET #none"),
        ("METADATA * GET $x", "INVALID_KEY $x"),
        ("METADATA * SET $x :x", "INVALID_KEY $x"),
        ("METADATA * SUB $x", "INVALID_KEY $x"),
        ("METADATA * UNSUB $x", "INVALID_KEY $x"),
        *((f"METADATA * {what} BAD!Key", "INVALID_KEY BAD!Key") for what in ("GET", "SET", "SUB", "UNSUB")),
        ("METADATA * SET BAD!Key :x", "INVALID_KEY BAD!Key"),
        (f"METADATA * SET Url :{'x' * 301}", "INVALID_VALUE Url"),
        ("METADATA bob SET Url :x", "KEY_NO_PERMISSION bob Url"),
        (f"METADATA * SET url :{'x' * 301}", "INVALID_VALUE url"),
        ("METADATA bob SET url :x", "KEY_NO_PERMISSION bob url"),
        ("METADATA bob CLEAR", "KEY_NO_PERMISSION bob *"),
        ("METADATA #tea SET url :x", "KEY_NO_PERMISSION #tea url"),
        ("METADATA * SET", "INVALID_PARAMS SET"),
        ("METADATA * FROB", "INVALID_PARAMS FROB"),
    ],
)
async def test_failures(line: str, failure: str) -> None:
    """Each with the standard reply that is meant for it."""
    async with network() as place:
        ann, bob = await knowing(place, "ann"), await place.arrive("bob")
        await open_account(place, "bob")
        await bob.ask("JOIN #tea")
        await ann.ask("JOIN #tea")
        [heard] = plain(await ann.ask(line))
        assert heard.startswith(f"FAIL METADATA {failure} :")


async def test_limits() -> None:
    """`TOO_MANY_SUBS` with the first key that could not be subscribed; `LIMIT_REACHED` with the target."""
    async with network() as place:
        ann = await knowing(place, "ann")
        keys = [f"k{number}" for number in range(52)]
        for start in range(0, 50, 10):
            await ann.ask(f"METADATA * SUB {' '.join(keys[start : start + 10])}")
        assert plain(await ann.ask("METADATA * SUB k1 k50 k51")) == [
            "FAIL METADATA TOO_MANY_SUBS k50 :50 keys are the most",
            "770 ann k1",
        ]
        for key in keys[:20]:
            await ann.ask(f"METADATA * SET {key} :x")
        [heard] = plain(await ann.ask("METADATA * SET k20 :x"))
        assert heard.startswith("FAIL METADATA LIMIT_REACHED ann :")


async def test_clearing_a_channel_without_the_right() -> None:
    """`KEY_NO_PERMISSION` for each key that may not be cleared."""
    async with network() as place:
        ann, bob = await knowing(place, "ann"), await place.arrive("bob")
        await open_account(place, "bob")
        for client in (bob, ann):
            await client.ask("JOIN #tea")
        await act(place, "bob", SetTrait("url", "x", "#tea"))
        await ann.settle()
        [heard] = plain(await ann.ask("METADATA #tea CLEAR"))
        assert heard.startswith("FAIL METADATA KEY_NO_PERMISSION #tea url :")


async def coming(place: Network, *lines: str) -> tuple[Client, list[str]]:
    """Say this before one is in; return what is answered."""
    ann = await place.connect()
    await ann.ask(f"CAP REQ :{CAPABILITY} standard-replies", "NICK ann", "USER a 0 * :Ann")
    return ann, plain(await ann.ask(*lines))


async def test_noting_before_one_is_in() -> None:
    """`before-connect`: METADATA of oneself, as `*`, is taken up once one is in, and told then as what is noted."""
    async with network() as place:
        lines = ("SET Color :dark red", "SET url x", "SET url", "SUB color Url", "UNSUB url", "SUBS")
        ann, answers = await coming(place, *(f"METADATA * {line}" for line in lines))
        assert answers == [
            "761 * * color * :dark red",
            "761 * * url * :x",
            "766 * * url :Nothing is noted under that key",
            "770 * color url",
            "771 * url",
            "772 * color",
        ]
        ann.send("CAP END")
        await ann.hear(" 001 ")
        assert "761 ann ann color * :dark red" in plain(await ann.settle())
        assert plain(await ann.ask("METADATA * LIST", "METADATA * SUBS")) == [
            "761 ann ann color * :dark red",
            "772 ann color",
        ]


async def test_what_cannot_be_noted_before_one_is_in() -> None:
    """Nothing about others, nothing too long, nothing that is asked, and no more than one person may have."""
    async with network() as place:
        _, answers = await coming(
            place,
            "METADATA ann SET color :red",
            "METADATA #tea SET color :red",
            "METADATA * SET A! :red",
            f"METADATA * SET color :{'x' * 301}",
            "METADATA * SET",
            "METADATA * LIST",
            *(f"METADATA * SET k{number} :x" for number in range(21)),
        )
        failures = [line.split(" :")[0] for line in answers if line.startswith("FAIL")]
        assert failures == [
            "FAIL METADATA INVALID_TARGET ann",
            "FAIL METADATA INVALID_TARGET #tea",
            "FAIL METADATA INVALID_KEY A!",
            "FAIL METADATA INVALID_VALUE color",
            "FAIL METADATA INVALID_PARAMS SET",
            "FAIL METADATA INVALID_PARAMS LIST",
            "FAIL METADATA LIMIT_REACHED *",
        ]
        stranger = await place.connect()
        [refused] = plain(await stranger.ask("METADATA * SET color :red"))
        assert refused.startswith("451 * ")


async def test_what_has_no_room_when_one_is_in() -> None:
    """An account that has noted as much as it may is told so."""
    async with network() as place:
        await place.register("ann")
        heard: list[str] = []
        for prefix in ("a", "b"):
            client, _ = await coming(place, *(f"METADATA * SET {prefix}{number} :x" for number in range(20)))
            heard = plain(await client.ask("PASS :four words in a row", "CAP END") + await client.settle())
        failed = [line.split(" :")[0] for line in heard if line.startswith("FAIL METADATA")]
        assert failed == ["FAIL METADATA LIMIT_REACHED ann"] * 20
        assert len([line for line in heard if line.startswith("761 ann ann a")]) == 20
