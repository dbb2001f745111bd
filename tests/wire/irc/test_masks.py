"""Masks: whom a client means by what it writes, and how a ban is shown to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.patterns import matches
from hubbub.wire.irc.masks import BanMask, Source, encode_ban, is_network, parse_ban, parse_source
from hubbub.wire.irc.message import encode_line
from tests.fuzz.budget import QUICK


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("coolguy!ag@127.0.0.1", Source("coolguy", "ag", "127.0.0.1")),
        ("coolguy!~ag@localhost", Source("coolguy", "~ag", "localhost")),
        ("coolguy@127.0.0.1", Source("coolguy", "", "127.0.0.1")),
        ("coolguy!ag", Source("coolguy", "ag", "")),
        ("coolguy!ag@net\x035w\x03ork.admin", Source("coolguy", "ag", "net\x035w\x03ork.admin")),
        ("irc.example", Source("irc.example")),
        ("", Source()),
    ],
)
def test_a_source_has_three_parts(source: str, parts: Source) -> None:
    """The vectors of https://github.com/ircdocs/parser-tests userhost-split (CC0), and a server."""
    assert parse_source(source) == parts


@pytest.mark.parametrize(
    ("mask", "matching", "others"),
    [
        ("*@127.0.0.1", ["coolguy!ab@127.0.0.1", "cooldud3!~bc@127.0.0.1"], ["coolguy!ab@127.0.0.5"]),
        ("cool*@*", ["coolguy!ab@127.0.0.1", "cool132!ab@example.com"], ["koolguy!ab@127.0.0.5"]),
        ("cool!*@*", ["cool!guyab@127.0.0.1", "cool!~dudebc@127.0.0.1"], ["coolguy!ab@127.0.0.1"]),
        ("cool!?username@*", ["cool!ausername@127.0.0.1", "cool!~username@127.0.0.1"], ["cool!username@127.0.0.1"]),
        ("cool!a?*@*", ["cool!ab@127.0.0.1", "cool!abc@127.0.0.1"], ["cool!a@127.0.0.1"]),
        ("cool[guy]!*@*", ["cool[guy]!guy@127.0.0.1", "cool[guy]!a@example.com"], ["coolg!ab@127.0.0.1", "cool[!a@b"]),
    ],
)
def test_a_mask_matches_whom_others_take_it_for(mask: str, matching: list[str], others: list[str]) -> None:
    """The vectors of https://github.com/ircdocs/parser-tests mask-match (CC0)."""
    assert all(matches(mask, source) for source in matching)
    assert not any(matches(mask, source) for source in others)


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("ann", "ann!*@*"),
        ("ann!", "ann!*@*"),
        ("ann!u", "ann!u@*"),
        ("u@host", "*!u@host"),
        ("@host", "*!*@host"),
        ("!u@", "*!u@*"),
        ("ann@", "ann!*@*"),
        ("*", "*!*@*"),
        ("*!*@*", "*!*@*"),
        ("***!**@***", "*!*@*"),
        ("a**b?", "a*b?!*@*"),
        ("o.hara", "o.hara!*@*"),
        ("10.1.2.3", "*!*@10.1.2.3"),
        ("10.1.0.0/16", "*!*@10.1.0.0/16"),
        ("2001:db8::/32", "*!*@2001:db8::/32"),
        ("fe::1", "*!*@fe::1"),
        ("*!*@2001:db8::/32", "*!*@2001:db8::/32"),
        ("1984", "1984!*@*"),
    ],
)
def test_what_is_left_out_may_be_anything(text: str, mask: str) -> None:
    """RFC 2812 section 3.2.3 shows `*!*@*.edu`; clients send any part of it."""
    ban = parse_ban(text)
    assert ban is not None
    assert (str(ban.mask), ban.account, ban.is_silencing) == (mask, "", False)
    assert encode_ban(text) == mask


@pytest.mark.parametrize(
    ("text", "ban", "shown"),
    [
        ("account:bob", BanMask(account="bob"), "account:bob"),
        ("a:bob", BanMask(account="bob"), "account:bob"),
        ("~a:bob", BanMask(account="bob"), "account:bob"),
        ("~account:bob", BanMask(account="bob"), "account:bob"),
        ("R:b*", BanMask(account="b*"), "account:b*"),
        ("$a:bob", BanMask(account="bob"), "account:bob"),
        ("m:bob", BanMask(mask=Source("bob", "*", "*"), is_silencing=True), "m:bob!*@*"),
        ("m:*!*@1.2.3.0/24", BanMask(mask=Source("*", "*", "1.2.3.0/24"), is_silencing=True), "m:*!*@1.2.3.0/24"),
        ("~q:bob!*@*", BanMask(mask=Source("bob", "*", "*"), is_silencing=True), "m:bob!*@*"),
        ("~mute:~account:bob", BanMask(account="bob", is_silencing=True), "m:account:bob"),
    ],
)
def test_bans_that_are_more_than_a_mask(text: str, ban: BanMask, shown: str) -> None:
    """IRCv3 account-extban: `MODE #chat +b ~account:bob`; and the mute of Ergo and InspIRCd."""
    assert parse_ban(text) == ban
    assert encode_ban(ban.target, is_silencing=ban.is_silencing) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a:",
        "m:",
        "a:b!c@d",
        "account:a:b",
        "z:x",
        "~r:x*",
        "a@b!c",
        "a!b!c",
        "a@b@c",
        "a b",
        "m:j:#room",
        ":a",
        "m::a",
    ],
)
def test_nobody_is_meant_by_nonsense(text: str) -> None:
    """An answer says so, instead of a ban that concerns nobody or everybody."""
    assert parse_ban(text) is None


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("bob!*@*", "bob"),
        ("bob", "bob"),
        ("spam*", "spam*"),
        ("*!*@10.0.0.0/8", "*!*@10.0.0.0/8"),
        ("10.1.2.3!*@*", "10.1.2.3!*@*"),
        ("*!*@x.guest", "*!*@x.guest"),
        ("m:a:bob", "account:bob"),
    ],
)
def test_a_ban_is_found_again_from_every_client(text: str, target: str) -> None:
    """`bob!*@*` is whom others write `bob`, so that both can let him in again."""
    ban = parse_ban(text)
    assert ban is not None
    assert ban.target == target


def test_what_irc_has_no_word_for_can_still_be_shown() -> None:
    """A list is told whole."""
    assert encode_ban("some thing") == "some_thing"
    assert encode_ban(":thing") == "_thing"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("10.0.0.1", True),
        ("10.0.0.0/8", True),
        ("::1", True),
        ("12", False),
        ("a.b", False),
        ("10.*", False),
        ("::1%a b", False),
    ],
)
def test_networks_are_recognised(text: str, is_one: bool) -> None:
    """Addresses of both kinds, alone or with a length."""
    assert is_network(text) is is_one


@QUICK
@given(st.text(st.sampled_from("am:~!@*?.1/ ü"), max_size=12))
def test_whatever_is_meant_can_be_said_and_comes_back(text: str) -> None:
    """As it is shown, it means the same; and it can stand in a line."""
    ban = parse_ban(text)
    if ban is not None:
        shown = encode_ban(ban.target, is_silencing=ban.is_silencing)
        again = parse_ban(shown)
        assert again is not None
        assert (again.target, again.is_silencing) == (ban.target, ban.is_silencing)
        encode_line("367", "ann", "#r", shown, text="")
