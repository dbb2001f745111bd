"""Cloaks: others know somebody again by where he comes from, and nobody learns where that is."""

import re
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from hubbub.core.cloaks import cloak
from hubbub.core.kinds import PersonId
from tests.core.world import World, person_id

KEY: Final = b"the key of this server"


def test_a_cloak_is_what_openssl_makes_of_the_same_words() -> None:
    """`printf 'guest 192.0.2.7' | openssl dgst -sha256 -hmac KEY -binary | base32`, twelve small letters of it."""
    assert cloak(KEY, "guest", "192.0.2.7") == "eijtjdriaf3i.guest"


@given(st.binary(max_size=64), st.text(max_size=40))
def test_a_cloak_is_a_host_name(key: bytes, place: str) -> None:
    """Letters, digits and a dot, always as many; it is always the same, and no other key's."""
    made = cloak(key, "account", place)
    assert re.fullmatch(r"[a-z2-7]{12}\.account", made)
    assert made == cloak(key, "account", place)
    assert made != cloak(key + b"x", "account", place)


def test_a_guest_is_known_again_by_his_address() -> None:
    """Two guests from one address have one host, and each address has another."""
    world = World("ann", "bob", "carol")
    for name, address in (("ann", "192.0.2.7"), ("bob", "192.0.2.7"), ("carol", "192.0.2.8")):
        world.person(name).addresses.append(address)
    ann, bob, carol = (world.house.host_of(person_id(name)) for name in ("ann", "bob", "carol"))
    assert ann == bob == cloak(b"", "guest", "192.0.2.7")
    assert carol == cloak(b"", "guest", "192.0.2.8")


def test_a_guest_who_comes_a_second_time_keeps_his_host() -> None:
    """Another connection, from wherever it comes, makes him nobody else."""
    world = World("ann")
    world.person("ann").addresses.append("192.0.2.7")
    host = world.house.host_of(person_id("ann"))
    world.person("ann").addresses.append("192.0.2.8")
    assert world.house.host_of(person_id("ann")) == host


def test_an_account_is_known_again_wherever_it_comes_from() -> None:
    """It has the same host at home, on the train, and while it is not here."""
    world = World("ann")
    ann = world.account("ann")
    world.account("zoe")
    absent = world.house.host_of(person_id("zoe"))
    host = world.house.host_of(ann)
    world.person("ann").addresses.append("192.0.2.7")
    assert world.house.host_of(ann) == host == cloak(b"", "account", ann)
    assert absent == cloak(b"", "account", person_id("zoe"))


def test_whoever_is_gone_has_a_host_too() -> None:
    """What he said is read when he is not here any more, and nobody wrote down where he came from."""
    house = World().house
    gone = house.host_of(PersonId("p1"))
    assert gone.endswith(".guest")
    assert gone != house.host_of(PersonId("p2"))


def test_each_server_has_hosts_of_its_own() -> None:
    """So that nobody is followed from one to the other."""
    one, other = World("ann").house, World("ann").house
    other.cloak_key = KEY
    assert one.host_of(person_id("ann")) != other.host_of(person_id("ann"))
