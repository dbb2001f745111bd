"""Bans: whom one concerns, by who he is, what he is called, and where he comes from."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.bans import Target, TargetKind, Visitor, concerns, lies_in, parse_kind, parse_network
from hubbub.core.kinds import PersonId
from hubbub.service.peers import group_of
from tests.fuzz.budget import QUICK

BOB, OTHER = PersonId("id-bob"), PersonId("id-other")


def test_a_person_is_meant_whatever_he_is_called() -> None:
    """An account by what it is alone; a guest also by his name, or he would only have to come back."""
    account, guest = Target("person", BOB, "bob"), Target("person", BOB, "bob", "bob")
    for target in (account, guest):
        assert concerns(target, Visitor(BOB, "robert", is_guest=target is guest))
    assert concerns(guest, Visitor(OTHER, "bob", is_guest=True))
    assert not concerns(guest, Visitor(OTHER, "bob", is_guest=False))
    assert not concerns(account, Visitor(OTHER, "bob", is_guest=True))
    assert not concerns(account, Visitor(OTHER, "", is_guest=True))


def test_a_pattern_means_all_who_are_called_so() -> None:
    """Guests and accounts alike."""
    spam = Target("pattern", "spam*", "Spam*")
    assert concerns(spam, Visitor(BOB, "spammer", is_guest=True))
    assert concerns(spam, Visitor(BOB, "spam", is_guest=False))
    assert not concerns(spam, Visitor(BOB, "bob", is_guest=True))


@pytest.mark.parametrize(
    ("text", "kind", "mask", "shown"),
    [
        ("Spam*", "pattern", "spam*", "Spam*"),
        ("192.0.2.1", "address", "192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "address", "2001:db8::/64", "2001:db8::/64"),
        ("account:Bob", "account", "bob", "account:Bob"),
        ("Account:B?b*", "account", "b?b*", "account:B?b*"),
        ("Bob!~U@X.guest", "mask", "bob!~u@x.guest", "Bob!~U@X.guest"),
        ("*!*@x.guest", "mask", "*!*@x.guest", "*!*@x.guest"),
        ("bob!", "mask", "bob!*@*", "bob!*@*"),
        ("@x.guest", "mask", "*!*@x.guest", "*!*@x.guest"),
        ("u@x.guest", "mask", "*!u@x.guest", "*!u@x.guest"),
        ("*!*@192.0.2.7", "address", "192.0.2.7", "192.0.2.7"),
        ("*!*@192.0.2.0/24", "address", "192.0.2.0/24", "192.0.2.0/24"),
        ("bob!*@192.0.2.7", "mask", "bob!*@192.0.2.7", "bob!*@192.0.2.7"),
    ],
)
def test_kinds_of_people_are_known_by_how_they_are_written(text: str, kind: TargetKind, mask: str, shown: str) -> None:
    """What is left out of a mask may be anything; a mask of nothing but an address is the address."""
    assert parse_kind(text) == Target(kind, mask, shown)


@pytest.mark.parametrize("text", ["bob", "", "b.o.b", "account"])
def test_a_name_is_no_kind(text: str) -> None:
    """Who that is has to be asked elsewhere."""
    assert parse_kind(text) is None


def test_an_account_is_meant_by_its_name() -> None:
    """Whatever its owner is called at the moment; never a guest of that name."""
    target = Target("account", "b*", "account:b*")
    assert concerns(target, Visitor(BOB, "robert", is_guest=False, account="bob"))
    assert not concerns(target, Visitor(BOB, "bob", is_guest=True))
    assert not concerns(target, Visitor(BOB, "bob", is_guest=False, account="carol"))
    assert not concerns(Target("account", "*", "account:*"), Visitor(BOB, "bob", is_guest=True))


@pytest.mark.parametrize(
    ("mask", "fits"),
    [
        ("bob!~u@x.guest", True),
        ("*!*@x.guest", True),
        ("b?b!*@*", True),
        ("*!*@*.guest", True),
        ("*!*@*.account", False),
        ("bob!bob@*", False),
        ("carol!*@*", False),
        ("*!*@x", False),
    ],
)
def test_a_mask_is_compared_with_what_irc_shows(mask: str, fits: bool) -> None:
    """Name, user and host, all of it."""
    visitor = Visitor(BOB, "bob", is_guest=True, addresses=("192.0.2.1",), host="x.guest")
    assert concerns(Target("mask", mask, mask), visitor) == fits


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.0/24", "192.0.2.0/24"),
        ("192.0.2.77/24", "192.0.2.0/24"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::/64", "2001:db8::/64"),
        ("2001:db8::/32", "2001:db8::/32"),
        ("2001:db8::1/128", "2001:db8::/64"),
        ("::1", "::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("bob", None),
        ("192.0.2", None),
        ("192.0.2.0/33", None),
        ("", None),
        ("fe80::1%a b", None),
        ("1", None),
    ],
)
def test_addresses_and_networks_are_known(text: str, network: str | None) -> None:
    """One IPv6 address stands for its customer's network; what is no address is something else."""
    assert parse_network(text) == network


@pytest.mark.parametrize(
    ("address", "mask", "lies"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.0/24", True),
        ("192.0.3.1", "192.0.2.0/24", False),
        ("2001:db8:0:1::/64", "2001:db8::/32", True),
        ("2001:db8::/64", "2001:db8::/64", True),
        ("2001:db8::/64", "192.0.2.0/24", False),
        ("::1", "::1", True),
        ("", "192.0.2.0/24", False),
        ("192.0.2.1", "nonsense", False),
    ],
)
def test_what_lies_in_a_network(address: str, mask: str, lies: bool) -> None:
    """Whatever either of them is, there is an answer."""
    assert lies_in(address, mask) == lies
    assert concerns(Target("address", mask, mask), Visitor(BOB, "bob", is_guest=True, addresses=(address,))) == lies


@QUICK
@given(st.builds(IPv4Address, st.integers(0, 2**32 - 1)) | st.builds(IPv6Address, st.integers(0, 2**128 - 1)))
def test_who_is_banned_by_his_address_is_banned(address: IPv4Address | IPv6Address) -> None:
    """Whatever counts as his address when he comes lies in the network that his address stands for."""
    network = parse_network(str(address))
    assert network is not None
    assert lies_in(group_of(str(address)), network)


@QUICK
@given(st.integers(0, 2**32 - 1), st.integers(0, 32))
def test_a_network_holds_its_addresses(number: int, prefix: int) -> None:
    """As the standard library sees it."""
    network = IPv4Network((number, prefix), strict=False)
    assert lies_in(str(IPv4Address(number)), parse_network(str(network)) or "")


@QUICK
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_somewhere_or_nowhere(address: str, mask: str) -> None:
    """Nothing that stands in a record can break anything."""
    parse_network(address)
    lies_in(address, mask)
