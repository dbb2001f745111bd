"""Whom one hears: SILENCE and ACCEPT."""

import pytest

from tests.gateways.irc.clients import network
from tests.gateways.irc.company import plain


async def test_silence() -> None:
    """`SILENCE +mask` is repeated, and listed by 271 and 272; who is blocked is refused by 716, and told so."""
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob", "standard-replies")
        assert plain(await ann.ask("SILENCE +BOB!*@*", "SILENCE")) == [
            ":ann!~u@HOST SILENCE +bob!*@*",
            "271 ann ann bob!*@*",
            "272 ann :End of the list",
        ]
        await bob.settle()
        assert [line.split()[:3] for line in plain(await bob.ask("PRIVMSG ann :hi"))] == [["716", "bob", "ann"]]
        assert await ann.settle() == []
        assert plain(await ann.ask("SILENCE -bob", "SILENCE")) == [
            ":ann!~u@HOST SILENCE -bob!*@*",
            "272 ann :End of the list",
        ]
        await bob.ask("PRIVMSG ann :hi")
        assert plain(await ann.settle()) == [":bob!~u@HOST PRIVMSG ann :hi"]


async def test_silence_of_several() -> None:
    """Without a sign it is `+`; what is so already is repeated all the same; 401 for nobody."""
    async with network() as place:
        ann = await place.arrive("ann")
        for nick in ("bob", "carol"):
            await place.arrive(nick)
        assert plain(await ann.ask("SILENCE bob,+carol,nobody", "SILENCE bob", "SILENCE -nobody")) == [
            ":ann!~u@HOST SILENCE +bob!*@*",
            ":ann!~u@HOST SILENCE +carol!*@*",
            "401 ann nobody :Nobody is called so",
            ":ann!~u@HOST SILENCE +bob!*@*",
            "401 ann nobody :Nobody is called so",
        ]


@pytest.mark.parametrize("mask", ["bob", "+bob", "bob!*@*", "+BOB!~u@*", "bob@*", "bob!*"])
async def test_silence_by_any_form_of_a_mask(mask: str) -> None:
    """`nick`, `nick!*@*` and every other mask of one nick mean who is called so, however else he is here."""
    async with network() as place:
        ann, _ = await place.arrive("ann"), await place.arrive("bob")
        assert plain(await ann.ask(f"SILENCE {mask}")) == [":ann!~u@HOST SILENCE +bob!*@*"]


@pytest.mark.parametrize("mask", ["*!*@*.example.org", "b?b", "@host", "+*"])
async def test_silence_of_patterns(mask: str) -> None:
    """People are blocked, not patterns: the mask is given back in a standard reply, with what can be done instead."""
    async with network() as place:
        ann = await place.arrive("ann", "standard-replies")
        [line] = plain(await ann.ask(f"SILENCE {mask}"))
        context, _, sentence = line.partition(" :")
        assert context == f"FAIL SILENCE INVALID_MASK {mask.removeprefix('+')}"
        assert sentence == "People are silenced by name: SILENCE +nick. To hear only whom you accept: MODE ann +g"


async def test_silence_of_oneself() -> None:
    """The core's own refusal, as a standard reply."""
    async with network() as place:
        ann = await place.arrive("ann", "standard-replies")
        [line] = plain(await ann.ask("SILENCE ann"))
        assert line == "FAIL SILENCE NOBODY ann :You cannot block yourself."


async def test_more_than_can_be_silenced(monkeypatch: pytest.MonkeyPatch) -> None:
    """511, `ERR_SILELISTFULL`, with the mask that had no room; `SILENCE` of 005 says how many there may be."""
    async with network() as place:
        ann = await place.arrive("ann")
        await place.arrive("bob")
        assert "SILENCE=500" in " ".join(await ann.ask("VERSION")).split()
        monkeypatch.setattr("hubbub.core.decisions.blocking.BLOCKS_LIMIT", 0)
        [line] = plain(await ann.ask("SILENCE +bob"))
        assert line.startswith("511 ann bob!*@* :")


async def test_accept() -> None:
    """281 and 282 list; 457, `ERR_ACCEPTEXIST`; 458, `ERR_ACCEPTNOT`; 401 for nobody; nothing where it is done."""
    async with network() as place:
        ann = await place.arrive("ann")
        for nick in ("bob", "carol"):
            await place.arrive(nick)
        assert plain(await ann.ask("ACCEPT bob,carol", "ACCEPT *", "ACCEPT Bob,-carol,nobody", "ACCEPT -carol")) == [
            "281 ann :bob carol",
            "282 ann :End of the list",
            "457 ann bob :You have accepted him already",
            "401 ann nobody :Nobody is called so",
            "458 ann carol :You have not accepted him",
        ]
        assert plain(await ann.ask("ACCEPT")) == ["281 ann :bob", "282 ann :End of the list"]
        tokens = " ".join(await ann.ask("VERSION")).split()
        assert {"CALLERID=g", "ACCEPT=500"} <= set(tokens)


async def test_more_than_can_be_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    """456, `ERR_ACCEPTFULL`."""
    async with network() as place:
        ann = await place.arrive("ann")
        await place.arrive("bob")
        monkeypatch.setattr("hubbub.core.decisions.senders.ACCEPTED_LIMIT", 0)
        assert [line.split()[0] for line in plain(await ann.ask("ACCEPT bob"))] == ["456"]


async def test_who_is_accepted_is_heard() -> None:
    """With user mode `g` nobody else is."""
    async with network() as place:
        ann, bob = await place.arrive("ann"), await place.arrive("bob", "standard-replies")
        await ann.ask("MODE ann +g")
        assert plain(await bob.ask("PRIVMSG ann :hi"))[0].startswith("716 ")
        await ann.ask("ACCEPT bob")
        await bob.settle()
        assert plain(await bob.ask("PRIVMSG ann :hi again")) == []
        assert plain(await ann.settle()) == [":bob!~u@HOST PRIVMSG ann :hi again"]
